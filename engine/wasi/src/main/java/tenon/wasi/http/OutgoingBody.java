package tenon.wasi.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.outgoing-body}. Confined to the Store. */
public final class OutgoingBody implements AutoCloseable {
    /** Whose body it is: decides which code a wrong length gives. */
    enum Message {
        REQUEST,
        RESPONSE
    }

    private final Readiness readiness;
    private final OutgoingPieces pieces;
    private final Children streams;
    private boolean streamTaken;
    private boolean finished;

    OutgoingBody(Readiness readiness, Message message, OptionalLong contentLength) {
        this.readiness = readiness;
        this.streams = new Children("outgoing-body", readiness);
        this.pieces = new OutgoingPieces(readiness, message, contentLength);
    }

    /** {@code write}: the stream, once. */
    public Result<OutputStream, Unit> write() {
        if (streamTaken) {
            return Result.err();
        }
        streamTaken = true;
        return Result.ok(new OutputStream(readiness, pieces, streams));
    }

    /**
     * {@code finish}: the body is complete; traps while the stream is alive.
     *
     * @return an error if the length is not the one that {@code content-length} announced
     */
    public Result<Unit, ErrorCode> finish(Optional<Fields> trailers) {
        streams.requireNone("finished");
        finished = true;
        return pieces.finish(trailers.map(Fields::entries).orElse(List.of()));
    }

    /** The message is on its way: what was written before, and all that follows, goes to {@code sink}. */
    void attach(BodySink sink) {
        pieces.attach(sink);
    }

    /** The destructor: a body that was not finished is broken off. */
    @Override
    public void close() {
        if (!finished) {
            streams.requireNone("dropped");
            pieces.breakOff();
        }
    }
}
