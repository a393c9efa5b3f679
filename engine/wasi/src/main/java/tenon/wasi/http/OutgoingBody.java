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
    private boolean ended;
    private boolean messageGone;

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
        readiness.memory().take(OutgoingPieces.FULL, "outgoing bodies");
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
        end();
        var last = trailers.map(Fields::entries).orElse(List.of());
        trailers.ifPresent(Fields::close);
        return pieces.finish(last);
    }

    private void end() {
        if (!ended) {
            ended = true;
            giveBackIfDone();
        }
    }

    /** The message was sent or dropped: what was written waits for nobody any more. */
    void messageGone() {
        if (!messageGone) {
            messageGone = true;
            giveBackIfDone();
        }
    }

    private void giveBackIfDone() {
        if (streamTaken && ended && messageGone) {
            readiness.memory().giveBack(OutgoingPieces.FULL);
        }
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
            end();
        }
    }
}
