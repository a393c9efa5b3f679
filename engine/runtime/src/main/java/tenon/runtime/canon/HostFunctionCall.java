package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tenon.core.StackRoom;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.HostWork;
import tenon.runtime.task.Task;

/**
 * A function of the host that guests call while others of them go on. One that gives a {@link CompletionStage} is called on the
 * guest's own turn; any other runs on a virtual thread of its own, where it may block. Confined to its Store.
 */
public final class HostFunctionCall implements Lowering.Callee {
    private final LiftLowerContext cx;
    private final int definition;
    private final MethodHandle target;
    private final boolean blocks;

    /**
     * A function of the host.
     *
     * @param definition index of the host interface in the plan
     * @param target of type {@code (Object state, Object[] arguments) → Object}
     * @param blocks whether it is to have a thread of its own
     */
    public HostFunctionCall(LiftLowerContext cx, int definition, MethodHandle target, boolean blocks) {
        this.cx = cx;
        this.definition = definition;
        this.target = target;
        this.blocks = blocks;
    }

    @Override
    public Runnable begin(Signature signature, Task.Caller caller) {
        StackRoom.requireMuch();
        Object[] arguments = caller.start();
        Object state = cx.instance().tree().hostState(definition);
        if (signature.type().async() && blocks) {
            return onThread(state, arguments, signature, caller);
        }
        Object result = LoweredToHost.invoke(target, state, arguments);
        if (result instanceof CompletionStage<?> stage) {
            return await(stage, signature, caller);
        }
        caller.returned(checked(result, signature));
        return () -> {};
    }

    private static @Nullable Object checked(@Nullable Object result, Signature signature) {
        if (signature.result().isEmpty()) {
            return null;
        }
        if (result == null) {
            throw new NullPointerException("the host's function gave null where a `"
                    + signature.result().get().type() + "` is expected");
        }
        return result;
    }

    private Runnable onThread(Object state, Object[] arguments, Signature signature, Task.Caller caller) {
        var pending = new Pending(signature, caller);
        Thread thread = Thread.ofVirtual().name("tenon-host").unstarted(() -> {
            try {
                pending.end(LoweredToHost.invoke(target, state, arguments), null);
            } catch (Throwable e) {
                pending.end(null, e);
            }
        });
        pending.stop = thread::interrupt;
        thread.start();
        return pending::cancel;
    }

    private Runnable await(CompletionStage<?> stage, Signature signature, Task.Caller caller) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        if (future.state() == Future.State.SUCCESS) {
            caller.returned(checked(future.resultNow(), signature));
            return () -> {};
        }
        var pending = new Pending(signature, caller);
        pending.stop = () -> future.cancel(true);
        stage.whenComplete(pending::end);
        return pending::cancel;
    }

    /** A call that the host has not ended yet. */
    private final class Pending {
        private final Signature signature;
        private final Task.Caller caller;
        private final EventLoop loop = cx.instance().loop();
        private final long kept = cx.instance().keepLifted();
        private final HostWork.Operation operation = loop.host().function(this::stop);
        private Runnable stop = () -> {};
        private final int life = cx.instance().tree().life();
        private boolean over;

        private Pending(Signature signature, Task.Caller caller) {
            this.signature = signature;
            this.caller = caller;
        }

        private void stop() {
            stop.run();
        }

        /** The host has ended it, on whatever thread. */
        private void end(@Nullable Object result, @Nullable Throwable failure) {
            if (!operation.end(() -> ended(result, failure))) {
                loop.host().endUnheeding();
                loop.host().post(this::letGo);
            }
        }

        private void ended(@Nullable Object result, @Nullable Throwable failure) {
            letGo();
            if (over) {
                return;
            }
            over = true;
            try {
                returned(result, failure);
            } catch (Throwable e) {
                // no thread of the guest's is there to fail
                cx.instance().fail();
                throw e;
            }
        }

        /** The host has no argument of it any more. */
        private void letGo() {
            if (cx.instance().tree().life() == life) {
                cx.instance().letGoKept(kept);
            }
        }

        private void returned(@Nullable Object result, @Nullable Throwable failure) {
            if (failure != null) {
                throw failure instanceof RuntimeException known ? known : new LoweredToHost.HostFailure(failure);
            }
            caller.returned(checked(result, signature));
        }

        /** Ends it for the guest; what it has been given, and its thread, count until the host has ended it, too. */
        private void cancel() {
            if (!over) {
                over = true;
                if (operation.end(() -> {})) {
                    loop.host().beginUnheeding();
                }
                stop.run();
                caller.cancelled();
            }
        }
    }
}
