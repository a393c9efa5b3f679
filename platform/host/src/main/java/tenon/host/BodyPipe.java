package tenon.host;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tenon.wasi.http.BodySink;
import tenon.wasi.http.BodySource;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.io.Readiness;

/**
 * A body on its way from one guest to another in this process; a slow reader holds the writer back. Thread-safe; {@code lock} guards the
 * fields, and nothing is called under it.
 */
final class BodyPipe implements BodySink, BodySource {
    /** So many bytes lie between the two, as in a socket's buffers, before the writer is held back; and at most one piece more. */
    private static final int ROOM = 64 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Readiness reader;
    private final Leaving leaving;
    private final Runnable onOver;
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private int waiting; // bytes in pieces
    private @Nullable Completion completion;
    private boolean last;
    private boolean left;
    private List<Field> trailers = List.of();
    private @Nullable Read end;

    /** What becomes of a body whose reader reads no more. */
    enum Leaving {
        /** The rest is thrown away, as a server does with a request that it has answered. */
        DISCARDS,
        /** The writer is told. */
        FAILS
    }

    /** {@code onOver} is run when the last piece was read, or nobody writes or reads any more; perhaps more than once, on any thread. */
    BodyPipe(Readiness reader, Leaving leaving, Runnable onOver) {
        this.reader = reader;
        this.leaving = leaving;
        this.onOver = onOver;
    }

    @Override
    public void send(ByteBuffer bytes, boolean isLast, List<Field> section, Completion done) {
        boolean refused;
        boolean held = false;
        boolean over;
        lock.lock();
        try {
            refused = left ? leaving == Leaving.FAILS : end != null || last;
            if (!left && !refused) {
                if (bytes.hasRemaining()) {
                    byte[] piece = new byte[bytes.remaining()];
                    bytes.get(piece);
                    pieces.add(ByteBuffer.wrap(piece));
                    waiting += piece.length;
                }
                last = isLast;
                trailers = section;
                held = waiting > ROOM;
                if (held) {
                    completion = done;
                }
            }
            over = endIfRead();
        } finally {
            lock.unlock();
        }
        reader.signal();
        if (refused) {
            done.failed(new ErrorCode.ConnectionTerminated());
        } else if (!held) {
            done.succeeded();
        }
        if (over) {
            onOver.run();
        }
    }

    /** Whether the last byte has just been read. Called under the lock. */
    private boolean endIfRead() {
        if (last && pieces.isEmpty() && end == null) {
            end = END;
            return true;
        }
        return false;
    }

    @Override
    public Read read(int most) {
        Completion done;
        byte[] bytes;
        boolean over;
        lock.lock();
        try {
            ByteBuffer piece = pieces.peek();
            if (piece == null) {
                return end == null ? NOTHING : end;
            }
            bytes = new byte[Math.min(most, piece.remaining())];
            piece.get(bytes);
            waiting -= bytes.length;
            if (!piece.hasRemaining()) {
                pieces.remove();
            }
            over = endIfRead();
            done = waiting > ROOM ? null : takeCompletion();
        } finally {
            lock.unlock();
        }
        if (done != null) {
            done.succeeded();
        }
        if (over) {
            onOver.run();
        }
        return new Read.Bytes(bytes);
    }

    /** Called under the lock. */
    private @Nullable Completion takeCompletion() {
        Completion taken = completion;
        completion = null;
        return taken;
    }

    /** Called under the lock. */
    private void dropPieces() {
        pieces.clear();
        waiting = 0;
    }

    @Override
    public boolean ready() {
        lock.lock();
        try {
            return !pieces.isEmpty() || end != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Field> trailers() {
        lock.lock();
        try {
            return end == null ? List.of() : trailers;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean trailersAfterLength() {
        return true;
    }

    @Override
    public void abort(ErrorCode reason) {
        Completion done;
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = new Read.Failed(reason.asIoError());
            dropPieces();
            done = takeCompletion();
        } finally {
            lock.unlock();
        }
        if (done != null) {
            done.failed(reason);
        }
        reader.signal();
        onOver.run();
    }

    /** The reader reads no more. */
    @Override
    public void close() {
        Completion done;
        lock.lock();
        try {
            if (left) {
                return;
            }
            left = true;
            if (end == null) {
                end = END;
            }
            dropPieces();
            done = takeCompletion();
        } finally {
            lock.unlock();
        }
        if (done != null) {
            switch (leaving) {
                case DISCARDS -> done.succeeded();
                case FAILS -> done.failed(new ErrorCode.ConnectionTerminated());
            }
        }
        onOver.run();
    }
}
