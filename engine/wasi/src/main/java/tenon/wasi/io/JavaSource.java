package tenon.wasi.io;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Java input stream as a source: a virtual thread reads one piece at a time, and only when a guest asks.
 *
 * <p>Thread-safe; {@code this} guards the piece.
 */
public final class JavaSource implements ByteSource {
    private final java.io.InputStream stream;
    private final Readiness readiness;
    private byte[] piece = new byte[0]; // guarded by this
    private int position; // guarded by this
    private @Nullable Read last; // guarded by this; the end or a failure
    private boolean reading; // guarded by this

    /** Reads from {@code stream}, which stays the caller's to close. */
    public JavaSource(java.io.InputStream stream, Readiness readiness) {
        this.stream = stream;
        this.readiness = readiness;
    }

    @Override
    public synchronized Read read(int most) {
        if (position < piece.length) {
            int from = position;
            position = Math.min(piece.length, from + most);
            return new Read.Bytes(Arrays.copyOfRange(piece, from, position));
        }
        if (last != null) {
            return last;
        }
        fetch();
        return NOTHING;
    }

    @Override
    public synchronized boolean ready() {
        if (position < piece.length || last != null) {
            return true;
        }
        fetch();
        return false;
    }

    private synchronized void fetch() {
        if (!reading) {
            reading = true;
            Thread.ofVirtual().name("tenon-input").start(this::pump);
        }
    }

    private void pump() {
        byte[] buffer = new byte[InputStream.MOST];
        Read end = END;
        int count = -1;
        try {
            count = stream.read(buffer);
        } catch (IOException e) {
            end = new Read.Failed(IoError.of(String.valueOf(e.getMessage())));
        }
        synchronized (this) {
            reading = false;
            if (count < 0) {
                last = end;
            } else {
                piece = Arrays.copyOf(buffer, count);
                position = 0;
            }
        }
        readiness.signal();
    }

    @Override
    public void close() {}
}
