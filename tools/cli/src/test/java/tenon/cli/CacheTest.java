package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tenon compile}, {@code tenon cache}, and the cache of commands that run guests. */
class CacheTest {
    private static final String HELLO = Path.of(System.getProperty("tenon.root"), "examples/hello/hello.wasm")
            .toString();

    @TempDir
    private Path parent;

    private String folder() {
        return parent.resolve("cache").toString();
    }

    @Test
    void whatIsCompiledOnceIsNotCompiledAgain() {
        Terminal first = Terminal.run("compile", HELLO, "--cache-dir", folder());
        assertEquals(Tenon.DONE, first.code(), first.err());
        assertTrue(
                first.out().matches("(?s).*: \\d core modules, \\d+ functions: \\d+ classes compiled in .*"),
                first.out());
        Terminal second = Terminal.run("compile", HELLO, "--cache-dir", folder(), "--json");
        assertTrue(second.out().contains("\"compiled-classes\": 0"), second.out());
        assertEquals("", first.err() + second.err());
    }

    @Test
    void theCacheIsShownAndCleaned() {
        assertEquals(
                "[]\n",
                Terminal.run("cache", "list", "--json", "--cache-dir", folder()).out());
        Terminal.run("compile", HELLO, "--cache-dir", folder());
        Terminal list = Terminal.run("cache", "list", "--cache-dir", folder());
        assertTrue(list.out().lines().allMatch(line -> line.contains("  current  ")), list.out());
        assertEquals(
                folder() + "\n",
                Terminal.run("cache", "path", "--cache-dir", folder()).out());
        Terminal info = Terminal.run("cache", "info", "--cache-dir", folder());
        assertTrue(info.out().contains("limit     512.0 MiB"), info.out());
        Terminal.run("cache", "prune", "--limit", "0", "--cache-dir", folder());
        assertEquals("", Terminal.run("cache", "list", "--cache-dir", folder()).out());
        assertEquals(
                "removed 0 bytes\n",
                Terminal.run("cache", "clean", "--cache-dir", folder()).out());
    }

    @Test
    void anArtefactIsRefused() {
        Terminal run = Terminal.run("compile", HELLO, "-o", "hello.code");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: `-o` is not offered"), run.err());
    }

    @Test
    void aFolderThatIsRefusedIsSaid() throws IOException {
        Files.createDirectory(Path.of(folder()));
        Files.setPosixFilePermissions(Path.of(folder()), PosixFilePermissions.fromString("rwxrwxrwx"));
        Terminal run = Terminal.run("compile", HELLO, "--cache-dir", folder());
        assertEquals(Tenon.FAILED, run.code());
        assertTrue(run.err().startsWith("warning: cache folder"), run.err());
    }

    @Test
    void runKeepsWhatItCompilesUnlessToldNotTo() {
        String[] call = {"run", "--cache-dir", folder(), "--invoke", "nothing()", HELLO};
        Terminal.run("run", "--no-cache", "--cache-dir", folder(), "--invoke", "nothing()", HELLO);
        assertFalse(Files.exists(Path.of(folder())));
        // the function is not there, but the component was found valid
        assertEquals(Tenon.USAGE, Terminal.run(call).code());
        assertTrue(Terminal.run("cache", "list", "--cache-dir", folder()).out().contains("current"));
    }
}
