package tenon.text.lex;

/**
 * An annotation whose id means something to us: WebAssembly 3.0, "Annotations"; all others are dropped.
 *
 * @param before the index of the token that follows it
 * @param offset of its parenthesis, in the source
 * @param content what stands behind the id
 */
public record Annotation(String id, int before, int offset, Tokens content) {
    /** A custom section. */
    public static final String CUSTOM = "custom";

    /** Which way a branch is expected to go. */
    public static final String BRANCH_HINT = "metadata.code.branch_hint";

    static boolean isKnown(String id) {
        return id.equals(CUSTOM) || id.equals(BRANCH_HINT);
    }
}
