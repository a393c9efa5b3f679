package tenon.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What the JVM watches when the launcher lets it write its AOT cache: the commands that people wait for, run for real.
 *
 * <p>{@code java -XX:AOTCacheOutput=FILE tenon.cli.Training COMPONENT}, where the component answers {@code GET /} with 200.
 */
final class Training {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: training\r\nconnection: close\r\n\r\n";

    private Training() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // a class that the cache lacks has the JVM open all jars before its own; the first one that is asked for is
        // Main
        Objects.requireNonNull(Main.class);
        run(Path.of(arguments[0]));
        System.exit(Tenon.DONE);
    }

    /**
     * Runs all commands.
     *
     * @throws IllegalStateException if one of them fails
     */
    static void run(Path component) throws IOException, InterruptedException {
        run("--help");
        run("validate", component.toString());
        Path cache = Files.createTempDirectory("tenon-training");
        try {
            // without compiled code, then with it
            serve(component, cache);
            serve(component, cache);
        } finally {
            run("cache", "clean", "--cache-dir", cache.toString());
            Files.delete(cache);
        }
    }

    private static void run(String... words) {
        var output = new ByteArrayOutputStream();
        if (Tenon.run(console(output), words) != Tenon.DONE) {
            throw new IllegalStateException(
                    String.join(" ", words) + " failed: " + output.toString(StandardCharsets.UTF_8));
        }
    }

    private static void serve(Path component, Path cache) throws IOException, InterruptedException {
        var output = new ByteArrayOutputStream();
        Thread server = Thread.ofPlatform()
                .name("tenon-training")
                .start(() -> Tenon.run(
                        console(output),
                        "serve",
                        component.toString(),
                        "--addr",
                        "127.0.0.1:0",
                        "--cache-dir",
                        cache.toString()));
        String answer = answer(address(output, server));
        server.interrupt();
        server.join(PATIENCE_MILLIS);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            throw new IllegalStateException(component + " answered " + answer);
        }
    }

    /** What the server says when it listens. */
    private static URI address(ByteArrayOutputStream output, Thread server) throws InterruptedException {
        for (int waited = 0; waited < PATIENCE_MILLIS && server.isAlive(); waited += 10) {
            String said = output.toString(StandardCharsets.UTF_8);
            int from = said.indexOf("http://");
            int to = said.indexOf('\n', from);
            if (from >= 0 && to > from) {
                return URI.create(said.substring(from, to).strip());
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("serve did not listen: " + output.toString(StandardCharsets.UTF_8));
    }

    private static String answer(URI address) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Console console(ByteArrayOutputStream output) {
        var stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new Console(InputStream.nullInputStream(), stream, stream, false, false);
    }
}
