package tenon.wasi.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tenon.core.Trap;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.types.TenonException;
import tenon.wasi.Wasi;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.StreamError;

class HttpTest {
    private final Readiness readiness = new Readiness();

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

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private OutgoingResponse response(Field... headers) {
        return new OutgoingResponse(readiness, ok(Fields.fromList(List.of(headers))));
    }

    private IncomingRequest request(BodySource body) {
        var head = new IncomingRequest.Head(
                new Method.Post(),
                Optional.of("/p?q"),
                Optional.of(new Scheme.Http()),
                Optional.of("a.test"),
                List.of(Field.of("X-Two", "1"), Field.of("x-two", "2")));
        return new IncomingRequest(readiness, head, body);
    }

    @Test
    void fieldNamesHaveNoCaseAndKeepTheirs() {
        var fields = Fields.empty();
        ok(fields.append("X-A", bytes("1")));
        ok(fields.append("x-a", bytes("2")));
        assertEquals(2, fields.get("X-a").size());
        assertEquals("X-A", fields.entries().getFirst().name());
        ok(fields.set("x-A", List.of(bytes("3"))));
        assertEquals(List.of("3"), fields.entries().stream().map(Field::text).toList());
        ok(fields.delete("X-A"));
        assertTrue(fields.entries().isEmpty());
    }

    @Test
    void fieldsRefuseWhatIsNoFieldAndWhatIsTheHosts() {
        var fields = Fields.empty();
        assertInstanceOf(HeaderError.InvalidSyntax.class, err(fields.append("a b", bytes("1"))));
        assertInstanceOf(HeaderError.InvalidSyntax.class, err(fields.append("a", bytes("1\r\nb: 2"))));
        assertInstanceOf(HeaderError.InvalidSyntax.class, err(fields.append("", bytes("1"))));
        assertInstanceOf(HeaderError.Forbidden.class, err(fields.set("Transfer-Encoding", List.of(bytes("chunked")))));
        assertInstanceOf(HeaderError.Forbidden.class, err(fields.append("HOST", bytes("x"))));
        assertInstanceOf(HeaderError.Forbidden.class, err(Fields.fromList(List.of(Field.of("upgrade", "h2c")))));
        assertTrue(fields.get("a b").isEmpty());
    }

    @Test
    void aMessageHasOneLengthThatIsANumber() {
        var fields = Fields.empty();
        assertInstanceOf(HeaderError.InvalidSyntax.class, err(fields.append("content-length", bytes("5, 5"))));
        assertInstanceOf(HeaderError.InvalidSyntax.class, err(fields.append("content-length", bytes("+5"))));
        assertInstanceOf(
                HeaderError.InvalidSyntax.class, err(fields.set("Content-Length", List.of(bytes("5"), bytes("6")))));
        ok(fields.append("content-length", bytes("5")));
        assertInstanceOf(HeaderError.InvalidSyntax.class, err(fields.append("Content-Length", bytes("6"))));
        ok(fields.set("content-length", List.of(bytes("6"))));
        assertEquals(1, fields.entries().size());
    }

    @Test
    void anAnnouncementIsNoAnswer() {
        var sender = new MemorySender(readiness);
        var response = response();
        ok(response.setStatusCode((short) 101));
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        assertInstanceOf(ErrorCode.HttpProtocolError.class, sender.failed().orElseThrow());
    }

    @Test
    void anExchangeEndsWithTheStore() {
        var cancelled = new AtomicInteger();
        var handler =
                new OutgoingHandler(readiness, (head, waiting, listener) -> Result.ok(new SilentExchange(cancelled)));
        var request = new OutgoingRequest(readiness, Fields.empty());
        ok(request.setAuthority(Optional.of("example")));
        ok(handler.handle(request, Optional.empty()));
        handler.close();
        assertEquals(1, cancelled.get());
    }

    private OutgoingRequest toSomewhere() {
        var request = new OutgoingRequest(readiness, Fields.empty());
        ok(request.setAuthority(Optional.of("example")));
        return request;
    }

    @Test
    void soManyRequestsAreUnderWayAtATime() {
        var handler = new OutgoingHandler(
                readiness, (head, waiting, listener) -> Result.ok(new SilentExchange(new AtomicInteger())), 2);
        var first = ok(handler.handle(toSomewhere(), Optional.empty()));
        var second = ok(handler.handle(toSomewhere(), Optional.empty()));
        assertInstanceOf(ErrorCode.ConnectionLimitReached.class, err(handler.handle(toSomewhere(), Optional.empty())));
        first.close();
        var third = ok(handler.handle(toSomewhere(), Optional.empty()));
        second.failed(new ErrorCode.ConnectionRefused());
        second.close();
        third.responded(200, List.of(), BodySource.of(bytes("x"), List.of()));
        ok(handler.handle(toSomewhere(), Optional.empty()));
        assertInstanceOf(ErrorCode.ConnectionLimitReached.class, err(handler.handle(toSomewhere(), Optional.empty())));
        ok(ok(ok(third.get().orElseThrow())).consume()).close();
        ok(handler.handle(toSomewhere(), Optional.empty()));
    }

    @Test
    void oneSectionHoldsSoManyBytes() {
        var types = new HttpTypes(readiness, HttpLimits.DEFAULT.withSectionBytes(200));
        var fields = types.newFields();
        ok(fields.append("a", bytes("x".repeat(100))));
        assertThrows(Trap.class, () -> fields.append("b", bytes("x".repeat(100))));
        ok(fields.delete("a"));
        ok(fields.append("b", bytes("x".repeat(100))));
    }

    @Test
    void whatTheHostKeepsIsCountedUntilItIsGone() {
        try (Store store = Store.open(StoreLimits.DEFAULT.withHostBytes(1000 + (64 << 10)))) {
            var waiting = Wasi.readiness(store);
            var types = new HttpTypes(waiting, HttpLimits.DEFAULT);
            var fields = types.newFields();
            ok(fields.append("a", bytes("x".repeat(500))));
            assertEquals(533, store.hostMemory().used());
            var copy = types.copy(fields);
            assertEquals(1066, store.hostMemory().used());
            copy.close();
            var message = types.newOutgoingResponse(fields);
            assertEquals(533, store.hostMemory().used());
            var body = ok(message.body());
            ok(body.write()).close();
            assertEquals(533 + (64 << 10), store.hostMemory().used());
            var other = types.newOutgoingResponse(types.newFields());
            var otherBody = ok(other.body());
            assertThrows(Trap.class, otherBody::write);
            ok(body.finish(Optional.empty()));
            message.close();
            assertEquals(0, store.hostMemory().used());
            ok(otherBody.write());
        }
    }

    private record SilentExchange(AtomicInteger cancelled) implements HttpBackend.Exchange, BodySink {
        @Override
        public BodySink body() {
            return this;
        }

        @Override
        public void cancel() {
            cancelled.incrementAndGet();
        }

        @Override
        public void send(ByteBuffer bytes, boolean last, List<Field> trailers, Completion completion) {
            completion.succeeded();
        }

        @Override
        public boolean trailersAfterLength() {
            return true;
        }

        @Override
        public void abort(ErrorCode reason) {
            cancel();
        }
    }

    @Test
    void fieldsCannotGrowWithoutEnd() {
        var fields = Fields.empty();
        byte[] value = new byte[60_000];
        Arrays.fill(value, (byte) 'x');
        ok(fields.append("a", value));
        ok(fields.append("b", value));
        assertThrows(TenonException.class, () -> fields.append("c", value));
    }

    @Test
    void headersOfAMessageCannotBeChangedButTheirCloneCan() {
        var headers = request(BodySource.of(new byte[0], List.of())).headers();
        assertInstanceOf(HeaderError.Immutable.class, err(headers.append("a", bytes("1"))));
        var copy = headers.copy();
        ok(copy.append("a", bytes("1")));
        assertEquals(3, copy.entries().size());
        assertEquals(2, headers.entries().size());
    }

    @Test
    void requestCannotBeDroppedBeforeItsHeaders() {
        var request = request(BodySource.of(new byte[0], List.of()));
        var headers = request.headers();
        assertThrows(TenonException.class, request::close);
        headers.close();
        request.close();
    }

    @Test
    void bodyAndStreamCanBeTakenOnce() {
        var request = request(BodySource.of(bytes("hello"), List.of()));
        var body = ok(request.consume());
        assertEquals(Unit.UNIT, err(request.consume()));
        var stream = ok(body.stream());
        assertEquals(Unit.UNIT, err(body.stream()));
        assertThrows(TenonException.class, body::finish, "the stream is alive");
        assertArrayEquals(bytes("hello"), ok(stream.blockingRead(100)));
        stream.close();
        body.finish().close();
    }

    @Test
    void trailersArriveThoughTheBodyWasNotRead() {
        var body = ok(request(BodySource.of(new byte[200_000], List.of(Field.of("x-sum", "7"))))
                .consume());
        var future = body.finish();
        try (var pollable = future.subscribe()) {
            pollable.block();
        }
        var trailers = ok(ok(future.get().orElseThrow())).orElseThrow();
        assertEquals("7", trailers.entries().getFirst().text());
        assertInstanceOf(HeaderError.Immutable.class, err(trailers.append("a", bytes("1"))));
        assertEquals(Unit.UNIT, err(future.get().orElseThrow()));
        assertThrows(TenonException.class, future::close);
        trailers.close();
        future.close();
    }

    @Test
    void responseWrittenInOneGoLeavesInOnePiece() {
        var sender = new MemorySender(readiness);
        var response = response(Field.of("content-length", "5"));
        ok(response.setStatusCode((short) 201));
        var body = ok(response.body());
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        var stream = ok(body.write());
        ok(stream.blockingWriteAndFlush(bytes("hello")));
        stream.close();
        ok(body.finish(Optional.empty()));
        assertEquals(201, sender.status());
        assertEquals(List.of("hello|last"), sender.pieces());
    }

    @Test
    void responseStreamsAndEndsWithTrailers() {
        var sender = new MemorySender(readiness);
        var response = response();
        var body = ok(response.body());
        var stream = ok(body.write());
        ok(stream.blockingWriteAndFlush(bytes("early,")));
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        ok(stream.blockingWriteAndFlush(bytes("one")));
        ok(stream.blockingWriteAndFlush(bytes("two")));
        stream.close();
        ok(body.finish(Optional.of(ok(Fields.fromList(List.of(Field.of("x-chunks", "2")))))));
        assertEquals(List.of("early,one", "two", "|last x-chunks=2"), sender.pieces());
    }

    @Test
    void headAndBytesAreSentWhenTheGuestWaits() {
        var sender = new MemorySender(readiness);
        var response = response();
        var body = ok(response.body());
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        assertEquals(List.of(), sender.pieces());
        Pollable.at(readiness, Readiness.now() + 50_000_000).block();
        assertEquals(List.of(""), sender.pieces());
        var stream = ok(body.write());
        ok(stream.checkWrite());
        ok(stream.write(bytes("unflushed")));
        assertEquals(List.of(""), sender.pieces());
        Pollable.at(readiness, Readiness.now() + 50_000_000).block();
        assertEquals(List.of("", "unflushed"), sender.pieces());
    }

    @Test
    void writerWaitsForASlowReader() {
        var sender = new MemorySender(readiness);
        sender.holdCompletions();
        var response = response();
        var body = ok(response.body());
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        var stream = ok(body.write());
        ok(stream.checkWrite());
        ok(stream.write(new byte[OutputStream.PERMIT]));
        assertEquals((long) OutputStream.PERMIT, ok(stream.checkWrite()), "one piece more is held");
        ok(stream.write(new byte[OutputStream.PERMIT]));
        assertEquals(0L, ok(stream.checkWrite()));
        Thread.ofVirtual().start(sender::complete);
        try (var pollable = stream.subscribe()) {
            pollable.block();
        }
        assertTrue(ok(stream.checkWrite()) > 0);
    }

    @Test
    void wrongContentLengthIsAnErrorAndBreaksTheBodyOff() {
        var sender = new MemorySender(readiness);
        var response = response(Field.of("content-length", "5"));
        var body = ok(response.body());
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        var stream = ok(body.write());
        ok(stream.blockingWriteAndFlush(bytes("hi")));
        stream.close();
        var code = err(body.finish(Optional.empty()));
        assertEquals(new ErrorCode.HttpResponseBodySize(Optional.of(2L)), code);
        assertEquals(Optional.of(code), sender.aborted());
    }

    @Test
    void writingBeyondContentLengthFailsWithItsCode() {
        var sender = new MemorySender(readiness);
        var response = response(Field.of("content-length", "3"));
        var body = ok(response.body());
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        var stream = ok(body.write());
        ok(stream.checkWrite());
        var failed = assertInstanceOf(StreamError.LastOperationFailed.class, err(stream.write(bytes("hello"))));
        assertEquals(
                Optional.of(new ErrorCode.HttpResponseBodySize(Optional.of(5L))), ErrorCodes.behind(failed.error()));
        assertInstanceOf(StreamError.Closed.class, err(stream.checkWrite()));
    }

    @Test
    void aBodyDroppedUnfinishedIsBrokenOff() {
        var sender = new MemorySender(readiness);
        var response = response();
        var body = ok(response.body());
        new ResponseOutparam(readiness, sender).set(Result.ok(response));
        body.close();
        assertInstanceOf(
                ErrorCode.HttpResponseIncomplete.class, sender.aborted().orElseThrow());
    }

    @Test
    void anAnswerNeverGivenIsAnError() {
        var sender = new MemorySender(readiness);
        new ResponseOutparam(readiness, sender).close();
        assertInstanceOf(ErrorCode.InternalError.class, sender.failed().orElseThrow());
    }

    @Test
    void requestPartsAreChecked() {
        var request = new OutgoingRequest(readiness, Fields.empty());
        assertEquals(Unit.UNIT, err(request.setMethod(new Method.Other("GE T"))));
        assertEquals(Unit.UNIT, err(request.setPathWithQuery(Optional.of("/a b"))));
        assertEquals(Unit.UNIT, err(request.setPathWithQuery(Optional.of("/a\r\nx: y"))));
        assertEquals(Unit.UNIT, err(request.setAuthority(Optional.of("a.test:99999"))));
        assertEquals(Unit.UNIT, err(request.setAuthority(Optional.of("user@a.test"))));
        assertEquals(Unit.UNIT, err(request.setAuthority(Optional.of("a.test/path"))));
        assertEquals(Unit.UNIT, err(request.setScheme(Optional.of(new Scheme.Other("ht tp")))));
        ok(request.setAuthority(Optional.of("[::1]:8080")));
        ok(request.setPathWithQuery(Optional.of("?x=%20")));
    }

    @Test
    void aGuestThatWasGrantedNothingReachesNobody() {
        var request = new OutgoingRequest(readiness, Fields.empty());
        ok(request.setAuthority(Optional.of("a.test")));
        var handler = new OutgoingHandler(readiness, HttpBackend.DENIED);
        assertInstanceOf(ErrorCode.HttpRequestDenied.class, err(handler.handle(request, Optional.empty())));
    }

    @Test
    void aRequestGoesOutAndItsResponseComesIn() {
        var backend = new MemoryBackend((head, body) -> new MemoryBackend.Answer(
                203,
                List.of(Field.of("x-path", head.pathWithQuery()), Field.of("connection", "close")),
                body,
                List.of(Field.of("x-t", "1"))));
        var request = new OutgoingRequest(readiness, Fields.empty());
        ok(request.setMethod(new Method.Post()));
        ok(request.setAuthority(Optional.of("a.test")));
        ok(request.setPathWithQuery(Optional.of("?q")));
        var body = ok(request.body());
        var future = ok(new OutgoingHandler(readiness, backend).handle(request, Optional.empty()));
        assertTrue(future.get().isEmpty());
        var out = ok(body.write());
        ok(out.blockingWriteAndFlush(bytes("ping")));
        out.close();
        ok(body.finish(Optional.empty()));
        try (var pollable = future.subscribe()) {
            pollable.block();
        }
        var response = ok(ok(future.get().orElseThrow()));
        assertEquals(Unit.UNIT, err(future.get().orElseThrow()));
        assertEquals(203, response.status());
        assertEquals(
                List.of("/?q"),
                response.headers().entries().stream().map(Field::text).toList());
        InputStream stream = ok(ok(response.consume()).stream());
        assertArrayEquals(bytes("ping"), ok(stream.blockingRead(100)));
    }
}
