package tenon.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.http.Fields;
import tenon.wasi.http.FutureIncomingResponse;
import tenon.wasi.http.IncomingResponse;
import tenon.wasi.http.Method;
import tenon.wasi.http.OutboundPolicy;
import tenon.wasi.http.OutgoingHandler;
import tenon.wasi.http.OutgoingRequest;
import tenon.wasi.http.OutgoingResponse;
import tenon.wasi.http.RequestOptions;
import tenon.wasi.http.Scheme;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.StreamError;

/** Requests that go out, to a server of ours: the same objects that a guest holds. */
@Timeout(60)
class OutsideTest {
    private final Readiness readiness = new Readiness();
    private HttpService service;
    private int port;

    @BeforeEach
    void start() throws IOException {
        var options = ServeOptions.DEFAULT
                .withAddress(new InetSocketAddress("127.0.0.1", 0))
                .withDrainTime(Duration.ofMillis(100));
        service = HttpService.start(options, OutsideTest::serve);
        port = service.uri().getPort();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
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

    /** Sends back what comes, piece by piece, with its trailers; {@code /cut} breaks off, {@code /sleep} never answers. */
    private static void serve(RequestHandler.Work work) {
        String path = work.request().pathWithQuery().orElseThrow();
        if (path.equals("/sleep")) {
            tenon.wasi.io.Pollable.at(work.readiness(), Readiness.NEVER).block();
        }
        var in = ok(work.request().consume());
        var seen = work.request().headers().entries().stream()
                .map(Field::name)
                .sorted()
                .toList();
        var response = new OutgoingResponse(
                work.readiness(), ok(Fields.fromList(List.of(Field.of("X-Seen", seen.toString())))));
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

    private OutgoingRequest request(String authority, String path) {
        var request = new OutgoingRequest(readiness, ok(Fields.fromList(List.of(Field.of("X-A", "1")))));
        ok(request.setScheme(Optional.of(new Scheme.Http())));
        ok(request.setAuthority(Optional.of(authority)));
        ok(request.setPathWithQuery(Optional.of(path)));
        return request;
    }

    private Result<IncomingResponse, ErrorCode> await(FutureIncomingResponse future) {
        try (var pollable = future.subscribe()) {
            pollable.block();
        }
        return ok(future.get().orElseThrow());
    }

    private static String text(IncomingResponse response) {
        var body = ok(response.consume());
        var stream = ok(body.stream());
        var text = new StringBuilder();
        while (stream.blockingRead(1000) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
            text.append(new String(bytes, UTF_8));
        }
        return text.toString();
    }

    @Test
    void aRequestWithoutABodyGetsItsResponseAndAddsNoHeaders() throws Exception {
        try (var outside = Outside.to(List.of("127.0.0.1:" + port))) {
            var handler = new OutgoingHandler(readiness, outside);
            var response = ok(await(ok(handler.handle(request("127.0.0.1:" + port, "/p?q=%20"), Optional.empty()))));
            assertEquals(200, response.status());
            // it was sent as `X-Seen`
            assertEquals(
                    "[x-a]",
                    response.headers().entries().stream()
                            .filter(field -> field.name().equals("x-seen"))
                            .findFirst()
                            .orElseThrow()
                            .text());
            assertEquals("GET/p?q=%20;", text(response));
        }
    }

    @Test
    void bodiesStreamBothWaysAtOnceAndTrailersReturn() throws Exception {
        try (var outside = Outside.to(List.of("localhost:" + port))) {
            var request = request("localhost:" + port, "/echo");
            ok(request.setMethod(new Method.Other("PURGE")));
            var body = ok(request.body());
            var future = ok(new OutgoingHandler(readiness, outside).handle(request, Optional.empty()));
            var out = ok(body.write());
            ok(out.blockingWriteAndFlush("one,".getBytes(UTF_8)));
            var response = ok(await(future));
            var incoming = ok(response.consume());
            var in = ok(incoming.stream());
            var text = new StringBuilder();
            while (!text.toString().endsWith("one,")) {
                text.append(new String(ok(in.blockingRead(100)), UTF_8));
            }
            ok(out.blockingWriteAndFlush("two".getBytes(UTF_8)));
            out.close();
            assertEquals(Unit.UNIT, ok(body.finish(Optional.of(ok(Fields.fromList(List.of(Field.of("x-sum", "7"))))))));
            while (in.blockingRead(100) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
                text.append(new String(bytes, UTF_8));
            }
            assertEquals("PURGE/echo;one,two", text.toString());
            in.close();
            var trailers = incoming.finish();
            trailers.subscribe().block();
            assertEquals(
                    "7",
                    ok(ok(trailers.get().orElseThrow()))
                            .orElseThrow()
                            .entries()
                            .getFirst()
                            .text());
        }
    }

    @Test
    void whoWasNotGrantedIsDenied() throws Exception {
        try (var outside = Outside.to(List.of("127.0.0.1:1", "*.example.test"))) {
            var handler = new OutgoingHandler(readiness, outside);
            for (String authority : List.of("127.0.0.1:" + port, "example.test", "a.example.test:8080")) {
                var refused = err(handler.handle(request(authority, "/"), Optional.empty()));
                assertInstanceOf(ErrorCode.HttpRequestDenied.class, refused, authority);
            }
        }
    }

    @Test
    void anyHostDoesNotMeanTheInside() throws Exception {
        try (var outside = Outside.to(List.of("*:" + port))) {
            var handler = new OutgoingHandler(readiness, outside);
            for (String host :
                    List.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]")) {
                var refused = err(await(ok(handler.handle(request(host + ":" + port, "/"), Optional.empty()))));
                assertInstanceOf(ErrorCode.DestinationIpProhibited.class, refused, host);
            }
        }
    }

    @Test
    void aPolicyIsAskedForTheNameAndForEachAddressAndSharesNoConnection() throws Exception {
        var asked = new ArrayList<String>();
        try (var outside = Outside.to(new Asking(asked, true))) {
            var blocking = outside.toward(new Asking(asked, false));
            ok(await(ok(new OutgoingHandler(readiness, outside)
                    .handle(request("localhost:" + port, "/"), Optional.empty()))));
            var refused = err(await(ok(new OutgoingHandler(readiness, blocking)
                    .handle(request("localhost:" + port, "/"), Optional.empty()))));
            assertInstanceOf(ErrorCode.DestinationIpProhibited.class, refused);
        }
        assertEquals("http://localhost:" + port, asked.getFirst());
        assertTrue(asked.contains("http://localhost:" + port + " at 127.0.0.1"), asked.toString());
    }

    private record Asking(List<String> asked, boolean allows) implements OutboundPolicy {
        @Override
        public synchronized boolean check(Target target) {
            return asked.add(words(target));
        }

        @Override
        public synchronized boolean checkAddress(Target target, InetAddress address) {
            asked.add(words(target) + " at " + address.getHostAddress());
            return allows;
        }

        private static String words(Target target) {
            return target.scheme().word() + "://" + target.host() + ":" + target.port();
        }
    }

    @Test
    void failuresHaveTheirCodes() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (var outside = Outside.to(List.of("127.0.0.1:" + port, "127.0.0.1:" + free, "nowhere.invalid"))) {
            var handler = new OutgoingHandler(readiness, outside);
            assertInstanceOf(
                    ErrorCode.ConnectionRefused.class,
                    err(await(ok(handler.handle(request("127.0.0.1:" + free, "/"), Optional.empty())))));
            assertInstanceOf(
                    ErrorCode.DnsError.class,
                    err(await(ok(handler.handle(request("nowhere.invalid", "/"), Optional.empty())))));
            var options = new RequestOptions();
            ok(options.setFirstByteTimeout(Optional.of(50_000_000L)));
            assertInstanceOf(
                    ErrorCode.HttpResponseTimeout.class,
                    err(await(ok(handler.handle(request("127.0.0.1:" + port, "/sleep"), Optional.of(options))))));
        }
    }

    @Test
    void aResponseThatBreaksOffIsAnErrorOfItsStream() throws Exception {
        try (var outside = Outside.to(List.of("127.0.0.1:" + port))) {
            var handler = new OutgoingHandler(readiness, outside);
            var response = ok(await(ok(handler.handle(request("127.0.0.1:" + port, "/cut"), Optional.empty()))));
            var stream = ok(ok(response.consume()).stream());
            StreamError end = new StreamError.Closed();
            while (end instanceof StreamError.Closed) {
                if (stream.blockingRead(100) instanceof Result.Err<byte[], StreamError>(StreamError error)) {
                    end = error;
                    assertInstanceOf(StreamError.LastOperationFailed.class, end);
                }
            }
            var failed = (StreamError.LastOperationFailed) end;
            assertTrue(failed.error().detail().orElseThrow() instanceof ErrorCode.HttpResponseIncomplete);
        }
    }
}
