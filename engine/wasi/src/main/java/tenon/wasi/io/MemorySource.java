package tenon.wasi.io;

import java.util.Arrays;

/** Bytes in memory, as a source. Confined to the Store. */
public final class MemorySource implements ByteSource {
    private final byte[] bytes;
    private int position;

    /** All of {@code bytes}, then the end; the array is not copied. */
    public MemorySource(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public Read read(int most) {
        if (position == bytes.length) {
            return END;
        }
        int from = position;
        position = Math.min(bytes.length, from + Math.min(most, bytes.length - from));
        return new Read.Bytes(Arrays.copyOfRange(bytes, from, position));
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void close() {
        position = bytes.length;
    }
}
