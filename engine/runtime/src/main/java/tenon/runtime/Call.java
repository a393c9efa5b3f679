package tenon.runtime;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import tenon.runtime.canon.HostCall;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.value.Value;

/** A call of the host's that may go on after it has begun: {@link Func#start}. Confined to its Store. */
public final class Call {
    private final Func func;
    private final LiftedFunction function;
    private final HostCall call;

    Call(Func func, LiftedFunction function, HostCall call) {
        this.func = func;
        this.function = function;
        this.call = call;
    }

    /** Whether it has returned, or has ended early as it was asked to. */
    public boolean isDone() {
        return call.isResolved();
    }

    /**
     * Waits for its end, running the guests of its store.
     *
     * @return its result, if its type has one
     * @throws tenon.core.Trap if a guest of the store traps, or nothing can end the call any more
     * @throws CancellationException if it has ended early, as it was asked to
     */
    public Optional<Value> await() {
        try {
            function.await(call);
        } catch (RuntimeException | StackOverflowError e) {
            throw func.ended(e);
        }
        if (call.isCancelled()) {
            throw new CancellationException("the call has ended early");
        }
        return Optional.ofNullable((Value) call.result());
    }

    /** Asks it to end early; it may return a result all the same. */
    public void cancel() {
        try {
            call.cancel();
        } catch (RuntimeException | StackOverflowError e) {
            throw func.ended(e);
        }
    }
}
