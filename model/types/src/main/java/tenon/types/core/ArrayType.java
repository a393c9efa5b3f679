package tenon.types.core;

/** An array type. */
public record ArrayType(FieldType element) implements CompositeType {}
