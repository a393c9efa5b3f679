package tenon.core;

/** What one import of an instance gets. */
public sealed interface ImportValue permits CoreExtern, ImportValue.Context {

    /** For a function import that was linked statically: the object that its target gets as its last argument. */
    record Context(Object value) implements ImportValue {}
}
