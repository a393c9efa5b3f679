package tenon.runtime.canon;

import org.jspecify.annotations.Nullable;
import tenon.runtime.task.Task;

/** A call from the host, which may end later than it has begun. Confined to its Store. */
public final class HostCall implements Task.Caller {
    private final Object[] arguments;
    private @Nullable Task task;
    private @Nullable Object result;
    private Runnable onResolved = () -> {};
    private boolean resolved;
    private boolean cancelled;

    HostCall(Object[] arguments) {
        this.arguments = arguments;
    }

    void begun(Task begun) {
        task = begun;
    }

    @Override
    public Object[] start() {
        return arguments;
    }

    /** Has something done when it ends. */
    public void onResolved(Runnable listener) {
        assert !resolved;
        onResolved = listener;
    }

    @Override
    public void returned(@Nullable Object value) {
        result = value;
        resolved = true;
        onResolved.run();
    }

    @Override
    public void cancelled() {
        resolved = true;
        cancelled = true;
        onResolved.run();
    }

    /** Whether it has returned, or ended as it was asked to. */
    public boolean isResolved() {
        return resolved;
    }

    /** Whether it has ended without a result, as it was asked to. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Its result; null if its type has none. */
    public @Nullable Object result() {
        assert resolved;
        return result;
    }

    /** Asks it to end early. */
    public void cancel() {
        if (!resolved && task != null) {
            task.requestCancellation();
        }
    }
}
