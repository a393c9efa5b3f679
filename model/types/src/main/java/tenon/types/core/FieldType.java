package tenon.types.core;

/** A field of a structure or the element of an array. */
public record FieldType(boolean mutable, Storage storage) {

    /** What a field holds: a value or a packed integer. */
    public sealed interface Storage {
        /** A whole value. */
        record Value(ValType type) implements Storage {}

        /** An integer narrower than any value type. */
        enum Packed implements Storage {
            I8,
            I16
        }
    }
}
