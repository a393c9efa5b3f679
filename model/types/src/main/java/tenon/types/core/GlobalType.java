package tenon.types.core;

/** A global's type. */
public record GlobalType(ValType value, boolean mutable) implements ExternType {}
