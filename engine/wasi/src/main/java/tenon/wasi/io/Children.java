package tenon.wasi.io;

import tenon.core.Trap;
import tenon.core.TrapKind;

/**
 * The children that a resource has: those that must be dropped before it (WIT: "child resource").
 *
 * <p>Confined to the Store.
 */
public final class Children {
    private final String parent;
    private int live;

    /**
     * No children yet.
     *
     * @param parent the resource's name in WIT, for the trap
     */
    public Children(String parent) {
        this.parent = parent;
    }

    /** Counts of a resource whose parent does not care. */
    public static Children unwatched() {
        return new Children("");
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
        if (live > 0 && !parent.isEmpty()) {
            throw new Trap(
                    TrapKind.HOST, "`" + parent + "` was " + action + " while " + live + " of its children were alive");
        }
    }
}
