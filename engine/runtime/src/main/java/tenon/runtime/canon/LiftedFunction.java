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
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Task;
import tenon.types.component.Flattening;

/** {@code canon lift}: a component function of one instance. Confined to its Store. */
public final class LiftedFunction {
    /**
     * A core function in two parts.
     *
     * @param code of type {@code (parameters…, Object context) → result}, the same for all instances
     * @param context its last argument
     */
    public record CoreFunction(MethodHandle code, Object context) {
        MethodHandle ofBits() {
            return CoreCall.ofBits(
                    MethodHandles.insertArguments(code, code.type().parameterCount() - 1, context));
        }
    }

    private final LiftLowerContext cx;
    private final CoreFunction core;
    private final @Nullable CoreFunction postReturn;
    private @Nullable MethodHandle coreBits;
    private @Nullable MethodHandle postReturnBits;

    /**
     * A lifted function.
     *
     * @param cx the callee's side
     * @param postReturn the core function that frees what a result needed, or null
     */
    public LiftedFunction(LiftLowerContext cx, CoreFunction core, @Nullable CoreFunction postReturn) {
        this.cx = cx;
        this.core = core;
        this.postReturn = postReturn;
    }

    /** The callee's side. */
    public LiftLowerContext cx() {
        return cx;
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
        instance().enterFromHost();
        Task task = signature.borrows() ? new Task() : null;
        LiftLowerContext within = task == null ? cx : cx.within(task);
        long flatResult = call(signature, within, arguments);
        Object result = liftResult(signature, flatResult);
        if (task != null) {
            task.trapIfBorrowsRemain();
        }
        postReturn(signature, flatResult);
        instance().leaveToHost();
        return result;
    }

    /** Lowers the arguments and calls the core function; the result's bits, or 0. */
    long call(Signature signature, LiftLowerContext within, Object[] arguments) {
        var flat = new FlatValues(signature.lifted().params().size());
        Lower.values(within, Flattening.MAX_FLAT_PARAMS, arguments, signature.params(), signature.tuple(), flat);
        if (coreBits == null) {
            coreBits = core.ofBits();
        }
        return CoreCall.call(coreBits, flat.bits());
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
        int address = (int) flatResult;
        cx.check(
                address,
                shape.size(),
                shape.alignment(),
                "pointer out of bounds of memory",
                "Lifting and Lowering Values");
        return Lift.load(cx, address, shape);
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
        long[] arguments = signature.lifted().results().isEmpty() ? new long[0] : new long[] {flatResult};
        CoreCall.call(postReturnBits, arguments);
        instance().mayLeave(true);
    }
}
