package tenon.core;

/**
 * A scalar reference: WebAssembly 3.0, "Scalar References". Two of one value are the same reference. Immutable.
 *
 * @param value the 31 bits, sign-extended
 */
public record CoreI31(int value) {
    /** {@code ref.i31}: the highest bit is dropped. */
    public static CoreI31 of(int number) {
        return new CoreI31(number << 1 >> 1);
    }
}
