package tenon.component;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tenon.types.TenonException;

/**
 * Takes what decoding and validation find wrong. Confined to one thread.
 *
 * <p>The policy: each fault is told once. What comes of a fault is unknown, and nothing is said about what uses it.
 */
public final class Problems {
    private final boolean strict;
    private final List<TenonException> found = new ArrayList<>();

    private Problems(boolean strict) {
        this.strict = strict;
    }

    /** Throws the first one. */
    public static Problems strict() {
        return new Problems(true);
    }

    /** Keeps all, so that who looks goes on as far as can be told. */
    public static Problems collecting() {
        return new Problems(false);
    }

    /** What was found so far, in the order in which it was found. */
    public List<TenonException> found() {
        return Collections.unmodifiableList(found);
    }

    /** Takes a problem; the caller goes on if this returns. */
    public void add(TenonException problem) {
        if (strict) {
            throw problem;
        }
        if (!(problem instanceof UnknownException)) {
            found.add(problem);
        }
    }
}
