package tenon.runtime.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.runtime.table.ResourceHandle;
import tenon.runtime.table.Rule;

/** A call out of a component instance: CanonicalABI.md, "Subtask State". It remembers what it borrowed. Confined to its Store. */
public final class Subtask extends Waitable {
    private static final String SECTION = "Subtask State";

    /** How far it is, in the order of the numbers that guests see. */
    public enum State {
        STARTING,
        STARTED,
        RETURNED,
        CANCELLED_BEFORE_STARTED,
        CANCELLED_BEFORE_RETURNED
    }

    private @Nullable List<ResourceHandle> lenders;
    private @Nullable List<Runnable> endings;
    private State state = State.STARTING;
    private boolean resolveDelivered;
    private boolean cancellationRequested;
    private boolean told;
    private @Nullable Runnable onCancel;

    /** A subtask that has borrowed nothing. */
    public Subtask() {}

    /** How far it is. */
    public State state() {
        return state;
    }

    /** Whether it will do nothing more that matters to its caller. */
    public boolean resolved() {
        return switch (state) {
            case STARTING, STARTED -> false;
            case RETURNED, CANCELLED_BEFORE_STARTED, CANCELLED_BEFORE_RETURNED -> true;
        };
    }

    /** Moves on; the caller is told if it asked to be. */
    public void progress(State next) {
        assert !resolved();
        state = next;
        if (told) {
            setPendingEvent();
        }
    }

    /** The callee will never resolve: what it was is said by how far it was. */
    public void cancelled() {
        assert cancellationRequested;
        progress(state == State.STARTING ? State.CANCELLED_BEFORE_STARTED : State.CANCELLED_BEFORE_RETURNED);
    }

    /** From now on its caller is told of progress by events, under the handle {@code handle}. */
    public void tellProgress(int handle) {
        index(handle);
        told = true;
    }

    /** How its callee is asked to end early. */
    public void onCancel(Runnable request) {
        onCancel = request;
    }

    /** Whether its callee was asked to end early. */
    public boolean cancellationRequested() {
        return cancellationRequested;
    }

    /** Asks its callee to end early. */
    public void requestCancellation() {
        cancellationRequested = true;
        assert onCancel != null;
        claim(true);
        onCancel.run();
        claim(false);
    }

    /** Counts a handle as lent until the call ends. */
    public void addLender(ResourceHandle handle) {
        handle.lend();
        List<ResourceHandle> all = lenders;
        if (all == null) {
            all = new ArrayList<>(2);
            lenders = all;
        }
        all.add(handle);
    }

    /** Has something else end with the call. */
    public void onEnd(Runnable ending) {
        List<Runnable> all = endings;
        if (all == null) {
            all = new ArrayList<>(1);
            endings = all;
        }
        all.add(ending);
    }

    /** Gives back what was borrowed: {@code deliver_resolve}. */
    public void end() {
        resolveDelivered = true;
        List<ResourceHandle> lent = lenders;
        lenders = null;
        if (lent != null) {
            lent.forEach(ResourceHandle::giveBack);
        }
        List<Runnable> last = endings;
        endings = null;
        if (last != null) {
            last.forEach(Runnable::run);
        }
    }

    /** Whether its caller knows that it has resolved. */
    public boolean resolveDelivered() {
        return resolveDelivered;
    }

    @Override
    Event event() {
        if (resolved()) {
            end();
        }
        return new Event(EventCode.SUBTASK, index(), state.ordinal());
    }

    /** The handle is gone; traps if the caller does not yet know how the call ended. */
    public void drop() {
        Rule.trapIf(!resolveDelivered, "cannot drop a subtask which has not yet resolved", SECTION);
        dropped();
    }
}
