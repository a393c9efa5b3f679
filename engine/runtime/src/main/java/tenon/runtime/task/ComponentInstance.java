package tenon.runtime.task;

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

    private static final int MOST_BACKPRESSURE = (1 << 16) - 1;

    private final int index;
    private final Concurrency concurrency;
    private final InstanceTree tree;
    private final Table handles;
    private final Table threads;
    private boolean mayLeave = true;
    private int backpressure;
    private int waitingToEnter;
    private @Nullable GuestThread exclusiveThread;
    private @Nullable GuestThread outsideRealloc;
    private long liftable = PORTION;
    private long lifted;
    private long kept;
    private long captured;
    private long threadBytes;
    private long paidForThreads;

    /**
     * @param index in the plan
     */
    public ComponentInstance(int index, Concurrency concurrency, InstanceTree tree, int mostHandles) {
        this.index = index;
        this.concurrency = concurrency;
        this.tree = tree;
        this.handles = new Table(mostHandles, tree::hold);
        this.threads = new Table(mostHandles, tree::hold);
    }

    /** Its place in the plan. */
    public int index() {
        return index;
    }

    /** What its threads need. */
    public Concurrency concurrency() {
        return concurrency;
    }

    /** What runs its threads. */
    public EventLoop loop() {
        return tree.loop();
    }

    /** Pays for a thread; what was paid for threads that have ended is kept for others. */
    boolean holdThread(long bytes) {
        threadBytes += bytes;
        if (threadBytes <= paidForThreads) {
            return true;
        }
        boolean paid = tree.hold(threadBytes - paidForThreads);
        if (paid) {
            paidForThreads = threadBytes;
        } else {
            threadBytes -= bytes;
        }
        return paid;
    }

    void letGoThread(long bytes) {
        threadBytes -= bytes;
    }

    private void letGoThreads() {
        tree.letGo(paidForThreads - threadBytes);
        paidForThreads = threadBytes;
    }

    /** Its threads, by the indices that it knows them by. */
    public Table threads() {
        return threads;
    }

    /** How often it has asked for no further tasks, less how often it has taken that back. */
    public int backpressure() {
        return backpressure;
    }

    /** Asks for no further tasks: {@code backpressure.inc}. */
    public void incrementBackpressure() {
        Rule.trapIf(
                backpressure == MOST_BACKPRESSURE, "backpressure counter overflow", "`canon backpressure.{inc,dec}`");
        backpressure++;
    }

    /** Takes that back: {@code backpressure.dec}. */
    public void decrementBackpressure() {
        Rule.trapIf(backpressure == 0, "backpressure counter underflow", "`canon backpressure.{inc,dec}`");
        backpressure--;
    }

    /** How many tasks wait for their beginning. */
    int waitingToEnter() {
        return waitingToEnter;
    }

    /** A task waits for its beginning. */
    public void beginWaitingToEnter() {
        waitingToEnter++;
    }

    /** It waits no more. */
    public void endWaitingToEnter() {
        waitingToEnter--;
    }

    /** The thread that keeps others of its kind from running core code; null if none does. */
    public @Nullable GuestThread exclusiveThread() {
        return exclusiveThread;
    }

    /** Says which thread keeps others of its kind from running core code. */
    public void exclusiveThread(@Nullable GuestThread thread) {
        exclusiveThread = thread;
    }

    /** All instances of the same instantiation. */
    public InstanceTree tree() {
        return tree;
    }

    /** Its handles. */
    public Table handles() {
        return handles;
    }

    /** Begins a call from the host; traps if one of the tree's instances has trapped. */
    public void enterFromHost() {
        tree.enter();
    }

    /** Ends it. */
    public void leaveToHost() {
        tree.leave();
    }

    /** Ends a call from the host that has trapped. */
    public void failToHost() {
        tree.fail();
        tree.leave();
    }

    /** Something in it has trapped, or what it was asked for cannot be done any more. */
    public void fail() {
        tree.fail();
    }

    /** Whether it is as it was before its first call, but for what the guest has changed. */
    public boolean isIdle() {
        return mayLeave && threads.isEmpty() && waitingToEnter == 0;
    }

    /** Traps where a guest may not call out: in its realloc and its post-return. */
    public void trapUnlessMayLeave() {
        if (!mayLeave) {
            throw Rule.trap("cannot leave component instance", SECTION);
        }
    }

    /** Forbids or allows to call out. */
    public void mayLeave(boolean allowed) {
        mayLeave = allowed;
    }

    /** Whether its realloc, or its post-return, is what runs. */
    public boolean isAllocating() {
        return !mayLeave;
    }

    /** Its realloc is called next: it may not call out, and sees a thread of its own. */
    public void beginAllocating() {
        mayLeave = false;
        if (concurrency != Concurrency.NONE) {
            outsideRealloc = loop().beginAside(this);
        }
    }

    /** Its realloc has returned. */
    public void endAllocating() {
        mayLeave = true;
        if (concurrency != Concurrency.NONE) {
            loop().endAside(outsideRealloc);
            outsideRealloc = null;
        }
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

    /**
     * Has what the present call has lifted count for longer than until the next: the host keeps it.
     *
     * @return the bytes that {@link #letGoKept} takes when the host keeps it no more
     */
    public long keepLifted() {
        long bytes = PORTION + lifted - liftable;
        beginLifting();
        if (!tree.hold(bytes)) {
            throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for the calls' lists and strings");
        }
        kept += bytes;
        return bytes;
    }

    /** What is kept now belongs to the state that each further life begins in. */
    public void capture() {
        captured = kept;
        letGoThreads();
    }

    /** Counts no more what {@link #keepLifted} has counted, in the same life. */
    public void letGoKept(long bytes) {
        kept -= bytes;
        tree.letGo(bytes);
    }

    /** As it was before its first call, for another life. */
    public void reset(int mostHandles) {
        mayLeave = true;
        backpressure = 0;
        waitingToEnter = 0;
        exclusiveThread = null;
        outsideRealloc = null;
        beginLifting();
        letGoKept(kept - captured);
        threadBytes = 0;
        letGoThreads();
        tree.letGo(handles.reset(mostHandles));
        tree.letGo(threads.reset(mostHandles));
    }
}
