package tenon.wit;

/** What a type is defined in. */
public sealed interface Owner {

    /** Types without a name are shared. */
    Owner NONE = new None();

    /** An interface. */
    record OfInterface(InterfaceId id) implements Owner {}

    /** A world. */
    record OfWorld(WorldId id) implements Owner {}

    /** Nothing. */
    record None() implements Owner {}
}
