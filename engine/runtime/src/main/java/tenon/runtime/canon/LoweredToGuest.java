package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.Shape;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Subtask;
import tenon.runtime.task.Task;
import tenon.types.component.Flattening;
import tenon.types.component.PointerType;

/** {@code canon lower} of another component's function. Confined to its Store. */
public final class LoweredToGuest {
    private static final MethodHandle CALL;
    private static final MethodHandle TASK;
    private static final MethodHandle FAILED;

    static {
        MethodType call = MethodType.methodType(long.class, Signature.class, Object.class, long[].class);
        try {
            CALL = MethodHandles.lookup()
                    .findStatic(LoweredToGuest.class, "call", call.insertParameterTypes(1, boolean.class));
            TASK = MethodHandles.lookup().findStatic(LoweredToGuest.class, "task", call);
            FAILED = MethodHandles.lookup()
                    .findStatic(LoweredToGuest.class, "failed", MethodType.methodType(void.class, Object.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private final LiftLowerContext cx;
    private final LiftedFunction callee;
    // what a call needs is one step away, since the JIT trusts no chain of fields
    private final ComponentInstance caller;
    private final Object coreContext;
    /** Whether what went wrong is the caller's doing: where a callee of another link wants the result. */
    private boolean callersFault;

    /**
     * A lowered function.
     *
     * @param cx the caller's side
     */
    public LoweredToGuest(LiftLowerContext cx, LiftedFunction callee) {
        this.cx = cx;
        this.callee = callee;
        this.caller = cx.instance();
        this.coreContext = callee.coreContext();
    }

    /** The caller's side. */
    public LiftLowerContext cx() {
        return cx;
    }

    /** What is called. */
    public LiftedFunction callee() {
        return callee;
    }

    /** What the callee's core code takes last. */
    public Object coreContext() {
        return coreContext;
    }

    /** Begins a call: traps where the caller may not call out. */
    public void leaveCaller() {
        caller.trapUnlessMayLeave();
    }

    /** Begins to lift parameters that are counted. */
    public void beginLifting() {
        caller.beginLifting();
    }

    /** As {@link #leaveCaller}, of a callee of another link, which counts the calls in it. */
    public void enter() {
        leaveCaller();
        callee.instance().enterFromHost();
    }

    /** Ends what {@link #enter} has begun. */
    public void leave() {
        callee.instance().leaveToHost();
    }

    /** An adapter to a callee of another link, that says so where a call has trapped. */
    public static MethodHandle failing(MethodHandle adapter) {
        MethodType type = adapter.type();
        MethodHandle raise = MethodHandles.throwException(type.returnType(), Throwable.class);
        MethodHandle noted = MethodHandles.foldArguments(
                MethodHandles.dropArguments(raise, 1, Object.class),
                MethodHandles.dropArguments(FAILED, 0, Throwable.class));
        List<Class<?>> all = new ArrayList<>(type.parameterList());
        all.addFirst(Throwable.class);
        return MethodHandles.catchException(
                adapter,
                Throwable.class,
                MethodHandles.permuteArguments(
                        noted, MethodType.methodType(type.returnType(), all), 0, type.parameterCount()));
    }

    private static void failed(Object context) {
        ((LoweredToGuest) context).failed();
    }

    private void failed() {
        // the caller's realloc may have trapped, too
        if (callersFault || caller.isAllocating()) {
            callersFault = false;
            leave();
        } else {
            callee.instance().failToHost();
        }
    }

    /** Traps unless the caller of a callee of another link has memory where it wants the result; the callee is not to blame. */
    public void checkResult(long address, int size, int alignment) {
        try {
            cx.check(address, size, alignment, "pointer out of bounds of memory", "Lifting and Lowering Values");
        } catch (Trap e) {
            callersFault = true;
            throw e;
        }
    }

    /** The adapter to a callee of another link whose calls are tasks; the context is an object of this class. */
    public static MethodHandle concurrent(Signature neutral, PointerType caller) {
        return CoreCall.withContext(TASK.bindTo(neutral), neutral.lowered(caller));
    }

    private static long task(Signature signature, Object context, long[] bits) {
        var lowered = (LoweredToGuest) context;
        return new Lowering(lowered.cx, Lowering.ofGuest(lowered.callee), false, true).call(signature, null, bits);
    }

    /**
     * The interpreted adapter, of type {@code (parameters…, Object context) → result}; the context is an object of this class.
     *
     * @param caller the type of the caller's pointers
     * @param watched whether the callee is of another link, which wants to know whether calls are in it
     */
    public static MethodHandle interpreted(Signature neutral, PointerType caller, boolean watched) {
        return CoreCall.withContext(MethodHandles.insertArguments(CALL, 0, neutral, watched), neutral.lowered(caller));
    }

    private static long call(Signature signature, boolean watched, Object context, long[] bits) {
        var lowered = (LoweredToGuest) context;
        if (!watched) {
            lowered.leaveCaller();
            return lowered.call(signature, bits);
        }
        lowered.enter();
        long result = lowered.call(signature, bits);
        lowered.leave();
        return result;
    }

    private long call(Signature signature, long[] bits) {
        if (signature.countsParams()) {
            beginLifting();
        }
        Subtask subtask = signature.borrows() ? new Subtask() : null;
        Task task = signature.borrows() ? new Task() : null;
        var flat = new FlatValues(bits);
        Object[] arguments = Lift.values(
                subtask == null ? cx : cx.within(subtask),
                Flattening.MAX_FLAT_PARAMS,
                flat,
                signature.params(),
                signature.tuples());
        LiftLowerContext inner = task == null ? callee.cx() : callee.cx().within(task);
        long flatResult = callee.call(signature, inner, arguments);
        Object result = callee.liftResult(signature, flatResult);
        if (task != null) {
            task.trapIfBorrowsRemain();
        }
        if (signature.result().isPresent() && !signature.flatResult()) {
            Shape shape = signature.result().get();
            checkResult(bits[bits.length - 1], shape.size(cx.pointer()), shape.alignment(cx.pointer()));
        }
        long lowered = lowerResult(cx, signature, result, bits);
        callee.postReturn(signature, flatResult);
        if (subtask != null) {
            subtask.end();
        }
        return lowered;
    }

    /** Lowers a result to where the caller wants it; its bits if it is flat, else 0. */
    static long lowerResult(LiftLowerContext cx, Signature signature, @Nullable Object result, long[] arguments) {
        if (signature.result().isEmpty() || result == null) {
            return 0;
        }
        Shape shape = signature.result().get();
        if (signature.flatResult()) {
            var flat = new FlatValues(1);
            Lower.flat(cx, result, shape, flat);
            return flat.bits()[0];
        }
        Lower.result(cx, result, shape, arguments[arguments.length - 1]);
        return 0;
    }
}
