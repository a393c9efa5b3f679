package tenon.wasi.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects bytes in memory. Thread-safe: a test may look while a guest writes. */
public final class MemorySink implements ByteSink {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int most;

    /** Takes 16 MiB, then is closed. */
    public MemorySink() {
        this(16 << 20);
    }

    /** Takes {@code most} bytes, then is closed. */
    public MemorySink(int most) {
        this.most = most;
    }

    /** What was written so far. */
    public byte[] bytes() {
        return taken.toByteArray();
    }

    /** What was written so far, as UTF-8. */
    public String text() {
        return taken.toString(StandardCharsets.UTF_8);
    }

    @Override
    public Capacity capacity() {
        int left = most - taken.size();
        return left == 0 ? CLOSED : new Capacity.Open(Math.min(left, OutputStream.PERMIT));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        taken.write(bytes, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
