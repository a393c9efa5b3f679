package tenon.component;

/** A type as written: Binary.md, "Type Definitions"; adds an entry to {@link Sort#TYPE}. */
public record TypeDefinition(TypeExpression expression, long offset) implements Definition, Declaration {}
