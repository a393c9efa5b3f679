package tenon.core.compile;

import java.util.Arrays;

/**
 * The enclosing blocks that some instructions branch to, by their opening instructions. Immutable. Only the {@link #KEPT}
 * outermost are known by name: the others are forgotten and counted as "more" until the blocks around are so few that none of
 * them can be left.
 */
final class Targets {
    static final int KEPT = 64;
    static final Targets NONE = new Targets(new int[0], false);

    private final int[] openings;
    private final boolean more;

    private Targets(int[] openings, boolean more) {
        this.openings = openings;
        this.more = more;
    }

    static Targets of(int... openings) {
        return capped(Arrays.stream(openings).sorted().distinct().toArray(), false);
    }

    Targets and(Targets other) {
        if (other == NONE) {
            return this;
        }
        if (this == NONE) {
            return other;
        }
        var all = Arrays.copyOf(openings, openings.length + other.openings.length);
        System.arraycopy(other.openings, 0, all, openings.length, other.openings.length);
        return capped(Arrays.stream(all).sorted().distinct().toArray(), more || other.more);
    }

    /** What is left outside of the block that opens there. */
    Targets outside(int opening) {
        int end = openings.length;
        while (end > 0 && openings[end - 1] >= opening) {
            end--;
        }
        // all that was forgotten lies inside of the innermost one known
        boolean known = end < openings.length;
        return end == 0 && (known || !more) ? NONE : new Targets(Arrays.copyOf(openings, end), more && !known);
    }

    boolean isMoreThan(int count) {
        return more || openings.length > count;
    }

    /** Ascending; complete unless there are more than {@link #KEPT}. */
    int[] openings() {
        return openings.clone();
    }

    private static Targets capped(int[] sorted, boolean more) {
        return sorted.length <= KEPT ? new Targets(sorted, more) : new Targets(Arrays.copyOf(sorted, KEPT), true);
    }
}
