package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, in a process of its own: {@code tenon serve examples/hello/hello.wasm}. */
@Tag("suite")
class HelloExampleTest {
    private static final Path HELLO = Path.of(System.getProperty("tenon.root"), "examples/hello/hello.wasm");

    @TempDir
    Path folder;

    private Process server;
    private BufferedReader out;
    private Path err;
    private URI uri;

    @BeforeEach
    void serve() throws IOException {
        err = folder.resolve("err");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path");
        if (modules != null) {
            command.addAll(List.of("-p", modules, "-cp", classes, "-m", "tenon.cli/tenon.cli.Main"));
        } else {
            command.addAll(List.of("-cp", classes, "tenon.cli.Main"));
        }
        command.addAll(List.of("serve", HELLO.toString(), "--addr", "127.0.0.1:0"));
        server = new ProcessBuilder(command).redirectError(err.toFile()).start();
        out = server.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertTrue(line != null && line.contains("http://"), () -> "says `" + line + "`, and: " + errors());
        uri = URI.create(line.substring(line.indexOf("http://")).strip());
    }

    @AfterEach
    void end() throws IOException {
        server.destroyForcibly();
        out.close();
    }

    @Test
    void answersAsItsReadmeSays() throws Exception {
        assertEquals("200 hello from rust\n", get("/"));
        assertEquals("404 not found\n", get("/nothing-here"));
        assertEquals("200 chunk 0\nchunk 1\nchunk 2\nchunk 3\nchunk 4\n", get("/slow"));
        String echo = post("/echo?q=1", "{\"a\": [1, 2]}");
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
        String answer = get("/fetch?host=" + uri.getAuthority() + "&path=/");
        assertTrue(answer.startsWith("502 "), answer);
    }

    @Test
    void endsInOrderWhenItIsToldTo() throws Exception {
        assertEquals("200 hello from rust\n", get("/"));
        server.destroy();
        assertTrue(server.waitFor(20, TimeUnit.SECONDS), "the process ends");
        assertTrue(!errors().contains("error:"), this::errors);
    }

    private String get(String path) throws IOException {
        return answer(open(path));
    }

    private String post(String path, String body) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setDoOutput(true);
        connection.setRequestProperty("content-type", "application/json");
        try (var request = connection.getOutputStream()) {
            request.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return answer(connection);
    }

    private HttpURLConnection open(String path) throws IOException {
        var connection = (HttpURLConnection) uri.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(30_000);
        connection.setReadTimeout(30_000);
        return connection;
    }

    private static String answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String errors() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
