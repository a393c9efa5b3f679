package tenon.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server process that is measured, on a port of its own. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 2;

    private final Process process;
    private final int port;
    private final long firstAnswerNanos;

    private Server(Process process, int port, long firstAnswerNanos) {
        this.process = process;
        this.port = port;
        this.firstAnswerNanos = firstAnswerNanos;
    }

    /** Starts it and waits for its first answer with status 200. */
    static Server start(IntFunction<List<String>> command, String path) throws IOException, InterruptedException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command.apply(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (System.nanoTime() - started < PATIENCE.toNanos() && process.isAlive()) {
            if (answers(port, path)) {
                return new Server(process, port, System.nanoTime() - started);
            }
            Thread.sleep(POLL_MILLIS);
        }
        process.destroyForcibly();
        throw new IllegalStateException("no answer from: " + String.join(" ", command.apply(port)));
    }

    /** Whether it answers with 200; by a bare socket, since a client of any size would compete with what is measured. */
    private static boolean answers(int port, String path) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\nconnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .startsWith("HTTP/1.1 200 ");
        } catch (IOException _) {
            // not listening yet
            return false;
        }
    }

    int port() {
        return port;
    }

    /** From the start of the process to its first answer. */
    long firstAnswerNanos() {
        return firstAnswerNanos;
    }

    /** Resident memory in KiB, as the system counts it; -1 where it does not tell. */
    long residentKib() throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
        String text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return ps.waitFor() == 0 && !text.isEmpty() ? Long.parseLong(text) : -1;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
