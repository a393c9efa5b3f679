package tenon.wasm;

/**
 * How much of everything a module may have: WebAssembly 3.0, appendix "Implementation Limitations", with the numbers of
 * the WebAssembly JavaScript interface, section "Implementation-defined Limits". Beyond them is an
 * {@link tenon.types.UnsupportedException}.
 */
public final class ImplementationLimits {
    public static final int TYPES = 1_000_000;
    public static final int SUBTYPING_DEPTH = 63;
    public static final int FUNCTIONS = 1_000_000;
    public static final int IMPORTS = 1_000_000;
    public static final int EXPORTS = 1_000_000;
    public static final int GLOBALS = 1_000_000;
    public static final int TAGS = 1_000_000;
    public static final int DATA_SEGMENTS = 100_000;
    public static final int ELEMENT_SEGMENTS = 10_000_000;
    public static final int TABLES = 100_000;
    public static final int MEMORIES = 100;
    public static final int PARAMETERS = 1_000;
    public static final int RESULTS = 1_000;
    public static final int FIELDS = 10_000;

    /** Operands of {@code array.new_fixed}. */
    public static final int ARRAY_OPERANDS = 10_000;

    /** Locals of one function, its parameters included. */
    public static final int LOCALS = 50_000;

    /** Size of one function body, in bytes. */
    public static final int BODY_SIZE = 7_654_321;

    private ImplementationLimits() {}
}
