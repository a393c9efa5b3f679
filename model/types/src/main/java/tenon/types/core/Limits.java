package tenon.types.core;

import java.util.OptionalLong;

/** Bounds of a memory, in pages, or of a table, in elements; both unsigned. */
public record Limits(AddressType address, long min, OptionalLong max) {

    /** The type of an index into what the limits bound. */
    public enum AddressType {
        I32,
        I64;

        public NumType type() {
            return this == I32 ? NumType.I32 : NumType.I64;
        }
    }
}
