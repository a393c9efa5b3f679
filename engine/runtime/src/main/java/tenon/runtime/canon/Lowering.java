package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.Shape;
import tenon.runtime.task.Subtask;
import tenon.runtime.task.Task;
import tenon.types.component.Flattening;

/**
 * {@code canon lower} in full: of a function whose call is a task that may go on while its caller does. Confined to its Store.
 */
public final class Lowering {
    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup()
                    .findStatic(
                            Lowering.class,
                            "call",
                            MethodType.methodType(
                                    long.class, Signature.class, Transfer.class, Object.class, long[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** What is called. */
    public interface Callee {
        /** Begins a call; what asks it to end early is returned. */
        Runnable begin(Signature signature, Task.Caller caller);
    }

    /**
     * The generated way of values between two guests.
     *
     * @param params of type {@code (LiftLowerContext caller, LiftLowerContext callee, long[] caller's core values) → long[] callee's}
     * @param result of type {@code (LiftLowerContext callee, LiftLowerContext caller, long[] callee's core values, int target) → long}
     */
    public record Transfer(MethodHandle params, MethodHandle result) {}

    private final LiftLowerContext cx;
    private final Callee callee;
    private final boolean async;
    private final boolean crossing;

    /**
     * A lowered function.
     *
     * @param cx the caller's side
     * @param async whether the caller goes on while the callee is blocked
     * @param crossing whether the callee is of another link: it is not to blame where the result cannot be delivered
     */
    public Lowering(LiftLowerContext cx, Callee callee, boolean async, boolean crossing) {
        this.cx = cx;
        this.callee = callee;
        this.async = async;
        this.crossing = crossing;
    }

    /** A function of another component. */
    public static Callee ofGuest(LiftedFunction function) {
        return (signature, caller) -> {
            Task task = function.begin(signature, caller);
            return task::requestCancellation;
        };
    }

    /**
     * The adapter, of type {@code (parameters…, Object context) → result}; the context is an object of this class.
     *
     * @param transfer null if values are lifted and lowered by interpreted code
     */
    public static MethodHandle handle(Signature signature, boolean async, @Nullable Transfer transfer) {
        return CoreCall.withContext(
                MethodHandles.insertArguments(CALL, 0, signature, transfer), signature.lowered(async));
    }

    private static long call(Signature signature, @Nullable Transfer transfer, Object context, long[] bits) {
        return ((Lowering) context).call(signature, transfer, bits);
    }

    long call(Signature signature, @Nullable Transfer transfer, long[] bits) {
        cx.instance().trapUnlessMayLeave();
        var call = new Call(signature, transfer, bits);
        Subtask subtask = call.subtask;
        subtask.onCancel(callee.begin(signature, call));
        call.throwFault();
        if (!async) {
            if (!subtask.resolved()) {
                cx.instance().loop().current().waitUntil(() -> subtask.resolved() || call.fault != null);
                call.throwFault();
            }
            subtask.end();
            return call.flatResult;
        }
        if (subtask.resolved()) {
            subtask.end();
            return subtask.state().ordinal();
        }
        int index = cx.instance().handles().add(subtask);
        subtask.tellProgress(index);
        return Integer.toUnsignedLong(subtask.state().ordinal() | index << 4);
    }

    /** One call, as its callee sees it. */
    final class Call implements Task.Caller {
        private final Signature signature;
        private final @Nullable Transfer transfer;
        private final long[] bits;
        private final Subtask subtask = new Subtask();
        private long flatResult;
        /** Why the result could not be delivered, which the callee is not to know. */
        private @Nullable RuntimeException fault;

        private Call(Signature signature, @Nullable Transfer transfer, long[] bits) {
            this.signature = signature;
            this.transfer = transfer;
            this.bits = bits;
        }

        /** Whether values go straight from one guest to the other. */
        boolean isGenerated() {
            return transfer != null;
        }

        /** {@link #start}, with the arguments as the callee's core values. */
        long[] start(LiftLowerContext to) {
            assert transfer != null;
            beginParams();
            try {
                return (long[]) transfer.params.invokeExact(cx.within(subtask), to, bits);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("adapters throw no checked exceptions", e);
            }
        }

        /** {@link #returned}, with the result as the callee's core values. */
        void returned(LiftLowerContext from, long[] result) {
            assert transfer != null;
            int target = bits.length == 0 ? 0 : (int) bits[bits.length - 1];
            try {
                flatResult = (long) transfer.result.invokeExact(from, cx, result, target);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("adapters throw no checked exceptions", e);
            }
            subtask.progress(Subtask.State.RETURNED);
        }

        private void beginParams() {
            subtask.progress(Subtask.State.STARTED);
            cx.instance().beginLifting();
        }

        @Override
        public Object[] start() {
            beginParams();
            return Lift.values(
                    cx.within(subtask),
                    async ? Flattening.MAX_FLAT_ASYNC_PARAMS : Flattening.MAX_FLAT_PARAMS,
                    new FlatValues(bits),
                    signature.params(),
                    signature.tuple());
        }

        @Override
        public void returned(@Nullable Object result) {
            if (!crossing) {
                deliver(result);
                return;
            }
            try {
                deliver(result);
            } catch (RuntimeException e) {
                fault = e;
                cx.instance().fail();
                if (subtask.index() != 0) {
                    // the caller does not wait for this call, but others may
                    cx.instance().loop().post(this::throwFault);
                }
            }
        }

        private void throwFault() {
            if (fault != null) {
                throw fault;
            }
        }

        private void deliver(@Nullable Object result) {
            if (!async) {
                flatResult = LoweredToGuest.lowerResult(cx, signature, result, bits);
            } else if (signature.result().isPresent() && result != null) {
                Shape shape = signature.result().get();
                Lower.result(cx, result, shape, (int) bits[bits.length - 1]);
            }
            subtask.progress(Subtask.State.RETURNED);
        }

        @Override
        public void cancelled() {
            subtask.cancelled();
        }
    }
}
