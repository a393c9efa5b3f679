package tenon.wasi.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.ByteSink;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Readiness;

/**
 * Between a guest's output stream and the wire: collects what is written, and sends it piece by piece.
 *
 * <p>Policy: bytes are held back until the guest flushes, has written 64 KiB, finishes, or waits for anything at all; the head
 * goes with the first piece. So an answer that a guest writes in one go leaves in one packet, and nobody waits for bytes of a
 * guest that sleeps. A guest that computes for long should flush first.
 *
 * <p>The Store's thread calls all but the completions; {@code lock} guards the fields that both touch. Nothing is sent under it.
 */
final class OutgoingPieces implements ByteSink {
    /** So many bytes are held back, and as many are on their way, at most. */
    static final int FULL = OutputStream.PERMIT;

    private final Readiness readiness;
    private final OutgoingBody.Message message;
    private final OptionalLong contentLength;

    private final ReentrantLock lock = new ReentrantLock();
    private ByteArrayOutputStream held = new ByteArrayOutputStream(512); // guarded by lock
    private @Nullable ErrorCode failure; // guarded by lock
    private boolean sending; // guarded by lock
    private boolean flushing; // guarded by lock
    private boolean lastSent; // guarded by lock
    private boolean headSent; // guarded by lock
    private boolean finished; // guarded by lock
    private @Nullable BodySink sink; // guarded by lock
    private List<Field> trailers = List.of(); // guarded by lock
    private long written; // guarded by lock

    OutgoingPieces(Readiness readiness, OutgoingBody.Message message, OptionalLong contentLength) {
        this.readiness = readiness;
        this.message = message;
        this.contentLength = contentLength;
    }

    /** The message has a way out from now on. */
    void attach(BodySink to) {
        lock.lock();
        ErrorCode broken;
        try {
            sink = to;
            broken = failure;
        } finally {
            lock.unlock();
        }
        if (broken != null) {
            to.abort(broken);
            return;
        }
        readiness.beforeWaiting(this::sendHeldBack);
        sendIfDue();
    }

    @Override
    public Capacity capacity() {
        lock.lock();
        try {
            if (failure != null) {
                return new Capacity.Failed(failure.asIoError());
            }
            if (finished) {
                return CLOSED;
            }
            return flushing ? BUSY : new Capacity.Open(Math.max(0, FULL - held.size()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        @Nullable ErrorCode tooLong = null;
        lock.lock();
        try {
            written += length;
            if (contentLength.isPresent() && written > contentLength.getAsLong()) {
                tooLong = wrongLength();
            } else {
                held.write(bytes, offset, length);
            }
        } finally {
            lock.unlock();
        }
        if (tooLong != null) {
            fail(tooLong);
        } else {
            sendIfDue();
        }
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            // before the message is on its way nothing can be waited for: a flush then is done at once
            flushing = sink != null && (sending || held.size() > 0 || !headSent);
        } finally {
            lock.unlock();
        }
        sendIfDue();
    }

    /** The guest wrote all; the length must be right. */
    Result<Unit, ErrorCode> finish(List<Field> last) {
        @Nullable ErrorCode wrong = null;
        lock.lock();
        try {
            if (failure != null) {
                return Result.err(failure);
            }
            if (contentLength.isPresent() && written != contentLength.getAsLong()) {
                wrong = wrongLength();
            } else {
                trailers = last;
                finished = true;
            }
        } finally {
            lock.unlock();
        }
        if (wrong != null) {
            fail(wrong);
            return Result.err(wrong);
        }
        sendIfDue();
        return Result.ok();
    }

    /** The guest dropped the body without finishing it. */
    void breakOff() {
        fail(
                message == OutgoingBody.Message.REQUEST
                        ? ErrorCode.internal("the guest dropped the request's body before it was finished")
                        : new ErrorCode.HttpResponseIncomplete());
    }

    /** The stream was dropped; the body may still be finished. */
    @Override
    public void close() {}

    /** Before the guest waits; whether there may be more to send. */
    private boolean sendHeldBack() {
        boolean open;
        lock.lock();
        try {
            if (!sending && failure == null && (held.size() > 0 || !headSent)) {
                flushing = true;
            }
            open = failure == null && !lastSent;
        } finally {
            lock.unlock();
        }
        sendIfDue();
        return open;
    }

    private void sendIfDue() {
        BodySink to;
        byte[] bytes;
        boolean last;
        List<Field> after;
        lock.lock();
        try {
            to = sink;
            if (to == null || sending || lastSent || failure != null) {
                return;
            }
            boolean due = finished || held.size() >= FULL || (flushing && (held.size() > 0 || !headSent));
            if (!due) {
                flushing = false;
                return;
            }
            bytes = held.toByteArray();
            held.reset();
            last = finished || (allWritten() && !to.trailersAfterLength());
            sending = true;
            headSent = true;
            lastSent = last;
            after = last ? trailers : List.of();
        } finally {
            lock.unlock();
        }
        to.send(ByteBuffer.wrap(bytes), last, after, new Sent());
    }

    private boolean allWritten() {
        return contentLength.isPresent() && written == contentLength.getAsLong();
    }

    private ErrorCode wrongLength() {
        var bytes = Optional.of(written);
        return message == OutgoingBody.Message.REQUEST
                ? new ErrorCode.HttpRequestBodySize(bytes)
                : new ErrorCode.HttpResponseBodySize(bytes);
    }

    private void fail(ErrorCode code) {
        @Nullable BodySink broken;
        lock.lock();
        try {
            if (failure != null) {
                return;
            }
            failure = code;
            broken = lastSent ? null : sink;
        } finally {
            lock.unlock();
        }
        if (broken != null) {
            broken.abort(code);
        }
        readiness.signal();
    }

    /** What follows a piece: perhaps the next one, which was written meanwhile. */
    private final class Sent implements BodySink.Completion {
        @Override
        public void succeeded() {
            lock.lock();
            try {
                sending = false;
                flushing = flushing && held.size() > 0;
            } finally {
                lock.unlock();
            }
            sendIfDue();
            readiness.signal();
        }

        @Override
        public void failed(ErrorCode code) {
            lock.lock();
            try {
                sending = false;
                flushing = false;
                failure = code;
                held = new ByteArrayOutputStream(0);
            } finally {
                lock.unlock();
            }
            readiness.signal();
        }
    }
}
