package tenon.runtime.canon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import tenon.core.CoreFunction;
import tenon.core.CoreTable;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.table.Rule;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.GuestThread;
import tenon.runtime.task.Task;
import tenon.types.component.PointerType;
import tenon.types.core.FuncType;

/** {@code canon thread.index}, {@code .new-indirect}, {@code .resume-later}, {@code .suspend}, {@code .yield} and those that switch. */
public final class ThreadBuiltins {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final String SECTION = "Threads";

    /** What these built-ins return: cancellation wakes no thread that blocks in the midst of core code. */
    private static final int NOT_CANCELLED = 0;

    /** What a switch does with the thread that calls and with the other. */
    public enum Switch {
        SUSPEND_THEN_RESUME,
        YIELD_THEN_RESUME,
        SUSPEND_THEN_PROMOTE,
        YIELD_THEN_PROMOTE
    }

    private ThreadBuiltins() {}

    /** {@code thread.index}. */
    public static MethodHandle index() {
        return Builtin.find(LOOKUP, "index", int.class, methodType(void.class, Object.class));
    }

    /** {@code thread.new-indirect} of functions of a type, in a table whose indices are of the type {@code index}. */
    public static MethodHandle create(FuncType type, PointerType index) {
        MethodHandle create = Builtin.find(
                LOOKUP,
                "create",
                int.class,
                methodType(
                        void.class,
                        FuncType.class,
                        long.class,
                        CoreCall.java(type.params().getFirst()),
                        Object.class),
                type);
        return CoreCall.withPointers(create, index, 0);
    }

    /** {@code thread.resume-later}. */
    public static MethodHandle resumeLater() {
        return Builtin.find(LOOKUP, "resumeLater", void.class, methodType(void.class, int.class, Object.class));
    }

    /** {@code thread.suspend}. */
    public static MethodHandle suspend() {
        return Builtin.find(LOOKUP, "suspend", int.class, methodType(void.class, Object.class));
    }

    /** {@code thread.yield}. */
    public static MethodHandle yield() {
        return Builtin.find(LOOKUP, "yields", int.class, methodType(void.class, Object.class));
    }

    /** {@code thread.suspend-then-resume} and those like it. */
    public static MethodHandle switches(Switch how) {
        return Builtin.find(
                LOOKUP, "switches", int.class, methodType(void.class, Switch.class, int.class, Object.class), how);
    }

    private static GuestThread current(Object context) {
        return Builtin.leaving(context).instance().loop().current();
    }

    private static int index(Object context) {
        return current(context).index();
    }

    private static int create(FuncType type, long index, int argument, Object context) {
        return create(type, index, (Object) argument, context);
    }

    private static int create(FuncType type, long index, long argument, Object context) {
        return create(type, index, (Object) argument, context);
    }

    private static int create(FuncType type, long index, Object argument, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        CoreTable table = ((Builtin) context).table().orElseThrow();
        if (Long.compareUnsigned(index, table.size()) >= 0) {
            throw new Trap(TrapKind.UNDEFINED_ELEMENT);
        }
        if (!(table.get((int) index) instanceof CoreFunction function)) {
            throw new Trap(TrapKind.UNINITIALIZED_ELEMENT);
        }
        Rule.trapIf(
                !function.type().equals(type),
                "start function does not match expected type",
                "`canon thread.new-indirect`");
        Task task = cx.instance().loop().current().task();
        GuestThread thread = cx.instance().loop().thread(task, (self, _) -> {
            start(function, argument);
            task.unregister(self);
        });
        task.register(thread);
        return thread.index();
    }

    private static void start(CoreFunction function, Object argument) {
        try {
            function.handle().invoke(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("core functions throw no checked exceptions", e);
        }
    }

    private static GuestThread get(ComponentInstance instance, int index) {
        return (GuestThread) instance.threads().get(index);
    }

    private static void trapUnlessSuspended(GuestThread thread) {
        Rule.trapIf(!thread.suspended(), "cannot resume thread which is not suspended", SECTION);
    }

    private static void resumeLater(int index, Object context) {
        GuestThread other = get(Builtin.leaving(context).instance(), index);
        trapUnlessSuspended(other);
        other.resumeLater();
    }

    private static int suspend(Object context) {
        current(context).suspend(null);
        return NOT_CANCELLED;
    }

    private static int yields(Object context) {
        current(context).yield(null);
        return NOT_CANCELLED;
    }

    private static int switches(Switch how, int index, Object context) {
        GuestThread thread = current(context);
        GuestThread other = get(((Builtin) context).cx().instance(), index);
        switch (how) {
            case SUSPEND_THEN_RESUME -> {
                trapUnlessSuspended(other);
                thread.suspend(other);
            }
            case YIELD_THEN_RESUME -> {
                trapUnlessSuspended(other);
                thread.yield(other);
            }
            case SUSPEND_THEN_PROMOTE -> thread.suspend(other.promoted());
            case YIELD_THEN_PROMOTE -> thread.yield(other.promoted());
        }
        return NOT_CANCELLED;
    }
}
