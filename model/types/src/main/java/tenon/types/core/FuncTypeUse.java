package tenon.types.core;

/** A function as an import declares it: the index of its type in the type index space. */
public record FuncTypeUse(int typeIndex) implements ExternType {}
