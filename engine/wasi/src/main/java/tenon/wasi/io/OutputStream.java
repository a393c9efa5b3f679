package tenon.wasi.io;

import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** {@code wasi:io/streams.output-stream}. Confined to the Store; owns its sink. */
public final class OutputStream implements AutoCloseable {
    /** The most bytes that one permit allows. */
    public static final int PERMIT = 64 * 1024;

    /** The most bytes that the WIT allows in one {@code blocking-write-and-flush}. */
    private static final int MOST_BLOCKING = 4096;

    private static final byte[] ZEROES = new byte[MOST_BLOCKING];
    private static final StreamError CLOSED = new StreamError.Closed();

    private final Readiness readiness;
    private final ByteSink sink;
    private final Children parent;
    private final Children pollables;
    private boolean closed;
    private int permit;

    /** A stream that is nobody's child. */
    public OutputStream(Readiness readiness, ByteSink sink) {
        this(readiness, sink, Children.unwatched());
    }

    /** A stream that its parent must outlive. */
    public OutputStream(Readiness readiness, ByteSink sink, Children parent) {
        this.readiness = readiness;
        this.pollables = new Children("output-stream", readiness);
        this.sink = sink;
        this.parent = parent;
        parent.born();
    }

    /** {@code check-write}: how many bytes the next write may have. */
    public Result<Long, StreamError> checkWrite() {
        permit = 0;
        if (closed) {
            return Result.err(CLOSED);
        }
        return switch (sink.capacity()) {
            case ByteSink.Capacity.Open(int bytes) -> {
                permit = Math.min(bytes, PERMIT);
                yield Result.ok((long) permit);
            }
            case ByteSink.Capacity.Closed() -> {
                closed = true;
                yield Result.err(CLOSED);
            }
            case ByteSink.Capacity.Failed(IoError error) -> failed(error);
        };
    }

    /** {@code write}: traps beyond the permit. */
    public Result<Unit, StreamError> write(byte[] contents) {
        usePermit(contents.length, "write");
        return put(contents, contents.length);
    }

    /** {@code write-zeroes}: traps beyond the permit. */
    public Result<Unit, StreamError> writeZeroes(long length) {
        usePermit(length, "write-zeroes");
        return put(new byte[(int) length], (int) length);
    }

    /** {@code blocking-write-and-flush}: traps beyond 4096 bytes. */
    public Result<Unit, StreamError> blockingWriteAndFlush(byte[] contents) {
        if (contents.length > MOST_BLOCKING) {
            throw new Trap(
                    TrapKind.HOST,
                    "`blocking-write-and-flush` was called with " + contents.length + " bytes, expected at most "
                            + MOST_BLOCKING);
        }
        return writeAll(contents, contents.length);
    }

    /** {@code blocking-write-zeroes-and-flush}: traps beyond 4096 bytes. */
    public Result<Unit, StreamError> blockingWriteZeroesAndFlush(long length) {
        if (Long.compareUnsigned(length, MOST_BLOCKING) > 0) {
            throw new Trap(
                    TrapKind.HOST,
                    "`blocking-write-zeroes-and-flush` was called with " + Long.toUnsignedString(length)
                            + " bytes, expected at most " + MOST_BLOCKING);
        }
        return writeAll(ZEROES, (int) length);
    }

    /** {@code flush}: never blocks. */
    public Result<Unit, StreamError> flush() {
        permit = 0;
        var state = checkWrite();
        permit = 0;
        if (state instanceof Result.Err<Long, StreamError>(StreamError error)) {
            return Result.err(error);
        }
        sink.flush();
        return Result.ok();
    }

    /** {@code blocking-flush}. */
    public Result<Unit, StreamError> blockingFlush() {
        var started = flush();
        if (started instanceof Result.Err<Unit, StreamError>) {
            return started;
        }
        return awaitFlushed();
    }

    /** {@code splice}: the number of bytes that went from {@code source} to here. */
    public Result<Long, StreamError> splice(InputStream source, long length) {
        return switch (checkWrite()) {
            case Result.Err<Long, StreamError> failed -> failed;
            case Result.Ok<Long, StreamError>(Long room) -> move(source, Math.min(room, InputStream.clamp(length)));
        };
    }

    /** {@code blocking-splice}: waits for both sides first. */
    public Result<Long, StreamError> blockingSplice(InputStream source, long length) {
        readiness.await(() -> ready() && source.ready());
        return splice(source, length);
    }

    /** {@code subscribe}. */
    public Pollable subscribe() {
        return Pollable.of(readiness, this::ready, pollables);
    }

    private Result<Long, StreamError> move(InputStream source, long most) {
        return switch (source.read(most)) {
            case Result.Err<byte[], StreamError>(StreamError error) -> Result.err(error);
            case Result.Ok<byte[], StreamError>(byte[] bytes) ->
                switch (write(bytes)) {
                    case Result.Err<Unit, StreamError>(StreamError error) -> Result.err(error);
                    case Result.Ok<Unit, StreamError> _ -> Result.ok((long) bytes.length);
                };
        };
    }

    private Result<Unit, StreamError> writeAll(byte[] bytes, int length) {
        int done = 0;
        while (done < length) {
            readiness.await(this::ready);
            switch (checkWrite()) {
                case Result.Err<Long, StreamError>(StreamError error) -> {
                    return Result.err(error);
                }
                case Result.Ok<Long, StreamError>(Long room) -> {
                    int part = (int) Math.min(room, length - done);
                    sink.write(bytes, done, part);
                    done += part;
                }
            }
        }
        sink.flush();
        return awaitFlushed();
    }

    private Result<Unit, StreamError> awaitFlushed() {
        readiness.await(this::ready);
        var after = checkWrite();
        permit = 0;
        // a stream that the last byte closed has taken all bytes: the WIT calls that success
        if (after instanceof Result.Err<Long, StreamError>(StreamError.LastOperationFailed failed)) {
            return Result.err(failed);
        }
        return Result.ok();
    }

    private Result<Unit, StreamError> put(byte[] bytes, int length) {
        if (closed) {
            return Result.err(CLOSED);
        }
        return switch (sink.capacity()) {
            case ByteSink.Capacity.Open _ -> {
                sink.write(bytes, 0, length);
                yield sink.capacity() instanceof ByteSink.Capacity.Failed(IoError error) ? failed(error) : Result.ok();
            }
            case ByteSink.Capacity.Closed() -> {
                closed = true;
                yield Result.err(CLOSED);
            }
            case ByteSink.Capacity.Failed(IoError error) -> failed(error);
        };
    }

    private <T> Result<T, StreamError> failed(IoError error) {
        closed = true;
        return Result.err(new StreamError.LastOperationFailed(error));
    }

    private void usePermit(long length, String function) {
        if (Long.compareUnsigned(length, permit) > 0) {
            throw new Trap(
                    TrapKind.HOST,
                    "`" + function + "` was called with " + Long.toUnsignedString(length)
                            + " bytes, expected at most the " + permit + " that `check-write` permitted");
        }
        permit -= (int) length;
    }

    private boolean ready() {
        return closed || !(sink.capacity() instanceof ByteSink.Capacity.Open(int bytes)) || bytes > 0;
    }

    /** The destructor. */
    @Override
    public void close() {
        pollables.requireNone("dropped");
        closed = true;
        sink.close();
        parent.dropped();
    }
}
