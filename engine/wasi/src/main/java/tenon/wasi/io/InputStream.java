package tenon.wasi.io;

import tenon.runtime.value.Result;

/** {@code wasi:io/streams.input-stream}. Confined to the Store; owns its source. */
public final class InputStream implements AutoCloseable {
    /** The most bytes that one read gives, whatever the guest asks for. */
    static final int MOST = 64 * 1024;

    private static final StreamError CLOSED = new StreamError.Closed();

    private final Readiness readiness;
    private final ByteSource source;
    private final Children parent;
    private final Children pollables;
    private boolean closed;

    /** A stream that is nobody's child. */
    public InputStream(Readiness readiness, ByteSource source) {
        this(readiness, source, Children.unwatched());
    }

    /** A stream that its parent must outlive. */
    public InputStream(Readiness readiness, ByteSource source, Children parent) {
        this.readiness = readiness;
        this.pollables = new Children("input-stream", readiness);
        this.source = source;
        this.parent = parent;
        parent.born();
    }

    /** {@code read}: up to {@code length} (unsigned) bytes that are there; empty if none are. */
    public Result<byte[], StreamError> read(long length) {
        if (closed) {
            return Result.err(CLOSED);
        }
        int most = clamp(length);
        if (most == 0) {
            return Result.ok(new byte[0]);
        }
        return switch (source.read(most)) {
            case ByteSource.Read.Bytes(byte[] bytes) -> Result.ok(bytes);
            case ByteSource.Read.End() -> {
                closed = true;
                yield Result.err(CLOSED);
            }
            case ByteSource.Read.Failed(IoError error) -> {
                closed = true;
                yield Result.err(new StreamError.LastOperationFailed(error));
            }
        };
    }

    /** {@code blocking-read}: the same, waiting until there is at least one byte. */
    public Result<byte[], StreamError> blockingRead(long length) {
        while (true) {
            if (length != 0) {
                readiness.await(this::ready);
            }
            var read = read(length);
            boolean nothingYet = read instanceof Result.Ok<byte[], StreamError>(byte[] bytes) && bytes.length == 0;
            if (!nothingYet || length == 0) {
                return read;
            }
        }
    }

    /** {@code skip}: reads and forgets; the number of bytes. */
    public Result<Long, StreamError> skip(long length) {
        return counted(read(length));
    }

    /** {@code blocking-skip}. */
    public Result<Long, StreamError> blockingSkip(long length) {
        return counted(blockingRead(length));
    }

    /** {@code subscribe}. */
    public Pollable subscribe() {
        return Pollable.of(readiness, this::ready, pollables);
    }

    /** Whether a read would give something other than "nothing yet". */
    boolean ready() {
        return closed || source.ready();
    }

    private static Result<Long, StreamError> counted(Result<byte[], StreamError> read) {
        return switch (read) {
            case Result.Ok<byte[], StreamError>(byte[] bytes) -> Result.ok((long) bytes.length);
            case Result.Err<byte[], StreamError>(StreamError error) -> Result.err(error);
        };
    }

    static int clamp(long length) {
        return length < 0 || length > MOST ? MOST : (int) length;
    }

    /** The destructor. */
    @Override
    public void close() {
        pollables.requireNone("dropped");
        closed = true;
        source.close();
        parent.dropped();
    }
}
