package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, in a process of its own: {@code tenon serve examples/hello/hello.wasm}. */
@Tag("suite")
class HelloExampleTest {
    private static final Path HELLO = ServerProcess.ROOT.resolve("examples/hello/hello.wasm");

    @TempDir
    Path folder;

    private ServerProcess server;

    @BeforeEach
    void serve() throws IOException {
        server = ServerProcess.start(folder, "serve", HELLO.toString(), "--addr", "127.0.0.1:0");
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Test
    void answersAsItsReadmeSays() throws Exception {
        assertEquals("200 hello from rust\n", server.get("/"));
        assertEquals("404 not found\n", server.get("/nothing-here"));
        assertEquals("200 chunk 0\nchunk 1\nchunk 2\nchunk 3\nchunk 4\n", server.get("/slow"));
        String echo = server.post("/echo?q=1", "application/json", "{\"a\": [1, 2]}");
        assertTrue(echo.startsWith("200 {"), echo);
        for (String part : List.of(
                "\"method\":\"POST\"",
                "\"path\":\"/echo\"",
                "\"query\":\"q=1\"",
                "\"headers\":[[\"content-type\",\"application/json\"]]",
                "\"json\":{\"a\":[1,2]}")) {
            assertTrue(echo.contains(part), echo);
        }
    }

    @Test
    void reachesNobodyThatWasNotGranted() throws Exception {
        String answer = server.get("/fetch?host=" + server.uri().getAuthority() + "&path=/");
        assertTrue(answer.startsWith("502 "), answer);
    }

    @Test
    void endsInOrderWhenItIsToldTo() throws Exception {
        assertEquals("200 hello from rust\n", server.get("/"));
        assertTrue(server.endsInOrder(), "the process ends");
        assertTrue(!server.errors().contains("error:"), server::errors);
    }
}
