package tenon.core;

/** The reasons for which a guest traps; WebAssembly leaves the words to the embedder, these are those of its test suite. */
public enum TrapKind {
    UNREACHABLE("unreachable"),
    DIVIDE_BY_ZERO("integer divide by zero"),
    INTEGER_OVERFLOW("integer overflow"),
    INVALID_CONVERSION("invalid conversion to integer"),
    MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
    TABLE_OUT_OF_BOUNDS("out of bounds table access"),
    UNDEFINED_ELEMENT("undefined element"),
    UNINITIALIZED_ELEMENT("uninitialized element"),
    TYPE_MISMATCH("indirect call type mismatch"),
    NULL_REFERENCE("null reference"),
    NULL_EXCEPTION_REFERENCE("null exception reference"),
    NULL_FUNCTION_REFERENCE("null function reference"),
    NULL_STRUCTURE_REFERENCE("null structure reference"),
    NULL_ARRAY_REFERENCE("null array reference"),
    NULL_I31_REFERENCE("null i31 reference"),
    ARRAY_OUT_OF_BOUNDS("out of bounds array access"),
    CAST_FAILURE("cast failure"),
    STACK_EXHAUSTED("call stack exhausted"),
    UNHANDLED_EXCEPTION("unhandled exception"),
    /** The host's heap, or the budget of it that guests have, was used up. */
    OUT_OF_MEMORY("the host is out of memory"),
    /** Stopped from outside: a deadline or a shutdown. */
    INTERRUPTED("interrupted"),
    /** Trapped by the host or by a rule of the Component Model; the fact says which. */
    HOST("trap");

    private final String text;

    TrapKind(String text) {
        this.text = text;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }
}
