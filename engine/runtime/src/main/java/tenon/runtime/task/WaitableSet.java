package tenon.runtime.task;

import java.util.LinkedHashSet;
import tenon.runtime.table.Rule;

/** A set of waitables, for any of which a thread can wait: CanonicalABI.md, "Waitable State". Confined to its Store. */
public final class WaitableSet {
    private static final String SECTION = "Waitable State";

    private final LinkedHashSet<Waitable> elements = new LinkedHashSet<>();
    private int waiting;

    /** A set with nothing in it. */
    public WaitableSet() {}

    void add(Waitable waitable) {
        elements.add(waitable);
    }

    void remove(Waitable waitable) {
        elements.remove(waitable);
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
        for (Waitable each : elements) {
            if (each.hasPendingEvent()) {
                return true;
            }
        }
        return false;
    }

    /** What one of them has to tell; the others come before it next time. */
    public Event getPendingEvent() {
        for (Waitable each : elements) {
            if (each.hasPendingEvent()) {
                elements.remove(each);
                elements.add(each);
                return each.getPendingEvent();
            }
        }
        throw new AssertionError("there is a pending event");
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
        Rule.trapIf(!elements.isEmpty(), "cannot drop waitable set with waitables in it", SECTION);
        Rule.trapIf(waiting > 0, "cannot drop waitable set with waiters", SECTION);
    }
}
