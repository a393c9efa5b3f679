package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import tenon.core.StackRoom;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.task.Subtask;
import tenon.types.component.Flattening;
import tenon.types.component.PointerType;

/** {@code canon lower} of a function of the host. Confined to its Store. */
public final class LoweredToHost {
    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup()
                    .findStatic(
                            LoweredToHost.class,
                            "call",
                            MethodType.methodType(
                                    long.class, Signature.class, MethodHandle.class, Object.class, long[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private final LiftLowerContext cx;
    private final int definition;

    /**
     * A lowered function.
     *
     * @param cx the caller's side
     * @param definition index of the host interface in the plan
     */
    public LoweredToHost(LiftLowerContext cx, int definition) {
        this.cx = cx;
        this.definition = definition;
    }

    /** The caller's side. */
    public LiftLowerContext cx() {
        return cx;
    }

    /** Begins a call: traps where the guest may not call out, or has left too little stack. */
    public LiftLowerContext enter() {
        StackRoom.require();
        cx.instance().trapUnlessMayLeave();
        cx.instance().beginLifting();
        return cx;
    }

    /** The object that the host's function is called on. */
    public Object state() {
        return cx.instance().tree().hostState(definition);
    }

    /**
     * The interpreted adapter, of type {@code (parameters…, Object context) → result}; the context is an object of this class.
     *
     * @param target of type {@code (Object state, Object[] arguments) → Object}
     */
    public static MethodHandle interpreted(Signature signature, MethodHandle target, PointerType caller) {
        return CoreCall.withContext(
                MethodHandles.insertArguments(CALL, 0, signature, target), signature.lowered(caller));
    }

    private static long call(Signature signature, MethodHandle target, Object context, long[] bits) {
        return ((LoweredToHost) context).call(signature, target, bits);
    }

    private long call(Signature signature, MethodHandle target, long[] bits) {
        enter();
        Subtask subtask = signature.borrows() ? new Subtask() : null;
        Object[] arguments = Lift.values(
                subtask == null ? cx : cx.within(subtask),
                Flattening.MAX_FLAT_PARAMS,
                new FlatValues(bits),
                signature.params(),
                signature.tuples());
        Object result = invoke(target, state(), arguments);
        if (result == null && signature.result().isPresent()) {
            throw new NullPointerException("the host's function gave null where a `"
                    + signature.result().get().type() + "` is expected");
        }
        long lowered = LoweredToGuest.lowerResult(cx, signature, result, bits);
        if (subtask != null) {
            subtask.end();
        }
        return lowered;
    }

    /** Calls a function of the host's; {@code target} is of type {@code (Object state, Object[] arguments) → Object}. */
    public static @Nullable Object invoke(MethodHandle target, Object state, Object[] arguments) {
        try {
            return (Object) target.invokeExact(state, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new HostFailure(e);
        }
    }

    /** A checked exception of a host's function on its way through the guest. */
    static final class HostFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostFailure(Throwable cause) {
            super("the host's function failed: " + cause, cause);
        }
    }
}
