package tenon.runtime.task;

import java.util.LinkedHashSet;
import tenon.runtime.table.Rule;

/** A set of waitables, for any of which a thread can wait: CanonicalABI.md, "Waitable State". Confined to its Store. */
public final class WaitableSet {
    private static final String SECTION = "Waitable State";

    /** Those that have something to tell, the one that has it for longest first. */
    private final LinkedHashSet<Waitable> pending = new LinkedHashSet<>();

    private int elements;
    private int waiting;

    /** A set with nothing in it. */
    public WaitableSet() {}

    void add() {
        elements++;
    }

    void remove(Waitable waitable) {
        elements--;
        pending.remove(waitable);
    }

    void pending(Waitable waitable) {
        pending.add(waitable);
    }

    void notPending(Waitable waitable) {
        pending.remove(waitable);
    }

    /** Counts one more thread that waits for the set. */
    public void beginWaiting() {
        waiting++;
    }

    /** Counts one less. */
    public void endWaiting() {
        waiting--;
    }

    /** Whether any of them has something to tell. */
    public boolean hasPendingEvent() {
        return !pending.isEmpty();
    }

    /** What one of them has to tell. */
    public Event getPendingEvent() {
        return pending.getFirst().getPendingEvent();
    }

    /** Has a thread wait until one of them has something to tell. */
    public Event waitForEvent(GuestThread thread) {
        beginWaiting();
        thread.waitUntil(this::hasPendingEvent);
        endWaiting();
        return getPendingEvent();
    }

    /** What there is to tell now. */
    public Event poll() {
        return hasPendingEvent() ? getPendingEvent() : Event.NONE;
    }

    /** Traps unless it may be dropped. */
    public void trapUnlessDroppable() {
        Rule.trapIf(elements > 0, "cannot drop waitable set with waitables in it", SECTION);
        Rule.trapIf(waiting > 0, "cannot drop waitable set with waiters", SECTION);
    }
}
