package tenon.make.component;

/**
 * How a component is made.
 *
 * @param mergeVersions whether imports of one interface in compatible versions become the latest
 * @param standardNames whether only the names that start with {@code cm32p2} mean something
 * @param callRefShims whether shims call through references, and not through a table
 * @param reallocByMemoryGrow whether adapters take memory by {@code memory.grow}, and not from the main module
 * @param canonicalNames whether interfaces are called by the part of their version that tells what is compatible
 */
public record MakeOptions(
        boolean mergeVersions,
        boolean standardNames,
        boolean callRefShims,
        boolean reallocByMemoryGrow,
        boolean canonicalNames) {
    /** What is usual. */
    public static final MakeOptions DEFAULT = new MakeOptions(true, false, false, false, false);
}
