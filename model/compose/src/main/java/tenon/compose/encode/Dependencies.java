package tenon.compose.encode;

/** How the components that are instantiated come into a composition. */
public enum Dependencies {
    /** They lie in it. */
    EMBEDDED,
    /** It imports them by a plain name made of theirs, {@code example-greeter}, with the package as the import's external id. */
    IMPORTED,
    /**
     * It imports them by names like {@code unlocked-dep=<example:greeter>}, which the specification has dropped, and hosts that follow it
     * refuse.
     */
    IMPORTED_BY_OLD_NAME
}
