package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tenon.core.Linkage;
import tenon.runtime.canon.HostCall;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.Signature;
import tenon.runtime.task.EventLoop;

/**
 * A call of the host's that has begun, as a future: what {@link LinkedComponent#starting} gives. It is completed while the thread that
 * uses the store runs guests, be it for another call; where that thread itself asks for the result, it runs them. Ends with the store,
 * or with the instance, by an error.
 */
final class StartedCall extends CompletableFuture<@Nullable Object> {
    private static final MethodHandle START;

    static {
        try {
            START = MethodHandles.lookup()
                    .findStatic(
                            StartedCall.class,
                            "start",
                            MethodType.methodType(
                                    StartedCall.class,
                                    Linkage.class,
                                    Signature.class,
                                    LiftedFunction.class,
                                    Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private final Linkage linkage;
    private final LiftedFunction function;
    private final HostCall call;
    private final EventLoop loop;

    private StartedCall(Linkage linkage, LiftedFunction function, HostCall call) {
        this.linkage = linkage;
        this.function = function;
        this.call = call;
        this.loop = function.instance().loop();
    }

    /** Begins a call, of type {@code (LiftedFunction, parameters…) → StartedCall}. */
    static MethodHandle handle(Linkage linkage, Signature signature) {
        return MethodHandles.insertArguments(START, 0, linkage, signature)
                .asCollector(Object[].class, signature.params().size());
    }

    private static StartedCall start(
            Linkage linkage, Signature signature, LiftedFunction function, Object[] arguments) {
        HostCall call = function.startFromHost(signature, arguments);
        var started = new StartedCall(linkage, function, call);
        if (call.isResolved()) {
            started.settle();
        } else {
            started.listen();
        }
        return started;
    }

    private void listen() {
        Runnable failed = () -> loop.host()
                .post(() -> completeExceptionally(
                        new IllegalStateException("the instance has ended before it has returned from the call")));
        loop.host().keep(this);
        function.instance().tree().watch(failed);
        // not at once: what depends on it is the host's, and this is the guest's turn
        call.onResolved(() -> {
            function.instance().tree().unwatch(failed);
            loop.host().post(this::settle);
        });
    }

    private void settle() {
        loop.host().forget(this);
        if (call.isCancelled()) {
            completeExceptionally(new CancellationException("the call has ended early"));
        } else {
            complete(call.result());
        }
    }

    /** Asks the guest to end it early; it may return a result all the same, and is not over before it does one or the other. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return false;
        }
        loop.perform(() -> {
            try {
                call.cancel();
            } catch (RuntimeException | StackOverflowError e) {
                throw linkage.ended(e);
            }
            if (call.isResolved()) {
                settle();
            }
        });
        return true;
    }

    /** Runs guests until the call is over, where nobody else would. */
    private void run() {
        if (!isDone() && loop.isHere()) {
            try {
                function.await(() -> call.isResolved() || isDone());
            } catch (RuntimeException | StackOverflowError e) {
                RuntimeException ended = linkage.ended(e);
                completeExceptionally(ended);
                throw ended;
            }
            if (call.isResolved()) {
                settle();
            }
        }
    }

    @Override
    public @Nullable Object join() {
        run();
        return super.join();
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
        run();
        return super.get();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
