package tenon.runtime.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.runtime.table.ResourceHandle.BorrowScope;
import tenon.runtime.table.Rule;

/** A call into a component instance: CanonicalABI.md, "Tasks". Its borrowed handles must be gone when it returns. Confined to its Store. */
public final class Task extends BorrowScope {
    private static final String SECTION = "Tasks";

    /** How far it is. */
    private enum State {
        INITIAL,
        STARTED,
        PENDING_CANCEL,
        CANCEL_DELIVERED,
        RESOLVED
    }

    /** Who has called: {@code OnStart} and {@code OnResolve}. */
    public interface Caller {
        /** The arguments, lifted when the callee begins. */
        Object[] start();

        /** The call has returned a value; null if its type has no result. */
        void returned(@Nullable Object result);

        /** The call has ended without a value, as it was asked to. */
        void cancelled();
    }

    private final @Nullable ComponentInstance instance;
    private final @Nullable Caller caller;
    private final boolean async;
    private final boolean needsExclusive;
    /** Threads beside the one that it has begun with. */
    private List<GuestThread> more = List.of();

    private @Nullable GuestThread implicitThread;
    private State state = State.INITIAL;

    /** The task of a call that neither blocks nor asks for itself: all that is known of it is its borrows. */
    public Task() {
        this(null, null, false, false);
    }

    /**
     * A task.
     *
     * @param caller null if nobody asks for its result
     * @param async whether its function type is async
     * @param needsExclusive whether it keeps others of its kind out while it runs core code
     */
    public Task(@Nullable ComponentInstance instance, @Nullable Caller caller, boolean async, boolean needsExclusive) {
        this.instance = instance;
        this.caller = caller;
        this.async = async;
        this.needsExclusive = needsExclusive;
    }

    /** The instance that it works in. */
    public ComponentInstance instance() {
        assert instance != null;
        return instance;
    }

    /** The thread that it has begun with. */
    public GuestThread implicitThread() {
        assert implicitThread != null;
        return implicitThread;
    }

    void implicitThread(GuestThread thread) {
        implicitThread = thread;
    }

    /** Whether its function type is async. */
    boolean isAsync() {
        return async;
    }

    /** Whether it has returned, or ended without a value. */
    public boolean resolved() {
        return state == State.RESOLVED;
    }

    /** Whether it has to wait before it may begin. */
    public boolean hasBackpressure() {
        return async
                && (instance().backpressure() > 0
                        || (needsExclusive && instance().exclusiveThread() != null));
    }

    /** Whether it has to wait before it may begin, be it only for its turn. */
    public boolean mustQueue() {
        return hasBackpressure() || (async && instance().waitingToEnter() > 0);
    }

    /** Its first thread begins with core code. */
    public void enter(GuestThread thread) {
        if (async && needsExclusive) {
            instance().exclusiveThread(thread);
        }
        register(thread);
    }

    /** Gives a thread of this task an index. */
    public void register(GuestThread thread) {
        if (thread != implicitThread) {
            if (more.isEmpty()) {
                more = new ArrayList<>();
            }
            more.add(thread);
        }
        thread.index(instance().threads().add(thread));
    }

    /** Its first thread has ended. */
    public void exit(GuestThread thread) {
        if (async && needsExclusive) {
            assert instance().exclusiveThread() == thread;
            instance().exclusiveThread(null);
        }
        unregister(thread);
    }

    /** One of its threads has ended. */
    public void unregister(GuestThread thread) {
        if (thread != implicitThread) {
            more.remove(thread);
        }
        thread.leaves();
        if (more.isEmpty() && !(implicitThread != null && implicitThread.isRegistered())) {
            Rule.trapIf(
                    state != State.RESOLVED,
                    "the task's last thread has exited without `task.return` or `task.cancel`",
                    SECTION);
        }
        instance().threads().remove(thread.index());
    }

    /** The arguments; it has begun. */
    public Object[] start() {
        assert caller != null;
        started();
        return caller.start();
    }

    /** It has begun; its caller's arguments are with it by another way than {@link #start}. */
    public void started() {
        assert state == State.INITIAL;
        state = State.STARTED;
    }

    /** It returns a value; null if its type has no result. */
    public void return_(@Nullable Object result) {
        return_(() -> {
            if (caller != null) {
                caller.returned(result);
            }
        });
    }

    /** It returns a value, which {@code delivery} gives to its caller. */
    public void return_(Runnable delivery) {
        returns();
        delivery.run();
        returned();
    }

    /** Traps unless it may return a value now. */
    public void returns() {
        trapIfResolved();
        trapIfBorrowsRemain();
    }

    /** It has returned a value, which its caller has. */
    public void returned() {
        state = State.RESOLVED;
    }

    /** Traps where it has returned, or ended without a value. */
    public void trapIfResolved() {
        Rule.trapIf(state == State.RESOLVED, "`task.return` or `task.cancel` called more than once", SECTION);
    }

    /** It ends without a value, as it was asked to. */
    public void cancel() {
        trapIfResolved();
        Rule.trapIf(
                state != State.CANCEL_DELIVERED, "`task.cancel` called by task which has not been cancelled", SECTION);
        trapIfBorrowsRemain();
        if (caller != null) {
            caller.cancelled();
        }
        state = State.RESOLVED;
    }

    /** Traps if borrowed handles are left. */
    public void trapIfBorrowsRemain() {
        Rule.trapIf(borrows() > 0, "borrow handles still remain at the end of the call", SECTION);
    }

    /** Whether it was asked to end early and does not know. */
    boolean hasPendingCancel() {
        return state == State.PENDING_CANCEL;
    }

    /** Whether it is told now to end early. */
    public boolean deliverPendingCancel(boolean cancellable) {
        if (cancellable && state == State.PENDING_CANCEL) {
            state = State.CANCEL_DELIVERED;
            return true;
        }
        return false;
    }

    /**
     * Asks it to end early: {@code request_cancellation}. If none of its threads can be told, another thread of the instance that is
     * ready is resumed once: it may be what stands in the way.
     */
    public void requestCancellation() {
        if (state == State.INITIAL) {
            state = State.CANCEL_DELIVERED;
            instance().loop().resume(implicitThread(), true);
            return;
        }
        assert state == State.STARTED;
        if (!tell()) {
            state = State.PENDING_CANCEL;
            GuestThread other = instance().loop().nextReady(instance(), null);
            if (other != null) {
                instance().loop().resume(other, false);
                if (state == State.PENDING_CANCEL) {
                    tell();
                }
            }
        }
    }

    /** Wakes one of its threads to tell it; false if none can be woken. */
    private boolean tell() {
        GuestThread first = implicitThread;
        if (first != null && first.isRegistered() && tell(first)) {
            return true;
        }
        for (GuestThread thread : more) {
            if (tell(thread)) {
                return true;
            }
        }
        return false;
    }

    private boolean tell(GuestThread thread) {
        boolean told = thread.cancellable();
        if (told) {
            state = State.CANCEL_DELIVERED;
            instance().loop().resume(thread, true);
        }
        return told;
    }
}
