package tenon.wasi.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A Java output stream as a sink: writes go through at once, on the guest's thread. Thread-safe if the stream is.
 */
public final class JavaSink implements ByteSink {
    private static final Capacity OPEN = new Capacity.Open(OutputStream.PERMIT);

    private final java.io.OutputStream stream;
    private volatile @Nullable IoError failure;

    /** Writes to {@code stream}, which stays the caller's to close. */
    public JavaSink(java.io.OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public Capacity capacity() {
        IoError error = failure;
        return error == null ? OPEN : new Capacity.Failed(error);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        failure = IoError.of(String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        flush();
    }
}
