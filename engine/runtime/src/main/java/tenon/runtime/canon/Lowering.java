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
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.GuestThread;
import tenon.runtime.task.Subtask;
import tenon.runtime.task.Task;
import tenon.types.component.Flattening;
import tenon.types.component.PointerType;

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
     * @param result of type {@code (LiftLowerContext callee, LiftLowerContext caller, long[] callee's core values, long target) → long}
     * @param returning likewise, for `task.return`: of type {@code (core values…, Call) → void}; null if the callee is not lifted async
     */
    public record Transfer(
            MethodHandle params,
            MethodHandle result,
            @Nullable MethodHandle returning) {}

    private final LiftLowerContext cx;
    private final Callee callee;
    private final boolean async;
    private final boolean crossing;
    private final @Nullable LiftedFunction guest;

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
        this.guest = null;
    }

    /** A lowered function of another component of the same link. */
    public Lowering(LiftLowerContext cx, LiftedFunction callee, boolean async) {
        this.cx = cx;
        this.callee = ofGuest(callee);
        this.async = async;
        this.crossing = false;
        this.guest = callee;
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
     * @param caller the type of the caller's pointers
     * @param transfer null if values are lifted and lowered by interpreted code
     */
    public static MethodHandle handle(
            Signature signature, boolean async, PointerType caller, @Nullable Transfer transfer) {
        return CoreCall.withContext(
                MethodHandles.insertArguments(CALL, 0, signature, transfer), signature.lowered(async, caller));
    }

    private static long call(Signature signature, @Nullable Transfer transfer, Object context, long[] bits) {
        return ((Lowering) context).call(signature, transfer, bits);
    }

    long call(Signature signature, @Nullable Transfer transfer, long[] bits) {
        Call call = call(signature, transfer);
        call.bits = bits;
        call.subtask.onCancel(callee.begin(signature, call));
        call.throwFault();
        return async ? Integer.toUnsignedLong(call.state()) : call.await();
    }

    /** A call that begins; traps where the caller may not call out. */
    public Call call(Signature signature, @Nullable Transfer transfer) {
        cx.instance().trapUnlessMayLeave();
        return new Call(signature, transfer);
    }

    /**
     * One call, as its callee sees it.
     *
     * <p>Generated code makes one of a guest on the stack of its caller if the callee need not wait and need not block there: it asks
     * {@link #enters}; moves the parameters; calls the core function; and says what came of it by {@link #obeys}, or by {@link
     * #returns}, {@link #delivered} and {@link #exits}. Where it does not enter, {@link #begins} does it all.
     */
    public final class Call implements Task.Caller {
        private static final long[] NOTHING = {};

        private final Signature signature;
        private final @Nullable Transfer transfer;
        private final Subtask subtask = new Subtask();
        private long[] bits = NOTHING;
        private long target;
        private long flatResult;
        private @Nullable GuestThread thread;
        private @Nullable GuestThread outer;
        /** Why the result could not be delivered, which the callee is not to know. */
        private @Nullable RuntimeException fault;

        private Call(Signature signature, @Nullable Transfer transfer) {
            this.signature = signature;
            this.transfer = transfer;
        }

        private LiftedFunction guest() {
            assert guest != null;
            return guest;
        }

        private GuestThread thread() {
            assert thread != null;
            return thread;
        }

        private EventLoop loop() {
            return cx.instance().loop();
        }

        @Nullable MethodHandle returning() {
            return transfer == null ? null : transfer.returning;
        }

        /** Says where the result is to go, if it goes through memory. */
        public void target(long address) {
            target = address;
        }

        /** Where the result is to go, if it goes through memory. */
        public long target() {
            return target;
        }

        /** Begins the callee's task here, unless it has to wait, or needs a stack of its own. */
        public boolean enters() {
            GuestThread first = guest().thread(signature, this);
            thread = first;
            Task task = first.task();
            EventLoop loop = loop();
            if (!loop.beginsHere(first) || task.mustQueue()) {
                return false;
            }
            task.enter(first);
            task.started();
            subtask.progress(Subtask.State.STARTED);
            if (signature.countsParams()) {
                cx.instance().beginLifting();
            }
            outer = loop.enterHere(first);
            return true;
        }

        /** Begins the callee's task where {@link #enters} has not, with the caller's core values. */
        public void begins(long[] arguments) {
            bits = arguments;
            guest().run(signature, thread());
        }

        /** The caller's side. */
        public LiftLowerContext from() {
            return signature.borrows() ? cx.within(subtask) : cx;
        }

        /** The callee's side. */
        public LiftLowerContext to() {
            LiftLowerContext callees = guest().cx();
            return signature.borrows() ? callees.within(thread().task()) : callees;
        }

        /** The caller's side when the result comes. */
        public LiftLowerContext callerSide() {
            return cx;
        }

        /** The callee's side when the result comes. */
        public LiftLowerContext calleeSide() {
            return guest().cx();
        }

        /** What the callee's core code takes last. */
        public Object coreContext() {
            return guest().coreContext();
        }

        /** What is called. */
        public LiftedFunction callee() {
            return guest();
        }

        /** The core function of a callee with a callback has returned. */
        public void obeys(int packed) {
            GuestThread first = thread();
            ((ImplicitThread) first.body()).obey(first, packed);
            loop().leaveHere(first, outer);
        }

        /** The core function of a callee that is not lifted async has returned. */
        public void returns() {
            if (signature.countsResult()) {
                guest().returned();
            }
            thread().task().returns();
        }

        /** The result is the caller's; its bits, if it is flat. */
        public void delivered(long flat) {
            flatResult = flat;
            subtask.progress(Subtask.State.RETURNED);
            thread().task().returned();
        }

        /** The callee's first thread has ended. */
        public void exits() {
            GuestThread first = thread();
            first.task().exit(first);
            loop().leaveHere(first, outer);
        }

        /** The callee, or what was to be moved, has trapped since {@link #enters}. */
        public void failed() {
            loop().failHere(thread(), outer);
        }

        /** What a caller is told that has lowered the function async. */
        public int state() {
            if (subtask.resolved()) {
                subtask.end();
                return subtask.state().ordinal();
            }
            if (thread != null) {
                subtask.onCancel(thread.task()::requestCancellation);
            }
            int index = cx.instance().handles().add(subtask);
            subtask.tellProgress(index);
            return subtask.state().ordinal() | index << 4;
        }

        /** Waits for the result; its bits, if it is flat. */
        public long await() {
            if (!subtask.resolved()) {
                loop().current().waitUntil(() -> subtask.resolved() || fault != null);
                throwFault();
            }
            subtask.end();
            return flatResult;
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
            long target = bits.length == 0 ? 0 : bits[bits.length - 1];
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
                    signature.tuples());
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
                    cx.instance().loop().host().post(this::throwFault);
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
                Lower.result(cx, result, shape, bits[bits.length - 1]);
            }
            subtask.progress(Subtask.State.RETURNED);
        }

        @Override
        public void cancelled() {
            subtask.cancelled();
        }
    }
}
