package tenon.core.guest;

import org.jspecify.annotations.Nullable;
import tenon.core.CoreArray;
import tenon.core.CoreFunction;
import tenon.core.CoreI31;
import tenon.core.CoreStruct;
import tenon.core.Signature;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** What type a reference has. WebAssembly 3.0, "Reference Instructions" and "Matching / Heap Types". */
public final class Casts {
    private Casts() {}

    /** {@code ref.eq}: scalar references are the same if their values are. */
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        return a == b || a instanceof CoreI31 first && first.equals(b);
    }

    /** Whether a reference is of a defined type; null is if {@code nullable}. */
    public static boolean isDefined(@Nullable Object reference, Signature type, boolean nullable) {
        return switch (reference) {
            case null -> nullable;
            case CoreStruct struct -> struct.type().matches(type);
            case CoreArray array -> array.type().matches(type);
            case CoreFunction function -> function.signature().matches(type);
            default -> false;
        };
    }

    /** Of the top of a hierarchy. */
    public static boolean isAny(@Nullable Object reference, boolean nullable) {
        return reference != null || nullable;
    }

    /** Of the bottom of a hierarchy. */
    public static boolean isNone(@Nullable Object reference, boolean nullable) {
        return reference == null && nullable;
    }

    public static boolean isEq(@Nullable Object reference, boolean nullable) {
        return switch (reference) {
            case null -> nullable;
            case CoreStruct _, CoreArray _, CoreI31 _ -> true;
            default -> false;
        };
    }

    public static boolean isI31(@Nullable Object reference, boolean nullable) {
        return reference == null ? nullable : reference instanceof CoreI31;
    }

    public static boolean isStruct(@Nullable Object reference, boolean nullable) {
        return reference == null ? nullable : reference instanceof CoreStruct;
    }

    public static boolean isArray(@Nullable Object reference, boolean nullable) {
        return reference == null ? nullable : reference instanceof CoreArray;
    }

    public static Trap failure() {
        return new Trap(TrapKind.CAST_FAILURE);
    }
}
