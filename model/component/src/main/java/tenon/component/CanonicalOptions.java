package tenon.component;

import java.util.Optional;

/**
 * The options of a canonical definition: Binary.md, {@code opts}.
 *
 * @param encoding UTF-8 if none is written
 * @param memory index of {@link Sort#CORE_MEMORY}
 * @param realloc index of {@link Sort#CORE_FUNC}, as are {@code postReturn} and {@code callback}
 */
public record CanonicalOptions(
        StringEncoding encoding,
        Optional<Integer> memory,
        Optional<Integer> realloc,
        Optional<Integer> postReturn,
        boolean async,
        Optional<Integer> callback) {

    /** No option written. */
    public static final CanonicalOptions NONE = new CanonicalOptions(
            StringEncoding.UTF8, Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    /** How strings lie in the memory. */
    public enum StringEncoding {
        UTF8,
        UTF16,
        LATIN1_UTF16
    }
}
