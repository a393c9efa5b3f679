package tenon.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.runtime.value.Result;
import tenon.wasi.http.Fields;
import tenon.wasi.http.OutgoingResponse;
import tenon.wasi.io.StreamError;

/** Clients that send what is no HTTP, or too much, or too slowly: they are refused or cut off, and the others are served. */
@Timeout(120)
class HostileClientTest {
    private static final ServeOptions FREE_PORT = ServeOptions.DEFAULT
            .withAddress(new InetSocketAddress("127.0.0.1", 0))
            .withDrainTime(Duration.ofSeconds(2))
            .withRequestTime(Duration.ofSeconds(2));

    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private @Nullable HttpService service;

    @AfterEach
    void stop() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    private void start() throws IOException {
        service = HttpService.start(FREE_PORT, this::handle);
    }

    private HttpService service() {
        return Objects.requireNonNull(service);
    }

    private static <T> T ok(Result<T, ?> result) {
        return switch (result) {
            case Result.Ok<T, ?>(T value) -> value;
            case Result.Err<T, ?>(var error) -> throw new IllegalStateException("expected ok, found " + error);
        };
    }

    /** Reads the body to its end, then answers; what the path says first. */
    private void handle(RequestHandler.Work work) {
        String path = work.request().pathWithQuery().orElseThrow();
        served.add(path);
        if (path.equals("/inform")) {
            while (work.response().sendInformational((short) 103, Fields.empty()) instanceof Result.Ok<?, ?>) {
                // as often as it is taken
            }
        }
        var reader = ok(ok(work.request().consume()).stream());
        while (true) {
            if (reader.blockingRead(10_000) instanceof Result.Err<byte[], StreamError>(StreamError end)) {
                if (!(end instanceof StreamError.Closed)) {
                    throw new IllegalStateException("the body broke off: " + end);
                }
                break;
            }
        }
        var response = new OutgoingResponse(work.readiness(), Fields.empty());
        var body = ok(response.body());
        work.response().set(Result.ok(response));
        var writer = ok(body.write());
        int pieces = path.equals("/big") ? 10_000 : 1;
        for (int i = 0; i < pieces; i++) {
            ok(writer.blockingWriteAndFlush(new byte[path.equals("/big") ? 4096 : 2]));
        }
        writer.close();
        ok(body.finish(Optional.empty()));
    }

    private Socket connect() throws IOException {
        var socket = new Socket(service().uri().getHost(), service().uri().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** All that comes back until the connection is closed. */
    private String exchange(String sent) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException _) {
            return "";
        }
    }

    private void assertServes() throws IOException {
        String answer = exchange("GET /fine HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    }

    private void awaitNothingInFlight(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (service().inFlight() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertEquals(0, service().inFlight());
    }

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 44\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded: c\r\n\r\n",
                "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/9.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String head) throws Exception {
        start();
        String answer = exchange(head + SMUGGLED);
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 5"), answer);
        assertEquals(Set.of(), served, answer);
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "-1", "0x5", "5;a=\0", "FFFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", " "})
    void aChunkOfNoSizeBreaksTheBodyOff(String size) throws Exception {
        start();
        String answer = exchange("POST /chunked HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + size
                + "\r\nabcde\r\n0\r\n\r\n" + SMUGGLED);
        assertTrue(!answer.contains(" 200 "), answer);
        assertTrue(!served.contains("/smuggled"), answer);
        assertServes();
    }

    @Test
    void headsAndTrailersAreBounded() throws Exception {
        start();
        String big = "x".repeat(70_000);
        String line = exchange("GET /" + big + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertTrue(line.startsWith("HTTP/1.1 414") || line.isEmpty(), line);
        String field = exchange("GET / HTTP/1.1\r\nHost: x\r\nA: " + big + "\r\n\r\n");
        assertTrue(field.startsWith("HTTP/1.1 431") || field.isEmpty(), field);
        String many = exchange("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(20_000) + "\r\n");
        assertTrue(many.startsWith("HTTP/1.1 431") || many.isEmpty(), many);
        assertEquals(Set.of(), served);
        String trailers = exchange("POST /t HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                + "a: b\r\n".repeat(200_000) + "\r\n");
        assertTrue(!trailers.contains(" 200 "), trailers);
        assertServes();
    }

    @Test
    void whoSendsAHeadByteByByteIsCutOff() throws Exception {
        start();
        try (var slow = connect();
                var slowAgain = connect()) {
            // one at its first request, the other after one that was answered
            slowAgain.getOutputStream().write("GET /once HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            assertEquals('H', slowAgain.getInputStream().read());
            slowAgain.getInputStream().skipNBytes(slowAgain.getInputStream().available());
            long begun = System.nanoTime();
            byte[] head = ("GET /slow HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(200)).getBytes(ISO_8859_1);
            List<Socket> open = new ArrayList<>(List.of(slow, slowAgain));
            for (int i = 0; i < head.length && !open.isEmpty(); i++) {
                byte next = head[i];
                open.removeIf(socket -> !takes(socket, next));
                Thread.sleep(200);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            assertTrue(open.isEmpty() && seconds < 20, "after " + seconds + " s " + open.size() + " are open");
        }
        assertEquals(Set.of("/once"), served);
        assertServes();
    }

    private static boolean takes(Socket socket, byte next) {
        try {
            socket.getOutputStream().write(next);
            socket.setSoTimeout(1);
            while (socket.getInputStream().read() >= 0) {
                // what is left of an earlier answer
            }
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void whoSendsABodyByteByByteIsCutOffWhenTheTimeIsUp() throws Exception {
        start();
        long begun = System.nanoTime();
        try (var slow = connect()) {
            slow.getOutputStream()
                    .write("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n".getBytes(ISO_8859_1));
            for (int i = 0; i < 100 && takes(slow, (byte) 'x'); i++) {
                Thread.sleep(100);
            }
        }
        awaitNothingInFlight(Duration.ofSeconds(5));
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(9).toNanos());
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/big", "/inform"})
    void whoReadsNothingIsCutOffWhenTheTimeIsUp(String path) throws Exception {
        start();
        try (var deaf = connect()) {
            deaf.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
            Thread.sleep(300);
            assertEquals(1, service().inFlight());
            assertServes();
            awaitNothingInFlight(Duration.ofSeconds(15));
        }
        assertServes();
    }

    @Test
    void connectionsThatDoNothingKeepNobodyOut() throws Exception {
        start();
        var idle = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 500; i++) {
                idle.add(connect());
            }
            assertServes();
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
    }

    /** What an HTTP/2 client sends between requests, to see whether the server is there, is no head that has begun. */
    @Test
    void anIdleConnectionThatAsksWhetherTheServerIsThereStaysOpen() throws Exception {
        start();
        try (var socket = connect()) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            Thread.sleep(2_000);
            byte[] ping = {0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
            socket.getOutputStream().write(ping);
            socket.setSoTimeout(13_000);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().readAllBytes());
        }
    }
}
