package tenon.app.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.types.Place;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "a, a, true, true",
        "a, ab, false, false",
        "*, a/b, false, true",
        "*, '', true, true",
        "a/*/c, a/b/c, true, true",
        "a/*/c, a/b/b/c, false, true",
        "**/c, c, true, true",
        "**/c, a/b/c, true, true",
        "**/c, a/bc, false, false",
        "a/**/c, a/c, true, true",
        "a/**/c, a/b/b/c, true, true",
        "a/**/c, a/bc, false, false",
        "a/**, a/b/c, true, true",
        "a?c, abc, true, true",
        "a?c, a/c, false, true",
        "[a-c]x, bx, true, true",
        "[!a-c]x, bx, false, false",
        "[!a-c]x, dx, true, true",
        "[]]x, ]x, true, true",
        "[a-]x, -x, true, true",
        "*.tar.*, a.tar.gz, true, true",
        ".*, .env, true, true",
        "*, .env, true, true"
    })
    void matches(String glob, String path, boolean matches, boolean crossing) {
        assertEquals(matches, Glob.parse(glob, Place.NOWHERE).matches(path, false));
        assertEquals(crossing, Glob.parse(glob, Place.NOWHERE).matches(path, true));
    }

    @Test
    void takesNoLongerThanPatternTimesPath() {
        Glob glob = Glob.parse("*a".repeat(200) + "b", Place.NOWHERE);
        assertTimeout(Duration.ofSeconds(5), () -> assertEquals(false, glob.matches("a".repeat(4_000), true)));
    }
}
