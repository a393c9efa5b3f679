package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/auth}, as its README says; the tests of {@code HandlerChain} show it under load. */
@Tag("suite")
class AuthExampleTest {
    private static final Path EXAMPLES = ServerProcess.ROOT.resolve("examples");
    private static final Path AUTH = EXAMPLES.resolve("auth/auth.wasm");
    private static final Path NEXT = EXAMPLES.resolve("auth/auth-next.wasm");
    private static final Path HELLO = EXAMPLES.resolve("hello/hello.wasm");

    @TempDir
    Path folder;

    @Test
    void itIsReplacedWhenItsFileChanges() throws Exception {
        Path file = folder.resolve("auth.wasm");
        Files.copy(AUTH, file);
        try (var server = ServerProcess.start(
                folder,
                "serve",
                HELLO.toString(),
                "--middleware",
                file.toString(),
                "--watch",
                "--addr",
                "127.0.0.1:0")) {
            assertEquals("401 who goes there?\n", server.get("/"));
            assertEquals("200 hello from rust\n", server.get("/", "Bearer let-me-in"));
            Files.copy(NEXT, file, StandardCopyOption.REPLACE_EXISTING);
            assertEquals("replaced " + file, server.nextLine());
            assertEquals("401 who goes there?\n", server.get("/", "Bearer let-me-in"));
            assertEquals("200 hello from rust\n", server.get("/", "Bearer open-sesame"));
            Files.writeString(file, "no component");
            String line = server.nextLine();
            assertTrue(line.startsWith("not replaced " + file), line);
            assertEquals("200 hello from rust\n", server.get("/", "Bearer open-sesame"));
            assertTrue(server.endsInOrder(), "the process ends");
            assertEquals("", server.errors());
        }
    }
}
