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

    /** A custom section that tells what tools made the binary. */
    public static final String PRODUCERS = "producers";

    /** A custom section about dynamic linking. */
    public static final String DYLINK = "dylink.0";

    /** The name of what has the identifier in front of it, where that cannot be the name. */
    public static final String NAME = "name";

    /** Which way a branch is expected to go. */
    public static final String BRANCH_HINT = "metadata.code.branch_hint";

    static boolean isKnown(String id) {
        return id.equals(NAME) || id.equals(BRANCH_HINT) || isSection(id);
    }

    private static boolean isSection(String id) {
        return id.equals(CUSTOM) || id.equals(PRODUCERS) || id.equals(DYLINK);
    }

    /** Whether it is a custom section. */
    public boolean isSection() {
        return isSection(id);
    }
}
