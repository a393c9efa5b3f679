package tenon.types.core;

/** A tag's type: the index of its function type. */
public record TagType(int typeIndex) implements ExternType {}
