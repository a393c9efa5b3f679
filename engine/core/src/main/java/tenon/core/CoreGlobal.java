package tenon.core;

import org.jspecify.annotations.Nullable;
import tenon.types.core.GlobalType;
import tenon.types.core.NumType;

/**
 * A global that more than one may hold: imported or exported. WebAssembly 3.0, "Global Instances". Confined to its store.
 * Values are of the global's type, or the call is an error of the caller's.
 */
public final class CoreGlobal implements CoreExtern {
    private final GlobalType type;
    private long bits;
    private @Nullable Object reference;

    CoreGlobal(GlobalType type, long bits, @Nullable Object reference) {
        this.type = type;
        this.bits = bits;
        this.reference = reference;
    }

    /** A global of a number type; {@code bits} as {@link #bits()} gives them. */
    public static CoreGlobal of(GlobalType type, long bits) {
        if (!(type.value() instanceof NumType)) {
            throw new IllegalArgumentException(
                    "a global of type " + type.value().text() + " has no bits");
        }
        return new CoreGlobal(type, bits, null);
    }

    /** A global of a reference type. */
    public static CoreGlobal of(GlobalType type, @Nullable Object reference) {
        return new CoreGlobal(type, 0, reference);
    }

    public GlobalType type() {
        return type;
    }

    /** The value of a number type as bits: an i32 sign-extended, floating-point numbers in their own format. */
    public long bits() {
        return bits;
    }

    public void bits(long value) {
        bits = value;
    }

    public int i32() {
        return (int) bits;
    }

    public long i64() {
        return bits;
    }

    public float f32() {
        return Float.intBitsToFloat((int) bits);
    }

    public double f64() {
        return Double.longBitsToDouble(bits);
    }

    /** The value of a reference type. */
    public @Nullable Object reference() {
        return reference;
    }

    public void i32(int value) {
        bits = value;
    }

    public void i64(long value) {
        bits = value;
    }

    public void f32(float value) {
        bits = Float.floatToRawIntBits(value);
    }

    public void f64(double value) {
        bits = Double.doubleToRawLongBits(value);
    }

    public void reference(@Nullable Object value) {
        reference = value;
    }
}
