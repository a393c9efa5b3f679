package tenon.component;

/** An alias: Binary.md, "Alias Definitions"; adds an entry to the index space of its {@code sort}. */
public sealed interface Alias extends Definition, Declaration {

    /** What is aliased. */
    Sort sort();

    /** The export {@code name} of an instance. */
    record InstanceExport(Sort sort, int instance, String name, long offset) implements Alias {}

    /** The export {@code name} of a core instance. */
    record CoreInstanceExport(Sort sort, int instance, String name, long offset) implements Alias {}

    /** Entry {@code index} of the scope that lies {@code count} scopes outwards; 0 is the scope of the alias itself. */
    record Outer(Sort sort, int count, int index, long offset) implements Alias {}
}
