package tenon.core.compile;

/**
 * What compiled code is to contain; part of the key of a cache. Immutable.
 *
 * @param interruptible whether loops and calls ask if the guest is to stop
 * @param resettable whether stores mark the pages that they dirty
 * @param largeMemories whether memories are kept in chunks
 * @param groupBytes bytes of WebAssembly that share a class
 */
public record CompileOptions(boolean interruptible, boolean resettable, boolean largeMemories, int groupBytes) {
    /** Binary logarithm of the bytes that share a dirty mark: stores set the mark of the page that they begin in. */
    public static final int MARK = 12;
}
