package tenon.make.world;

/** How an exported core function is made a component's: CanonicalABI.md, {@code canon lift}. */
public enum Lifting {
    /** It returns its result. */
    SYNC,
    /** It returns to a callback. */
    ASYNC,
    /** It blocks where it waits. */
    ASYNC_STACKFUL
}
