package tenon.wasi.io;

import tenon.core.Trap;
import tenon.core.TrapKind;

/**
 * The children that a resource has: those that must be dropped before it (WIT: "child resource").
 *
 * <p>Confined to the Store.
 */
public final class Children {
    private static final Readiness NOBODY = new Readiness();

    private final String parent;
    private final Readiness readiness;
    private int live;

    /**
     * No children yet.
     *
     * @param parent the resource's name in WIT, for the trap
     * @param readiness of the Store: when that is over, what is left of parents and children is dropped in any order
     */
    public Children(String parent, Readiness readiness) {
        this.parent = parent;
        this.readiness = readiness;
    }

    /** Counts of a resource whose parent does not care. */
    public static Children unwatched() {
        return new Children("", NOBODY);
    }

    /** A child is handed out. */
    public void born() {
        live++;
    }

    /** A child is dropped. */
    public void dropped() {
        live--;
    }

    /** Traps if there are live children; {@code action} is what the guest does to the parent. */
    public void requireNone(String action) {
        if (live > 0 && !parent.isEmpty() && !readiness.isOver()) {
            throw new Trap(
                    TrapKind.HOST, "`" + parent + "` was " + action + " while " + live + " of its children were alive");
        }
    }
}
