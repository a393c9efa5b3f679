package tenon.component;

/** An import: adds an entry to the index space of the sort that {@code type} says. */
public record Import(ExternalName name, ExternDescription type, long offset) implements Definition, Declaration {}
