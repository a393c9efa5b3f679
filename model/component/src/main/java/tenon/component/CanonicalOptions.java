package tenon.component;

import java.util.List;
import java.util.Optional;

/**
 * The options of a canonical definition: Binary.md, {@code opts}.
 *
 * @param encoding UTF-8 if none is written
 * @param memory index of {@link Sort#CORE_MEMORY}
 * @param realloc index of {@link Sort#CORE_FUNC}, as are {@code postReturn} and {@code callback}
 * @param written the same as written, in the order of the binary
 */
public record CanonicalOptions(
        StringEncoding encoding,
        Optional<Integer> memory,
        Optional<Integer> realloc,
        Optional<Integer> postReturn,
        boolean async,
        Optional<Integer> callback,
        List<Option> written) {

    /** No option written. */
    public static final CanonicalOptions NONE = new CanonicalOptions(
            StringEncoding.UTF8,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            List.of());

    public CanonicalOptions {
        written = List.copyOf(written);
    }

    /** An option as written; {@code index} is 0 for a kind that has none. */
    public record Option(Kind kind, int index) {}

    /** What an option says, in the order of the codes: Binary.md, {@code canonopt}. */
    public enum Kind {
        UTF8,
        UTF16,
        LATIN1_UTF16,
        MEMORY,
        REALLOC,
        POST_RETURN,
        ASYNC,
        CALLBACK,
        CORE_TYPE,
        GC
    }

    /** Whether values lie in objects of the garbage collector, and not in a memory. */
    public boolean gc() {
        return written.stream().anyMatch(option -> option.kind == Kind.GC);
    }

    /** Index of {@link Sort#CORE_TYPE}: what a lowered function is whose values lie in objects. */
    public Optional<Integer> coreType() {
        return written.stream()
                .filter(option -> option.kind == Kind.CORE_TYPE)
                .map(Option::index)
                .findFirst();
    }

    /** How strings lie in the memory. */
    public enum StringEncoding {
        UTF8,
        UTF16,
        LATIN1_UTF16
    }
}
