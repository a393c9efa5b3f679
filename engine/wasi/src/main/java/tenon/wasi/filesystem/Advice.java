package tenon.wasi.filesystem;

/** {@code wasi:filesystem/types.advice}, in the order of the WIT. */
public enum Advice {
    /** {@code normal}. */
    NORMAL,
    /** {@code sequential}. */
    SEQUENTIAL,
    /** {@code random}. */
    RANDOM,
    /** {@code will-need}. */
    WILL_NEED,
    /** {@code dont-need}. */
    DONT_NEED,
    /** {@code no-reuse}. */
    NO_REUSE
}
