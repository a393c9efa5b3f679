package tenon.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class GoldenFileTest {
    private static final String BLESS = "bless";

    private final String before = System.getProperty(BLESS, "");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void compare() {
        System.clearProperty(BLESS);
    }

    @AfterEach
    void restore() {
        if (before.isEmpty()) {
            System.clearProperty(BLESS);
        } else {
            System.setProperty(BLESS, before);
        }
    }

    @Test
    void equalTextPasses() throws IOException {
        GoldenFile.check(Files.writeString(folder.resolve("a"), "text\n"), "text\n");
    }

    @Test
    void otherTextFailsAndShowsBoth() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "expected\n");
        var error = assertThrows(AssertionError.class, () -> GoldenFile.check(file, "found\n"));
        assertTrue(
                error.getMessage().contains("expected\n") && error.getMessage().contains("found\n"));
    }

    @Test
    void missingFileFailsUntilItIsBlessed() throws IOException {
        Path file = folder.resolve("a");
        assertThrows(AssertionError.class, () -> GoldenFile.check(file, "text"));
        System.setProperty(BLESS, "");
        GoldenFile.check(file, "text");
        assertEquals("text", Files.readString(file));
    }
}
