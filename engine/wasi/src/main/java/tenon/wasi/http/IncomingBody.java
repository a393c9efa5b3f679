package tenon.wasi.http;

import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.incoming-body}. Confined to the Store; owns its source until {@link #finish}. */
public final class IncomingBody implements AutoCloseable {
    private final Readiness readiness;
    private final BodySource source;
    private final Children streams;
    private boolean streamTaken;
    private boolean finished;

    IncomingBody(Readiness readiness, BodySource source) {
        this.readiness = readiness;
        this.streams = new Children("incoming-body", readiness);
        this.source = source;
    }

    /** {@code stream}: once. */
    public Result<InputStream, Unit> stream() {
        if (streamTaken) {
            return Result.err();
        }
        streamTaken = true;
        return Result.ok(new InputStream(readiness, new Contents(source), streams));
    }

    /** {@code finish}: gives the body up for its trailers; traps while the stream is alive. */
    public FutureTrailers finish() {
        streams.requireNone("finished");
        finished = true;
        return new FutureTrailers(readiness, source);
    }

    /** The destructor. */
    @Override
    public void close() {
        if (!finished) {
            streams.requireNone("dropped");
            source.close();
        }
    }

    // dropping the stream leaves the body open: its trailers may be asked for
    private record Contents(BodySource source) implements tenon.wasi.io.ByteSource {
        @Override
        public Read read(int most) {
            return source.read(most);
        }

        @Override
        public boolean ready() {
            return source.ready();
        }

        @Override
        public void close() {}
    }
}
