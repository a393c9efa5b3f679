package tenon.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.runtime.value.Result;
import tenon.wasi.http.Field;
import tenon.wasi.http.Fields;
import tenon.wasi.http.FutureTrailers;
import tenon.wasi.http.OutgoingResponse;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.StreamError;

@Timeout(60)
class HttpServiceTest {
    private static final ServeOptions FREE_PORT = ServeOptions.DEFAULT
            .withAddress(new InetSocketAddress("127.0.0.1", 0))
            .withDrainTime(Duration.ofSeconds(2));

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable HttpService service;

    private URI start(ServeOptions options, RequestHandler handler) throws IOException {
        var started = HttpService.start(options, handler);
        service = started;
        return started.uri();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        if (service != null) {
            service.close();
        }
    }

    private static <T> T ok(Result<T, ?> result) {
        return switch (result) {
            case Result.Ok<T, ?>(T value) -> value;
            case Result.Err<T, ?>(var error) -> throw new AssertionError("expected ok, found " + error);
        };
    }

    private static void answer(RequestHandler.Work work, String text) {
        var response = new OutgoingResponse(work.readiness(), Fields.empty());
        var body = ok(response.body());
        work.response().set(Result.ok(response));
        var stream = ok(body.write());
        ok(stream.blockingWriteAndFlush(text.getBytes(UTF_8)));
        stream.close();
        ok(body.finish(Optional.empty()));
    }

    private static void sleep(RequestHandler.Work work, long millis) {
        Pollable.at(work.readiness(), Readiness.now() + millis * 1_000_000).block();
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Reads everything that the server sends to a request written by hand. */
    private static String raw(URI uri, String request) throws IOException {
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** The guest has returned while its last pieces are under way: what was written, 16 MiB, arrives whole. */
    @Test
    void aSlowClientGetsAllOfAFinishedAnswer() throws Exception {
        int pieces = 256;
        URI uri = start(FREE_PORT, work -> {
            var response = new OutgoingResponse(work.readiness(), Fields.empty());
            var body = ok(response.body());
            work.response().set(Result.ok(response));
            var stream = ok(body.write());
            for (int left = pieces << 16; left > 0; ) {
                stream.subscribe().block();
                int permit = (int) Math.min(left, ok(stream.checkWrite()));
                ok(stream.write(new byte[permit]));
                left -= permit;
            }
            stream.close();
            ok(body.finish(Optional.empty()));
        });
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            long length = 0;
            for (byte[] part = {0}; part.length > 0; length += part.length) {
                part = socket.getInputStream().readNBytes(1 << 20);
                Thread.sleep(10);
            }
            assertTrue(length > (long) pieces << 16, "got " + length);
        }
    }

    @Test
    void aRequestReachesTheHandlerAndItsAnswerTheClient() throws Exception {
        var uri = start(FREE_PORT, work -> {
            var request = work.request();
            answer(
                    work,
                    request.method().word() + " " + request.pathWithQuery().orElseThrow() + " "
                            + request.authority().orElseThrow() + " "
                            + request.headers().get("x-a").size()
                            + request.headers().has("host"));
        });
        var response = client.send(
                HttpRequest.newBuilder(uri.resolve("/p/%2F?q=1"))
                        .header("x-a", "1")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertEquals("GET /p/%2F?q=1 127.0.0.1:" + uri.getPort() + " 1false", response.body());
    }

    @Test
    void bodiesStreamBothWaysAtOnceAndTrailersFollow() throws Exception {
        var uri = start(FREE_PORT, work -> {
            var in = ok(work.request().consume());
            var response = new OutgoingResponse(work.readiness(), Fields.empty());
            var out = ok(response.body());
            work.response().set(Result.ok(response));
            var reader = ok(in.stream());
            var writer = ok(out.write());
            while (reader.blockingRead(1000) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
                ok(writer.blockingWriteAndFlush(bytes));
            }
            reader.close();
            writer.close();
            FutureTrailers trailers = in.finish();
            trailers.subscribe().block();
            var read = ok(ok(trailers.get().orElseThrow())).orElseThrow();
            ok(out.finish(Optional.of(ok(Fields.fromList(read.entries())))));
        });
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var out = socket.getOutputStream();
            var in = socket.getInputStream();
            out.write(
                    "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                            .getBytes(UTF_8));
            var seen = new StringBuilder();
            while (!seen.toString().contains("abc")) {
                seen.append((char) in.read());
            }
            out.write("2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n".getBytes(UTF_8));
            String rest = new String(in.readAllBytes(), UTF_8);
            assertTrue(rest.contains("de\r\n"), rest);
            assertTrue(rest.endsWith("0\r\nx-sum: 5\r\n\r\n"), rest);
        }
    }

    @Test
    void anAnswerInOneGoHasItsLength() throws Exception {
        var uri = start(FREE_PORT, work -> {
            var response = new OutgoingResponse(
                    work.readiness(), ok(Fields.fromList(List.of(Field.of("content-length", "2")))));
            var body = ok(response.body());
            work.response().set(Result.ok(response));
            var stream = ok(body.write());
            ok(stream.blockingWriteAndFlush("hi".getBytes(UTF_8)));
            stream.close();
            ok(body.finish(Optional.empty()));
        });
        String head = raw(uri, "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(head.startsWith("HTTP/1.1 200") && head.endsWith("\r\n\r\n"), head);
        assertTrue(head.toLowerCase(java.util.Locale.ROOT).contains("content-length: 2"), head);
        String get = raw(uri, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(get.endsWith("\r\n\r\nhi"), get);
    }

    @Test
    void aFailureBeforeTheHeadIsA500WithTheIdAndTheNextRequestIsServed() throws Exception {
        var uri = start(FREE_PORT, work -> {
            if (work.request().pathWithQuery().orElseThrow().equals("/fail")) {
                throw new IllegalStateException("asked to fail");
            }
            answer(work, "fine");
        });
        var failed = get(uri.resolve("/fail"));
        assertEquals(500, failed.statusCode());
        String id = failed.headers().firstValue("x-request-id").orElseThrow();
        assertTrue(failed.body().contains(id));
        assertEquals("fine", get(uri).body());
    }

    @Test
    void anAnswerNeverGivenIsA500() throws Exception {
        var uri = start(FREE_PORT, work -> {});
        assertEquals(500, get(uri).statusCode());
    }

    @Test
    void aFailureAfterTheHeadBreaksTheConnectionOff() throws Exception {
        var uri = start(FREE_PORT, work -> {
            var response = new OutgoingResponse(work.readiness(), Fields.empty());
            var body = ok(response.body());
            work.response().set(Result.ok(response));
            ok(ok(body.write()).blockingWriteAndFlush("part".getBytes(UTF_8)));
            throw new IllegalStateException("asked to fail");
        });
        assertThrows(IOException.class, () -> get(uri));
    }

    @Test
    void workGoesOnAfterTheAnswerAndTheClientDoesNotWaitForIt() throws Exception {
        var late = new CountDownLatch(1);
        var uri = start(FREE_PORT, work -> {
            answer(work, "now");
            late.await();
        });
        assertEquals("now", get(uri).body());
        assertEquals("now", get(uri).body());
        late.countDown();
    }

    @Test
    void aRequestThatTakesTooLongIsA504() throws Exception {
        var uri = start(FREE_PORT.withRequestTime(Duration.ofMillis(100)), work -> sleep(work, 60_000));
        assertEquals(504, get(uri).statusCode());
    }

    @Test
    void requestsBeyondTheQueueAre503() throws Exception {
        var gate = new CountDownLatch(1);
        var uri = start(FREE_PORT.withConcurrency(1).withQueue(1, Duration.ofSeconds(30)), work -> {
            gate.await();
            answer(work, "served");
        });
        var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 5; i++) {
            all.add(client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()));
        }
        while (all.stream().filter(CompletableFuture::isDone).count() < 3) {
            Thread.sleep(5);
        }
        gate.countDown();
        var statuses =
                all.stream().map(future -> future.join().statusCode()).sorted().toList();
        assertEquals(List.of(200, 200, 503, 503, 503), statuses);
    }

    @Test
    void aThousandRequestsAreInFlightAtOnce() throws Exception {
        var all = new CountDownLatch(1_000);
        var uri = start(FREE_PORT, work -> {
            all.countDown();
            all.await();
            answer(work, "together");
        });
        var responses = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 1_000; i++) {
            responses.add(client.sendAsync(
                    HttpRequest.newBuilder(uri)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        assertTrue(all.await(40, TimeUnit.SECONDS), () -> all.getCount() + " are missing");
        assertTrue(responses.stream().allMatch(future -> future.join().body().equals("together")));
    }

    @Test
    void bodiesBeyondTheLimitAreRefused() throws Exception {
        var uri = start(FREE_PORT.withBodyBytes(1000), work -> {
            var reader = ok(ok(work.request().consume()).stream());
            StreamError end = new StreamError.Closed();
            while (true) {
                var read = reader.blockingRead(10_000);
                if (read instanceof Result.Err<byte[], StreamError>(StreamError error)) {
                    end = error;
                    break;
                }
            }
            answer(work, end.toString());
        });
        var announced = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2000]));
        assertEquals(
                413,
                client.send(announced.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode());
        byte[] big = new byte[5000];
        Arrays.fill(big, (byte) 'x');
        String chunked = raw(
                uri,
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n"
                        + new String(big, UTF_8) + "\r\n0\r\n\r\n");
        assertTrue(chunked.contains("HttpRequestBodySize"), chunked);
    }

    /** The refusal of a body that was announced too long ends its request: the connection is used on, or closed. */
    @Test
    void aConnectionWhoseBodyWasRefusedDoesNotHang() throws Exception {
        URI uri = start(FREE_PORT.withBodyBytes(1000), work -> answer(work, "fine"));
        String both = raw(
                uri,
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(2000)
                        + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(both.startsWith("HTTP/1.1 413"), both);
    }

    /** A handler that was made is closed if the service cannot start. */
    @Test
    void aHandlerIsClosedIfTheAddressIsTaken() throws Exception {
        URI uri = start(FREE_PORT, work -> answer(work, "fine"));
        var closed = new CompletableFuture<Boolean>();
        var handler = new RequestHandler() {
            @Override
            public void handle(Work work) {
                answer(work, "never");
            }

            @Override
            public void close() {
                closed.complete(true);
            }
        };
        var taken = FREE_PORT.withAddress(new InetSocketAddress("127.0.0.1", uri.getPort()));
        assertThrows(IOException.class, () -> HttpService.start(taken, handler));
        assertTrue(closed.getNow(false));
    }

    @Test
    void aSlowClientHoldsTheWriterBack() throws Exception {
        var written = new java.util.concurrent.atomic.AtomicLong();
        var uri = start(FREE_PORT, work -> {
            var response = new OutgoingResponse(work.readiness(), Fields.empty());
            var body = ok(response.body());
            work.response().set(Result.ok(response));
            var stream = ok(body.write());
            for (int i = 0; i < 10_000; i++) {
                ok(stream.blockingWriteAndFlush(new byte[4096]));
                written.addAndGet(4096);
            }
            stream.close();
            ok(body.finish(Optional.empty()));
        });
        var response = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        Thread.sleep(500);
        assertTrue(written.get() < 20_000_000, "written " + written.get());
        try (var in = response.body()) {
            assertEquals(40_960_000, in.readAllBytes().length);
        }
    }

    @Test
    void closingLetsRequestsInFlightFinishAndTakesNoMore() throws Exception {
        var begun = new CountDownLatch(1);
        var uri = start(FREE_PORT, work -> {
            begun.countDown();
            sleep(work, 300);
            answer(work, "finished");
        });
        var inFlight = client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        begun.await();
        java.util.Objects.requireNonNull(service).close();
        assertEquals("finished", inFlight.join().body());
        assertThrows(IOException.class, () -> new Socket(uri.getHost(), uri.getPort()).close());
    }

    @Test
    void closingStopsWhatDoesNotFinish() throws Exception {
        var begun = new CountDownLatch(1);
        var uri = start(FREE_PORT.withDrainTime(Duration.ofMillis(100)), work -> {
            begun.countDown();
            sleep(work, 60_000);
        });
        var inFlight = client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        begun.await();
        java.util.Objects.requireNonNull(service).close();
        assertEquals(500, inFlight.join().statusCode());
        assertFalse(inFlight.isCompletedExceptionally());
    }
}
