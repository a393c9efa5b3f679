package tenon.core.compile;

import java.util.List;

/**
 * A stretch of one sequence of a body that becomes a JVM method: instructions {@code from} up to {@code to}, exclusive,
 * both at the same nesting level, whole blocks only. {@code inner} are stretches inside of it that become methods of their
 * own, in order and apart from each other. The whole body is the region from 0 to its size. Immutable.
 */
public record Region(int from, int to, List<Region> inner) {
    public Region {
        inner = List.copyOf(inner);
    }

    /** A whole body in one method. */
    public static Region whole(FunctionBody body) {
        return new Region(0, body.size(), List.of());
    }

    /** A stretch without methods inside. */
    public static Region of(int from, int to) {
        return new Region(from, to, List.of());
    }
}
