package tenon.core.guest;

import org.jspecify.annotations.Nullable;
import tenon.core.CoreI31;
import tenon.core.CoreStruct;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** Fields of structures, and scalar references. WebAssembly 3.0, "Aggregate Instructions" and "Scalar Reference Instructions". */
public final class Structures {
    private Structures() {}

    private static CoreStruct struct(@Nullable Object reference) {
        if (reference == null) {
            throw new Trap(TrapKind.NULL_STRUCTURE_REFERENCE);
        }
        return (CoreStruct) reference;
    }

    public static long number(@Nullable Object reference, int slot) {
        return struct(reference).number(slot);
    }

    public static @Nullable Object reference(@Nullable Object reference, int slot) {
        return struct(reference).reference(slot);
    }

    public static void setNumber(@Nullable Object reference, long bits, int slot) {
        struct(reference).number(slot, bits);
    }

    public static void setReference(@Nullable Object reference, @Nullable Object value, int slot) {
        struct(reference).reference(slot, value);
    }

    /** {@code i31.get_s}. */
    public static int i31Signed(@Nullable Object reference) {
        if (reference == null) {
            throw new Trap(TrapKind.NULL_I31_REFERENCE);
        }
        return ((CoreI31) reference).value();
    }

    /** {@code i31.get_u}. */
    public static int i31Unsigned(@Nullable Object reference) {
        return i31Signed(reference) & Integer.MAX_VALUE;
    }
}
