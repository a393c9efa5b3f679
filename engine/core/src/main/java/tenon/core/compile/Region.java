package tenon.core.compile;

import java.util.List;

/**
 * A stretch of a body that becomes a JVM method: instructions {@code from} up to {@code to}, exclusive. {@code inner} are
 * stretches inside of it that become methods of their own, in order and apart from each other. The whole body is the region
 * from 0 to its size. Immutable.
 *
 * <p>As a rule both ends lie in one sequence and only whole blocks between them. The exception are the cases of a branch
 * table: they follow the ends of blocks nested in one another, and a region may hold several of them, with the {@code end}s
 * between. Control then comes in at {@code from} or at one of those ends, whose blocks opened before the region did:
 * {@code entries}.
 *
 * @param entries opening instructions of the blocks that end inside, in the order of their ends; entry {@code k + 1} is
 *     behind the end of {@code entries.get(k)}, entry 0 is {@code from}
 */
public record Region(int from, int to, List<Region> inner, List<Integer> entries) {
    public Region {
        inner = List.copyOf(inner);
        entries = List.copyOf(entries);
    }

    public Region(int from, int to, List<Region> inner) {
        this(from, to, inner, List.of());
    }

    /** A whole body in one method. */
    public static Region whole(FunctionBody body) {
        return new Region(0, body.size(), List.of());
    }

    /** A stretch without methods inside. */
    public static Region of(int from, int to) {
        return new Region(from, to, List.of());
    }

    /** Whether the label of a block that was opened outside lies inside. */
    public boolean enters(int opening) {
        return entries.contains(opening);
    }

    /** Whether an instruction is in its own method, and in none of those inside. */
    boolean holds(int i) {
        return i >= from && i < to && inner.stream().noneMatch(each -> i >= each.from && i < each.to);
    }
}
