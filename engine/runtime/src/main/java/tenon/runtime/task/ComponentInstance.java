package tenon.runtime.task;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tenon.core.StackRoom;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.table.Rule;
import tenon.runtime.table.Table;

/** One instance of one component: CanonicalABI.md, "Component Instances". Confined to its Store. */
public final class ComponentInstance {
    private static final String SECTION = "Component Instances";

    /**
     * What the lists and strings that one call lifts may cost, in bytes: room for the longest list that the Canonical ABI allows.
     * Lists in lists may all lie at one place, so that without this a small memory would become a huge value.
     */
    private static final long MOST_LIFTED = 1L << 28;

    /** So much of it is not worth counting against the budget of the whole host; beyond, as much is counted at a time. */
    private static final long PORTION = 1 << 20;

    private final int index;
    private final @Nullable ComponentInstance parent;
    private final InstanceTree tree;
    private final Table handles;
    private final boolean reentrant;
    private boolean mayEnter = true;
    private boolean mayLeave = true;
    private long liftable = PORTION;
    private long lifted;

    /**
     * @param index in the plan
     * @param parent the instance that instantiated it; null if nothing contains it
     * @param reentrant whether a call might come back to it, so that entering it is watched
     */
    public ComponentInstance(
            int index, @Nullable ComponentInstance parent, boolean reentrant, InstanceTree tree, int mostHandles) {
        this.index = index;
        this.parent = parent;
        this.reentrant = reentrant;
        this.tree = tree;
        this.handles = new Table(mostHandles, tree::hold);
    }

    /** Its place in the plan. */
    public int index() {
        return index;
    }

    /** The instance that instantiated it, or null. */
    public @Nullable ComponentInstance parent() {
        return parent;
    }

    /** All instances of the same instantiation. */
    public InstanceTree tree() {
        return tree;
    }

    /** Its handles. */
    public Table handles() {
        return handles;
    }

    /** Enters it from outside of all components: traps if a call is in it, or in one that it is nested in. */
    public void enterFromHost() {
        for (ComponentInstance i = this; i != null; i = i.parent) {
            i.enter();
        }
    }

    /** Leaves it towards the host. */
    public void leaveToHost() {
        for (ComponentInstance i = this; i != null; i = i.parent) {
            i.mayEnter = true;
        }
    }

    /**
     * The instances that a call from {@code caller} enters, as far as they are watched: those of its ancestors and itself that
     * {@code caller} is not nested in.
     */
    public ComponentInstance[] enteringSet(ComponentInstance caller) {
        var entering = new ArrayList<ComponentInstance>();
        for (ComponentInstance i = this; i != null && !caller.isWithin(i); i = i.parent) {
            if (i.reentrant) {
                entering.add(i);
            }
        }
        return entering.toArray(ComponentInstance[]::new);
    }

    private boolean isWithin(ComponentInstance other) {
        for (ComponentInstance i = this; i != null; i = i.parent) {
            if (i == other) {
                return true;
            }
        }
        return false;
    }

    /** Enters this instance alone; traps if a call is in it. */
    public void enter() {
        if (!mayEnter) {
            throw Rule.trap("cannot enter component instance", SECTION);
        }
        mayEnter = false;
    }

    /** Leaves this instance alone. */
    public void leave() {
        mayEnter = true;
    }

    /** Whether no call is in it. */
    public boolean isIdle() {
        return mayEnter && mayLeave;
    }

    /** Traps where a guest may not call out: in its realloc, its post-return, and while it is instantiated. */
    public void trapUnlessMayLeave() {
        if (!mayLeave) {
            throw Rule.trap("cannot leave component instance", SECTION);
        }
    }

    /** Forbids or allows to call out. */
    public void mayLeave(boolean allowed) {
        mayLeave = allowed;
    }

    /** Begins to lift the values of one side of one call. */
    public void beginLifting() {
        // most calls have lifted nothing that counts
        if (liftable != PORTION) {
            liftable = PORTION;
            forgetLifted();
        }
    }

    private void forgetLifted() {
        if (lifted > 0) {
            tree.letGo(lifted);
            lifted = 0;
        }
    }

    /** Counts what the host needs for a list or string of a call; traps where that is too much. */
    public void countLifted(long bytes) {
        liftable -= bytes;
        if (liftable < 0) {
            liftMore();
        }
    }

    private void liftMore() {
        StackRoom.require();
        long more = (-liftable + PORTION - 1) / PORTION * PORTION;
        if (more > MOST_LIFTED - PORTION - lifted) {
            throw Rule.trap(
                    "the call's lists and strings need more than the " + MOST_LIFTED + " bytes that are allowed",
                    "Loading");
        }
        if (!tree.hold(more)) {
            throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for the call's lists and strings");
        }
        lifted += more;
        liftable += more;
    }

    /** As it was before its first call, for another life. */
    public void reset(int mostHandles) {
        mayEnter = true;
        mayLeave = true;
        beginLifting();
        tree.letGo(handles.reset(mostHandles));
    }
}
