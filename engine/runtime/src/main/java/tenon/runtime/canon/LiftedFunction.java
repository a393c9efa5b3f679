package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tenon.core.Linkage;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.Shape;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Event;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.GuestThread;
import tenon.runtime.task.Task;
import tenon.types.component.Flattening;

/** {@code canon lift}: a component function of one instance. Confined to its Store. */
public final class LiftedFunction {
    private static final MethodHandle FAILED;

    static {
        try {
            FAILED = MethodHandles.lookup()
                    .findStatic(
                            LiftedFunction.class, "failed", MethodType.methodType(void.class, LiftedFunction.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A core function in two parts.
     *
     * @param code of type {@code (parameters…, Object context) → result}, the same for all instances
     * @param context its last argument
     */
    public record CoreFunction(MethodHandle code, Object context) {
        MethodHandle ofBits() {
            return CoreCall.ofBits(Linkage.between(
                    MethodHandles.insertArguments(code, code.type().parameterCount() - 1, context)));
        }
    }

    private final LiftLowerContext cx;
    private final CoreFunction core;
    private final @Nullable CoreFunction postReturn;
    private final Abi abi;
    private @Nullable MethodHandle coreBits;
    private @Nullable MethodHandle callbackBits;
    private @Nullable MethodHandle postReturnBits;
    /** The `task.return` that was looked at last, and fits. */
    private @Nullable Builtin returnsBy;

    /**
     * How the core function goes about its task.
     *
     * @param concurrent whether its calls are tasks that threads and built-ins know of; else they only borrow
     * @param async whether it returns by {@code task.return}
     * @param callback what is called with each event, or null
     */
    public record Abi(
            boolean concurrent, boolean async, @Nullable CoreFunction callback) {
        /** Of a function that runs from its beginning to its end. */
        public static final Abi PLAIN = new Abi(false, false, null);
    }

    /**
     * A lifted function.
     *
     * @param cx the callee's side
     * @param postReturn the core function that frees what a result needed, or null
     */
    public LiftedFunction(LiftLowerContext cx, CoreFunction core, @Nullable CoreFunction postReturn, Abi abi) {
        this.abi = abi;
        this.cx = cx;
        this.core = core;
        this.postReturn = postReturn;
    }

    /** The callee's side. */
    public LiftLowerContext cx() {
        return cx;
    }

    /** Whether it is lifted async. */
    boolean isAsync() {
        return abi.async();
    }

    /** Whether it is called back with events. */
    boolean hasCallback() {
        return abi.callback() != null;
    }

    /** The instance that is called. */
    public ComponentInstance instance() {
        return cx.instance();
    }

    /** What the core function's code takes last. */
    public Object coreContext() {
        return core.context();
    }

    /** What the code of post-return takes last. */
    public Object postReturnContext() {
        assert postReturn != null;
        return postReturn.context();
    }

    /** Begins a call from the host. */
    public LiftLowerContext enterFromHost() {
        instance().enterFromHost();
        return cx;
    }

    /** Ends a call from the host. */
    public void leaveToHost() {
        instance().leaveToHost();
    }

    /** The interpreted way to call it from the host, of type {@code (LiftedFunction, parameters…) → Object}. */
    public static MethodHandle interpreted(Signature signature) {
        try {
            MethodHandle call = MethodHandles.lookup()
                    .findVirtual(
                            LiftedFunction.class,
                            "callFromHost",
                            MethodType.methodType(Object.class, Signature.class, Object[].class));
            return MethodHandles.insertArguments(call, 1, signature)
                    .asCollector(Object[].class, signature.params().size());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Calls it from the host, interpreted; the result is null if the type has none. */
    public @Nullable Object callFromHost(Signature signature, Object[] arguments) {
        if (!abi.concurrent()) {
            return callPlain(signature, arguments);
        }
        HostCall call = startFromHost(signature, arguments);
        if (!call.isResolved()) {
            await(call);
        }
        return call.result();
    }

    /**
     * Calls it while its component is instantiated, interpreted: Concurrency.md, "Interaction with the start function". It may not block
     * before it returns, and may go on afterwards; the result is null if the type has none.
     */
    public @Nullable Object callToStart(Signature signature, Object[] arguments) {
        if (!abi.concurrent()) {
            return callPlain(signature, arguments);
        }
        return startFromHost(signature, arguments, true).result();
    }

    /** Runs guests until a call from the host is over. */
    public void await(HostCall call) {
        await(call::isResolved);
    }

    /** Runs guests until something holds for which a call from the host waits. */
    public void await(BooleanSupplier over) {
        try {
            instance().loop().runUntil(over);
        } catch (Throwable e) {
            instance().fail();
            throw e;
        }
    }

    /** Begins a call from the host. */
    public HostCall startFromHost(Signature signature, Object[] arguments) {
        return startFromHost(signature, arguments, false);
    }

    private HostCall startFromHost(Signature signature, Object[] arguments, boolean untilReturned) {
        var call = new HostCall(arguments);
        instance().enterFromHost();
        try {
            instance().loop().begin(instance(), signature.type().async(), () -> {
                Task task = begin(signature, call);
                call.begun(task);
                if (untilReturned) {
                    instance().loop().runUntilResolved(task);
                }
            });
        } catch (Throwable e) {
            instance().failToHost();
            throw e;
        }
        instance().leaveToHost();
        return call;
    }

    /** Begins a task, which runs until it blocks for the first time, or to its end if its type is not async. */
    Task begin(Signature signature, Task.Caller caller) {
        GuestThread thread = thread(signature, caller);
        run(signature, thread);
        return thread.task();
    }

    /** The thread of a new task, before its beginning. */
    GuestThread thread(Signature signature, Task.Caller caller) {
        boolean async = signature.type().async();
        var task = new Task(instance(), caller, async, async && (!abi.async() || abi.callback() != null));
        return instance().loop().begin(task, new ImplicitThread(this, signature, task, caller));
    }

    /** Has the thread of a new task run, until it blocks for the first time, or to its end if its type is not async. */
    void run(Signature signature, GuestThread thread) {
        EventLoop loop = instance().loop();
        loop.resume(thread, false);
        if (!signature.type().async()) {
            loop.runUntilResolved(thread.task());
        }
    }

    /** Whether a `task.return` with these options and this result is the one that tasks of this function are to call. */
    boolean returnsBy(Builtin builtin, Signature signature) {
        if (returnsBy == builtin) {
            return true;
        }
        boolean fits = abi.async() && builtin.result().equals(signature.type().result()) && cx.liftsLike(builtin.cx());
        if (fits) {
            returnsBy = builtin;
        }
        return fits;
    }

    /** Calls the callback; what it wants next. */
    int callback(Event event) {
        MethodHandle callback = callbackBits;
        if (callback == null) {
            CoreFunction function = abi.callback();
            assert function != null;
            callback = function.ofBits();
            callbackBits = callback;
        }
        return (int) CoreCall.call(callback, new long[] {event.code().ordinal(), event.index(), event.payload()});
    }

    private @Nullable Object callPlain(Signature signature, Object[] arguments) {
        instance().enterFromHost();
        Object result;
        try {
            result = callEntered(signature, arguments);
        } catch (Throwable e) {
            instance().failToHost();
            throw e;
        }
        instance().leaveToHost();
        return result;
    }

    private @Nullable Object callEntered(Signature signature, Object[] arguments) {
        Task task = signature.borrows() ? new Task() : null;
        LiftLowerContext within = task == null ? cx : cx.within(task);
        long flatResult = call(signature, within, arguments);
        Object result = liftResult(signature, flatResult);
        if (task != null) {
            task.trapIfBorrowsRemain();
        }
        postReturn(signature, flatResult);
        return result;
    }

    /** A generated adapter, of type {@code (LiftedFunction, …) → result}, that says so where a call has trapped. */
    public static MethodHandle failing(MethodHandle adapter) {
        MethodHandle raise = MethodHandles.throwException(adapter.type().returnType(), Throwable.class);
        MethodHandle noted = MethodHandles.foldArguments(
                MethodHandles.dropArguments(raise, 1, LiftedFunction.class),
                MethodHandles.dropArguments(FAILED, 0, Throwable.class));
        return MethodHandles.catchException(adapter, Throwable.class, noted);
    }

    private static void failed(LiftedFunction function) {
        function.instance().failToHost();
    }

    /** Lowers the arguments and calls the core function; the result's bits, or 0. */
    long call(Signature signature, LiftLowerContext within, Object[] arguments) {
        return callCore(lower(signature, within, arguments));
    }

    /** Lowers the arguments; their bits. */
    long[] lower(Signature signature, LiftLowerContext within, Object[] arguments) {
        var flat = new FlatValues(signature.lifted(cx.pointer()).params().size());
        Lower.values(within, Flattening.MAX_FLAT_PARAMS, arguments, signature.params(), signature.tuples(), flat);
        return flat.bits();
    }

    /** Calls the core function; the result's bits, or 0. */
    long callCore(long[] arguments) {
        MethodHandle core = coreBits;
        if (core == null) {
            core = this.core.ofBits();
            coreBits = core;
        }
        return CoreCall.call(core, arguments);
    }

    /** The core function has returned: its result is lifted next. */
    public void returned() {
        instance().beginLifting();
    }

    @Nullable Object liftResult(Signature signature, long flatResult) {
        if (signature.countsResult()) {
            returned();
        }
        if (signature.result().isEmpty()) {
            return null;
        }
        Shape shape = signature.result().get();
        if (signature.flatResult()) {
            return Lift.flat(cx, new FlatValues(new long[] {flatResult}), shape);
        }
        cx.check(
                flatResult,
                shape.size(cx.pointer()),
                shape.alignment(cx.pointer()),
                "pointer out of bounds of memory",
                "Lifting and Lowering Values");
        return Lift.load(cx, flatResult, shape);
    }

    /** Runs post-return, in which the guest may not call out. */
    void postReturn(Signature signature, long flatResult) {
        if (postReturn == null) {
            return;
        }
        if (postReturnBits == null) {
            postReturnBits = postReturn.ofBits();
        }
        instance().mayLeave(false);
        long[] arguments = signature.lifted(cx.pointer()).results().isEmpty() ? new long[0] : new long[] {flatResult};
        CoreCall.call(postReturnBits, arguments);
        instance().mayLeave(true);
    }
}
