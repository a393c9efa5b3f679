package tenon.types.core;

/** A table's type. */
public record TableType(Limits limits, RefType element) implements ExternType {}
