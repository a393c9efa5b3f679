package tenon.types.component;

import tenon.types.core.NumType;

/** The type of addresses and lengths in the memory that values are lifted from and lowered into: CanonicalABI.md, {@code ptr_type}. */
public enum PointerType {
    I32,
    I64;

    /** In bytes: CanonicalABI.md, {@code ptr_size}. */
    public int size() {
        return this == I32 ? 4 : 8;
    }

    /** The same as a core type. */
    public NumType type() {
        return this == I32 ? NumType.I32 : NumType.I64;
    }
}
