package tenon.core.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildIdentityTest {
    @TempDir
    private Path folder;

    private Path jar(String name, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            var entry = new ZipEntry("A.class");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void everyBuildHasItsOwn() throws IOException {
        String one = BuildIdentity.of(List.of(jar("one.jar", "one")));
        assertEquals(one, BuildIdentity.of(List.of(jar("same.jar", "one"))));
        assertNotEquals(one, BuildIdentity.of(List.of(jar("other.jar", "two"))));
    }

    @Test
    void aClassThatChangesInAFolderChangesIt() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/a"));
        Files.writeString(classes.resolve("A.class"), "one");
        String one = BuildIdentity.of(List.of(folder));
        assertEquals(one, BuildIdentity.of(List.of(folder)));
        Files.writeString(classes.resolve("A.class"), "two");
        assertNotEquals(one, BuildIdentity.of(List.of(folder)));
    }

    @Test
    void whatIsNoJarIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jar"), "no jar, but long enough to be taken for one");
        assertThrows(IOException.class, () -> BuildIdentity.of(List.of(file)));
    }

    @Test
    void ourOwnIsKnown() throws IOException {
        assertTrue(BuildIdentity.find().isPresent());
    }
}
