package tenon.core;

import org.jspecify.annotations.Nullable;
import tenon.core.compile.StructSlots;

/**
 * A structure: WebAssembly 3.0, "Aggregate Instances". Confined to its store. Its fields lie where {@link StructSlots} says:
 * numbers as their bits, packed ones with whatever above them.
 */
public final class CoreStruct {
    private static final long[] NO_NUMBERS = {};
    private static final @Nullable Object[] NO_REFERENCES = {};

    /** Bytes of the object and its two arrays, without their elements. */
    private static final int HEADERS = 64;

    private final Signature type;
    private final long[] numbers;
    private final @Nullable Object[] references;

    @SuppressWarnings({"unused", "UnusedVariable"}) // what keeps the count of the bytes alive
    private final GuestHeap.Share share;

    private CoreStruct(Signature type, long[] numbers, @Nullable Object[] references, GuestHeap.Share share) {
        this.type = type;
        this.numbers = numbers;
        this.references = references;
        this.share = share;
    }

    /** For compiled code: a structure of these fields; null stands for no slots of a sort. The arrays become the structure's. */
    public static CoreStruct of(
            CoreInstance instance,
            Signature type,
            long @Nullable [] numbers,
            @Nullable Object @Nullable [] references) {
        long[] ownNumbers = numbers != null ? numbers : NO_NUMBERS;
        @Nullable Object[] ownReferences = references != null ? references : NO_REFERENCES;
        GuestHeap.Share share = instance.heap()
                .share(HEADERS + (long) Long.BYTES * ownNumbers.length + (long) Integer.BYTES * ownReferences.length);
        return new CoreStruct(type, ownNumbers, ownReferences, share);
    }

    public Signature type() {
        return type;
    }

    /** For compiled code: the bits in a slot of numbers. */
    public long number(int slot) {
        return numbers[slot];
    }

    public void number(int slot, long bits) {
        numbers[slot] = bits;
    }

    /** For compiled code: the content of a slot of references. */
    public @Nullable Object reference(int slot) {
        return references[slot];
    }

    public void reference(int slot, @Nullable Object value) {
        references[slot] = value;
    }
}
