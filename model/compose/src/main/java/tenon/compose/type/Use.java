package tenon.compose.type;

/** A type that is taken from another interface, where it is called {@code name}. */
public record Use(InterfaceType from, String name) {}
