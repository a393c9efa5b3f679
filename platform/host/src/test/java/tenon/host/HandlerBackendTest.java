package tenon.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.runtime.value.Result;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.http.Fields;
import tenon.wasi.http.FutureIncomingResponse;
import tenon.wasi.http.IncomingResponse;
import tenon.wasi.http.Method;
import tenon.wasi.http.OutgoingHandler;
import tenon.wasi.http.OutgoingRequest;
import tenon.wasi.http.OutgoingResponse;
import tenon.wasi.http.RequestOptions;
import tenon.wasi.http.Scheme;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.StreamError;

/** Requests from one guest to another in this process; Java code holds the same objects as guests do. */
@Timeout(60)
class HandlerBackendTest {
    private final HandlerBackend inside = new HandlerBackend(4, Duration.ofSeconds(10), Duration.ZERO);
    private final Readiness readiness = new Readiness();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final OutgoingHandler caller =
            new OutgoingHandler(readiness, (head, where, listener) -> inside.begin(this::serve, head, where, listener));

    @AfterEach
    void close() {
        caller.close();
        inside.close();
    }

    private static <T> T ok(Result<T, ?> result) {
        return switch (result) {
            case Result.Ok<T, ?>(T value) -> value;
            case Result.Err<T, ?>(var error) -> throw new AssertionError("expected ok, found " + error);
        };
    }

    private static <E> E err(Result<?, E> result) {
        return switch (result) {
            case Result.Err<?, E>(E error) -> error;
            case Result.Ok<?, E>(var value) -> throw new AssertionError("expected an error, found " + value);
        };
    }

    /** Sends back what comes with its trailers, or does what the path says. */
    private void serve(RequestHandler.Work work) {
        String path = work.request().pathWithQuery().orElseThrow();
        switch (path) {
            case "/fail" -> throw new IllegalStateException("asked to fail");
            case "/nothing" -> {
                return;
            }
            case "/error" -> {
                work.response().set(Result.err(new ErrorCode.ConnectionRefused()));
                return;
            }
            case "/sleep" -> {
                work.onStop().accept(_ -> stopped.countDown());
                Pollable.at(work.readiness(), Readiness.NEVER).block();
            }
            case "/unread" -> {
                work.response().answer(200, List.of(), "unread".getBytes(UTF_8));
                return;
            }
            default -> {}
        }
        var in = ok(work.request().consume());
        var response =
                new OutgoingResponse(work.readiness(), ok(Fields.fromList(List.of(Field.of("X-Seen", seen(work))))));
        var out = ok(response.body());
        work.response().set(Result.ok(response));
        var reader = ok(in.stream());
        var writer = ok(out.write());
        ok(writer.blockingWriteAndFlush((work.request().method().word() + path + ";").getBytes(UTF_8)));
        if (path.equals("/cut")) {
            throw new IllegalStateException("asked to cut");
        }
        while (reader.blockingRead(1000) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
            ok(writer.blockingWriteAndFlush(bytes));
        }
        reader.close();
        writer.close();
        var trailers = in.finish();
        trailers.subscribe().block();
        var section = ok(ok(trailers.get().orElseThrow())).map(Fields::entries).orElse(List.of());
        ok(out.finish(Optional.of(ok(Fields.fromList(section)))));
    }

    private static String seen(RequestHandler.Work work) {
        return work.request().headers().entries().stream()
                .map(Field::name)
                .sorted()
                .toList()
                .toString();
    }

    private OutgoingRequest request(Method method, String path) {
        var request = new OutgoingRequest(readiness, ok(Fields.fromList(List.of(Field.of("X-A", "1")))));
        ok(request.setMethod(method));
        ok(request.setScheme(Optional.of(new Scheme.Http())));
        ok(request.setAuthority(Optional.of("other.spin.internal")));
        ok(request.setPathWithQuery(Optional.of(path)));
        return request;
    }

    private Result<IncomingResponse, ErrorCode> await(FutureIncomingResponse future) {
        try (var pollable = future.subscribe()) {
            pollable.block();
        }
        return ok(future.get().orElseThrow());
    }

    private IncomingResponse get(String path) {
        return ok(await(ok(caller.handle(request(new Method.Get(), path), Optional.empty()))));
    }

    private static Result<String, StreamError> text(IncomingResponse response) {
        var stream = ok(ok(response.consume()).stream());
        var text = new StringBuilder();
        while (true) {
            switch (stream.blockingRead(1000)) {
                case Result.Ok<byte[], StreamError>(byte[] bytes) -> text.append(new String(bytes, UTF_8));
                case Result.Err<byte[], StreamError>(StreamError.Closed _) -> {
                    return Result.ok(text.toString());
                }
                case Result.Err<byte[], StreamError>(StreamError error) -> {
                    return Result.err(error);
                }
            }
        }
    }

    @Test
    void aRequestIsAnsweredAsOverANetwork() {
        var response = get("/p?q=%20");
        assertEquals(200, response.status());
        var seen = response.headers().entries().getFirst();
        assertEquals("x-seen", seen.name(), "names come in lower case");
        assertEquals("[x-a]", seen.text());
        assertEquals("GET/p?q=%20;", ok(text(response)));
    }

    @Test
    void bodiesStreamBothWaysAtOnceWithTrailers() {
        var request = request(new Method.Post(), "/echo");
        var body = ok(request.body());
        var future = ok(caller.handle(request, Optional.empty()));
        var writer = ok(body.write());
        ok(writer.blockingWriteAndFlush("first".getBytes(UTF_8)));
        var response = ok(await(future));
        var in = ok(response.consume());
        var reader = ok(in.stream());
        var got = new StringBuilder();
        long sent = 5;
        while (got.length() < "POST/echo;first".length()) {
            got.append(new String(ok(reader.blockingRead(1000)), UTF_8));
        }
        assertEquals("POST/echo;first", got.toString());
        // far more than lies between them: each piece must be read before the next is taken
        byte[] piece = "x".repeat(4096).getBytes(UTF_8);
        long read = 0;
        for (int i = 0; i < 200; i++) {
            ok(writer.blockingWriteAndFlush(piece));
            sent += piece.length;
            while (read < sent - 5) {
                read += ok(reader.blockingRead(100_000)).length;
            }
        }
        writer.close();
        ok(body.finish(Optional.of(ok(Fields.fromList(List.of(Field.of("x-end", "yes")))))));
        assertInstanceOf(StreamError.Closed.class, err(reader.blockingRead(10)));
        reader.close();
        var trailers = in.finish();
        trailers.subscribe().block();
        var section = ok(ok(trailers.get().orElseThrow())).orElseThrow().entries();
        assertEquals("x-end", section.getFirst().name());
    }

    @Test
    void aWriterWaitsForASlowReader() throws Exception {
        var request = request(new Method.Post(), "/sleep");
        var body = ok(request.body());
        ok(caller.handle(request, Optional.empty()));
        var writer = ok(body.write());
        // as much as is held back and on its way, and no more
        long written = 0;
        while (ok(writer.checkWrite()) > 0 && written < 10_000_000) {
            int next = (int) Math.min(4096, ok(writer.checkWrite()));
            ok(writer.write(new byte[next]));
            written += next;
        }
        assertTrue(written <= 300_000, "the writer was let write " + written);
    }

    @Test
    void failuresAreAnswersLikeThoseOfAServer() {
        assertEquals(500, get("/fail").status());
        assertEquals(500, get("/nothing").status());
        assertEquals(502, get("/error").status());
        var cut = get("/cut");
        assertEquals(200, cut.status());
        assertInstanceOf(StreamError.LastOperationFailed.class, err(text(cut)));
    }

    @Test
    void aBodyThatNobodyReadsIsThrownAway() {
        var request = request(new Method.Post(), "/unread");
        var body = ok(request.body());
        var future = ok(caller.handle(request, Optional.empty()));
        var response = ok(await(future));
        assertEquals("unread", ok(text(response)));
        var writer = ok(body.write());
        for (int i = 0; i < 100; i++) {
            ok(writer.blockingWriteAndFlush(new byte[4096]));
        }
        writer.close();
        ok(body.finish(Optional.empty()));
    }

    @Test
    void whoIsNotWaitedForIsStopped() throws Exception {
        var future = ok(caller.handle(request(new Method.Get(), "/sleep"), Optional.empty()));
        future.close();
        assertTrue(stopped.await(10, TimeUnit.SECONDS));
    }

    @Test
    void theTimeThatTheCallerGivesIsKept() throws Exception {
        var options = new RequestOptions();
        ok(options.setFirstByteTimeout(Optional.of(50_000_000L)));
        var future = ok(caller.handle(request(new Method.Get(), "/sleep"), Optional.of(options)));
        assertInstanceOf(ErrorCode.HttpResponseTimeout.class, err(await(future)));
        assertTrue(stopped.await(10, TimeUnit.SECONDS));
    }

    @Test
    void theTimeThatTheHostGivesIsKept() {
        try (var hasty = new HandlerBackend(4, Duration.ofMillis(50), Duration.ZERO)) {
            var hurried = new OutgoingHandler(
                    readiness, (head, where, listener) -> hasty.begin(this::serve, head, where, listener));
            var future = ok(hurried.handle(request(new Method.Get(), "/sleep"), Optional.empty()));
            assertEquals(504, ok(await(future)).status());
        }
    }

    @Test
    void noMoreAreInFlightThanAreAllowed() {
        for (int i = 0; i < 4; i++) {
            ok(caller.handle(request(new Method.Get(), "/sleep"), Optional.empty()));
        }
        assertInstanceOf(
                ErrorCode.ConnectionLimitReached.class,
                err(caller.handle(request(new Method.Get(), "/sleep"), Optional.empty())));
    }

    @Test
    void whoCallsItselfWithoutEndIsToldOfTheLoop() {
        var depth = new AtomicInteger();
        try (var deep = new HandlerBackend(100, Duration.ofSeconds(10), Duration.ZERO)) {
            var first = ok(call(deep, readiness, depth));
            assertEquals(508, ok(await(first)).status());
            assertEquals(16, depth.get());
        }
    }

    private Result<FutureIncomingResponse, ErrorCode> call(HandlerBackend deep, Readiness where, AtomicInteger depth) {
        RequestHandler self = work -> {
            depth.incrementAndGet();
            switch (call(deep, work.readiness(), depth)) {
                case Result.Err<FutureIncomingResponse, ErrorCode>(ErrorCode code) ->
                    work.response().set(Result.err(code));
                case Result.Ok<FutureIncomingResponse, ErrorCode>(FutureIncomingResponse future) -> {
                    try (var pollable = future.subscribe()) {
                        pollable.block();
                    }
                    int status = ok(ok(future.get().orElseThrow())).status();
                    work.response().answer(status, List.of(), new byte[0]);
                }
            }
        };
        var handler = new OutgoingHandler(where, (head, at, listener) -> deep.begin(self, head, at, listener));
        var request = new OutgoingRequest(where, Fields.empty());
        ok(request.setScheme(Optional.of(new Scheme.Http())));
        ok(request.setAuthority(Optional.of("self.spin.internal")));
        return handler.handle(request, Optional.empty());
    }
}
