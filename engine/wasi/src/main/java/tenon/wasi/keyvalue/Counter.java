package tenon.wasi.keyvalue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The number that {@code increment} adds to: eight bytes, little-endian, as Spin keeps it. Immutable. */
public final class Counter {
    private Counter() {}

    /**
     * The number that a value holds; 0 if there is none.
     *
     * @throws KeyValueException if it has another length
     */
    public static long read(Optional<byte[]> value) {
        if (value.isEmpty()) {
            return 0;
        }
        if (value.get().length != Long.BYTES) {
            throw new KeyValueException("the value has " + value.get().length
                    + " bytes and is no number, expected the 8 bytes that `increment` keeps");
        }
        return ByteBuffer.wrap(value.get()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** The value that holds a number. */
    public static byte[] write(long number) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }
}
