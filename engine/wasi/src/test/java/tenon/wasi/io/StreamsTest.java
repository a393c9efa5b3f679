package tenon.wasi.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.types.TenonException;

class StreamsTest {
    private final Readiness readiness = new Readiness();

    private InputStream input(String text) {
        return new InputStream(readiness, new MemorySource(text.getBytes(UTF_8)));
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

    @Test
    void readGivesNoMoreThanAskedThenSaysClosed() {
        var stream = input("hello");
        assertArrayEquals("hel".getBytes(UTF_8), ok(stream.read(3)));
        assertArrayEquals("lo".getBytes(UTF_8), ok(stream.blockingRead(-1)));
        assertInstanceOf(StreamError.Closed.class, err(stream.read(1)));
        assertInstanceOf(StreamError.Closed.class, err(stream.read(0)));
    }

    @Test
    void readOfZeroBytesSucceedsWhileOpen() {
        var stream = input("x");
        assertEquals(0, ok(stream.read(0)).length);
        assertEquals(0, ok(stream.blockingRead(0)).length);
        assertEquals(1, ok(stream.skip(5)));
    }

    @Test
    void aReadIsCappedWhateverTheGuestAsks() {
        var stream = new InputStream(readiness, new MemorySource(new byte[100_000]));
        assertEquals(InputStream.MOST, ok(stream.read(Long.MAX_VALUE)).length);
    }

    @Test
    void writeBeyondThePermitTraps() {
        var sink = new MemorySink(10);
        var stream = new OutputStream(readiness, sink);
        assertThrows(TenonException.class, () -> stream.write(new byte[1]), "no permit yet");
        assertEquals(10, ok(stream.checkWrite()));
        assertEquals(Unit.UNIT, ok(stream.write(new byte[4])));
        assertEquals(Unit.UNIT, ok(stream.writeZeroes(5)));
        assertThrows(TenonException.class, () -> stream.write(new byte[2]), "one byte is left of the permit");
        assertEquals(9, sink.bytes().length);
    }

    @Test
    void blockingWriteBeyond4096BytesTraps() {
        var stream = new OutputStream(readiness, new MemorySink());
        assertThrows(TenonException.class, () -> stream.blockingWriteAndFlush(new byte[4097]));
        assertThrows(TenonException.class, () -> stream.blockingWriteZeroesAndFlush(-1));
        assertEquals(Unit.UNIT, ok(stream.blockingWriteAndFlush(new byte[4096])));
    }

    @Test
    void blockingWriteThatFillsTheSinkSucceedsAndTheNextSaysClosed() {
        var stream = new OutputStream(readiness, new MemorySink(3));
        assertEquals(Unit.UNIT, ok(stream.blockingWriteAndFlush(new byte[3])));
        assertInstanceOf(StreamError.Closed.class, err(stream.checkWrite()));
        assertInstanceOf(StreamError.Closed.class, err(stream.blockingWriteAndFlush(new byte[1])));
    }

    @Test
    void spliceMovesWhatBothSidesAllow() {
        var sink = new MemorySink(4);
        var stream = new OutputStream(readiness, sink);
        var source = input("abcdefgh");
        assertEquals(3, ok(stream.splice(source, 3)));
        assertEquals(1, ok(stream.blockingSplice(source, 3)));
        assertEquals("abcd", sink.text());
        assertInstanceOf(StreamError.Closed.class, err(stream.splice(source, 1)));
        assertArrayEquals("efgh".getBytes(UTF_8), ok(source.read(100)));
    }

    @Test
    void blockingReadWaitsForAnotherThread() throws Exception {
        var writer = new PipedOutputStream();
        var stream = new InputStream(readiness, new JavaSource(new PipedInputStream(writer), readiness));
        assertEquals(0, ok(stream.read(10)).length);
        try (var pollable = stream.subscribe()) {
            assertFalse(pollable.ready());
            Thread.ofVirtual().start(() -> write(writer, "late"));
            pollable.block();
            assertTrue(pollable.ready());
        }
        assertArrayEquals("late".getBytes(UTF_8), ok(stream.blockingRead(10)));
        assertInstanceOf(StreamError.Closed.class, err(stream.blockingRead(10)));
        stream.close();
    }

    private static void write(PipedOutputStream writer, String text) {
        try (writer) {
            writer.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void streamCannotBeDroppedBeforeItsPollable() {
        var stream = input("x");
        var pollable = stream.subscribe();
        assertThrows(TenonException.class, stream::close);
        pollable.close();
        stream.close();
    }

    @Test
    void pollGivesEveryReadyIndexAndTrapsOnNone() {
        var poll = new Poll(readiness);
        var soon = Pollable.at(readiness, Readiness.now() + 5_000_000);
        var never = Pollable.at(readiness, Readiness.NEVER);
        var due = Pollable.at(readiness, Readiness.now());
        assertArrayEquals(new int[] {1, 2}, poll.poll(List.of(never, due, due)));
        assertArrayEquals(new int[] {1}, poll.poll(List.of(never, soon)));
        assertThrows(TenonException.class, () -> poll.poll(List.of()));
    }

    @Test
    void aStopEndsAWait() {
        Thread.ofVirtual().start(() -> readiness.stop("the time is up"));
        var never = Pollable.at(readiness, Readiness.NEVER);
        var trap = assertThrows(TenonException.class, never::block);
        assertTrue(String.valueOf(trap.getMessage()).contains("the time is up"));
    }

    @Test
    void whatWasHeldBackIsSentBeforeAWait() {
        var sent = new MemorySink();
        readiness.beforeWaiting(() -> {
            sent.write(new byte[] {'!'}, 0, 1);
            return true;
        });
        Pollable.at(readiness, Readiness.now()).block();
        assertEquals("", sent.text(), "nothing to wait for");
        Pollable.at(readiness, Readiness.now() + 50_000_000).block();
        assertEquals("!", sent.text());
    }
}
