package tenon.runtime.canon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.task.GuestThread;
import tenon.types.component.Flattening;
import tenon.types.component.PointerType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/** {@code canon task.return}, {@code task.cancel}, {@code backpressure.inc}, {@code .dec}, {@code context.get} and {@code .set}. */
public final class TaskBuiltins {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType PLAIN = methodType(void.class, Object.class);

    private TaskBuiltins() {}

    /** {@code task.return} of a value of a type, if it has one. */
    public static MethodHandle return_(Optional<ValueType> type, PointerType pointer) {
        MethodHandle bits =
                Builtin.find(LOOKUP, "returns", long.class, methodType(void.class, Object.class, long[].class));
        return CoreCall.withContext(bits, typeOfReturn(type, pointer));
    }

    /** {@code task.cancel}. */
    public static MethodHandle cancel() {
        return Builtin.find(LOOKUP, "cancel", void.class, PLAIN);
    }

    /** {@code backpressure.inc}. */
    public static MethodHandle incrementBackpressure() {
        return Builtin.find(LOOKUP, "increment", void.class, PLAIN);
    }

    /** {@code backpressure.dec}. */
    public static MethodHandle decrementBackpressure() {
        return Builtin.find(LOOKUP, "decrement", void.class, PLAIN);
    }

    /** {@code context.get} of a slot of 32 or 64 bits. */
    public static MethodHandle contextGet(ValType type, int slot) {
        boolean wide = type == NumType.I64;
        return Builtin.find(
                LOOKUP,
                wide ? "getLong" : "getInt",
                wide ? long.class : int.class,
                methodType(void.class, int.class, Object.class),
                slot);
    }

    /** {@code context.set} of a slot of 32 or 64 bits. */
    public static MethodHandle contextSet(ValType type, int slot) {
        boolean wide = type == NumType.I64;
        return Builtin.find(
                LOOKUP,
                "set",
                void.class,
                methodType(void.class, int.class, wide ? long.class : int.class, Object.class),
                slot);
    }

    private static GuestThread current(LiftLowerContext cx) {
        return cx.instance().loop().current();
    }

    private static ImplicitThread implicit(LiftLowerContext cx) {
        return (ImplicitThread) current(cx).task().implicitThread().body();
    }

    private static long returns(Object context, long[] bits) {
        returning(context).returns(bits);
        return 0;
    }

    /** Begins {@code task.return}: traps unless the task may return now, and so. */
    public static ImplicitThread returning(Object context) {
        ImplicitThread thread = implicit(Builtin.leaving(context));
        thread.returns((Builtin) context);
        return thread;
    }

    /** The core type of {@code task.return} of a value of a type, if it has one. */
    public static FuncType typeOfReturn(Optional<ValueType> type, PointerType pointer) {
        List<? extends ValType> params = Flattening.flatten(type.stream().toList(), Flattening.MAX_FLAT_PARAMS, pointer)
                .orElse(List.of(pointer.type()));
        return new FuncType(List.copyOf(params), List.of());
    }

    private static void cancel(Object context) {
        implicit(Builtin.leaving(context)).cancels();
    }

    private static void increment(Object context) {
        ((Builtin) context).cx().instance().incrementBackpressure();
    }

    private static void decrement(Object context) {
        ((Builtin) context).cx().instance().decrementBackpressure();
    }

    private static int getInt(int slot, Object context) {
        return (int) current(((Builtin) context).cx()).storage(slot);
    }

    private static long getLong(int slot, Object context) {
        return current(((Builtin) context).cx()).storage(slot);
    }

    private static void set(int slot, int value, Object context) {
        current(((Builtin) context).cx()).storage(slot, Integer.toUnsignedLong(value));
    }

    private static void set(int slot, long value, Object context) {
        current(((Builtin) context).cx()).storage(slot, value);
    }
}
