package tenon.cli;

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

/** A command that answers requests, in a process of its own: what it says, and what it answers. */
final class ServerProcess implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("tenon.root"));

    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private final URI uri;

    private ServerProcess(Process process, BufferedReader out, Path err, URI uri) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.uri = uri;
    }

    /** Starts {@code tenon ARGUMENTS}; its standard error goes to a file in {@code folder}. */
    static ServerProcess start(Path folder, String... arguments) throws IOException {
        Path err = folder.resolve("err");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path");
        if (modules != null) {
            command.add("--enable-native-access=org.xerial.sqlitejdbc");
            command.addAll(List.of("-p", modules, "-cp", classes, "-m", "tenon.cli/tenon.cli.Main"));
        } else {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.addAll(List.of("-cp", classes, "tenon.cli.Main"));
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertTrue(line != null && line.contains("http://"), () -> "says `" + line + "`, and: " + read(err));
        return new ServerProcess(
                process,
                out,
                err,
                URI.create(line.substring(line.indexOf("http://")).strip()));
    }

    URI uri() {
        return uri;
    }

    /** Its next line, after the first, which says where it answers. */
    String nextLine() throws IOException {
        return String.valueOf(out.readLine());
    }

    String errors() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    String get(String path) throws IOException {
        return answer(open(path));
    }

    /** With an {@code authorization}. */
    String get(String path, String authorization) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setRequestProperty("authorization", authorization);
        return answer(connection);
    }

    String post(String path, String type, String body) throws IOException {
        return send("POST", path, type, body);
    }

    String send(String method, String path, String type, String body) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setRequestMethod(method);
        connection.setDoOutput(true);
        connection.setRequestProperty("content-type", type);
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
            return status + " " + (body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Asks it to end; whether it did in time. */
    boolean endsInOrder() throws InterruptedException {
        process.destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
