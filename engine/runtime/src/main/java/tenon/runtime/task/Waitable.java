package tenon.runtime.task;

import org.jspecify.annotations.Nullable;

/** Something that a guest can wait for: CanonicalABI.md, "Waitable State". Confined to its Store. */
public abstract sealed class Waitable permits Subtask, CopyEnd {
    private boolean pending;
    private boolean syncWaiter;
    private @Nullable WaitableSet set;
    private int index;

    Waitable() {}

    /** Its index in the table of handles; 0 while it is in none. */
    public int index() {
        return index;
    }

    /** Says where in the table of handles it lies. */
    public void index(int given) {
        index = given;
    }

    /** What has happened, told now: the state of things may have moved on since it happened. */
    abstract Event event();

    void setPendingEvent() {
        if (!pending) {
            pending = true;
            if (set != null) {
                set.pending(this);
            }
        }
    }

    void clearPendingEvent() {
        if (pending) {
            pending = false;
            if (set != null) {
                set.notPending(this);
            }
        }
    }

    /** Whether there is something to tell. */
    public boolean hasPendingEvent() {
        return pending;
    }

    /** Tells what has happened; {@link #hasPendingEvent} holds. */
    public Event getPendingEvent() {
        assert pending;
        clearPendingEvent();
        return event();
    }

    /** Whether it is in a waitable set. */
    public boolean inWaitableSet() {
        return set != null;
    }

    /** Whether a thread waits for it alone. */
    public boolean hasSyncWaiter() {
        return syncWaiter;
    }

    /** Keeps it out of waitable sets as long as a thread is about to wait for it alone. */
    void claim(boolean claimed) {
        syncWaiter = claimed;
    }

    /** Has a thread wait for it alone. */
    public void waitForPendingEvent(GuestThread thread) {
        assert !inWaitableSet() && !syncWaiter;
        syncWaiter = true;
        thread.waitUntil(this::hasPendingEvent);
        syncWaiter = false;
    }

    /** Puts it into a set, or takes it out of its set. */
    public void join(@Nullable WaitableSet other) {
        assert !syncWaiter;
        if (set != null) {
            set.remove(this);
        }
        set = other;
        if (other != null) {
            other.add();
            if (pending) {
                other.pending(this);
            }
        }
    }

    /** The handle is gone. */
    void dropped() {
        join(null);
        index = 0;
    }
}
