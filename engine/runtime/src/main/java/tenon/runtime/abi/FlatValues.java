package tenon.runtime.abi;

import tenon.types.component.PointerType;

/**
 * Core values that follow each other, each as its bits in a {@code long}: i32 and f32 in the low half, the high half being zero.
 * So the joins of variants ("Flattening") cost nothing. Read or written once, from the front. Confined to one call.
 */
public final class FlatValues {
    private final long[] bits;
    private int next;

    /** Room for {@code count} values. */
    public FlatValues(int count) {
        this(new long[count]);
    }

    /** Values to be read. */
    public FlatValues(long[] bits) {
        this.bits = bits;
    }

    /** The bits of all values. */
    public long[] bits() {
        return bits;
    }

    int nextInt() {
        return (int) bits[next++];
    }

    long nextLong() {
        return bits[next++];
    }

    /** The next address or length, unsigned. */
    long nextPointer(PointerType pointer) {
        return pointer == PointerType.I32 ? Integer.toUnsignedLong(nextInt()) : nextLong();
    }

    void addInt(int value) {
        bits[next++] = Integer.toUnsignedLong(value);
    }

    void addLong(long value) {
        bits[next++] = value;
    }

    /** How many values have been read or written. */
    public int position() {
        return next;
    }

    /** Goes on at another place; what is left out on writing stays zero. */
    void position(int position) {
        next = position;
    }
}
