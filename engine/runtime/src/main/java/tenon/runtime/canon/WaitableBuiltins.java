package tenon.runtime.canon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.table.Rule;
import tenon.runtime.table.Table;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Event;
import tenon.runtime.task.Waitable;
import tenon.runtime.task.WaitableSet;
import tenon.types.component.PointerType;

/** {@code canon waitable-set.new}, {@code .wait}, {@code .poll}, {@code .drop} and {@code canon waitable.join}. */
public final class WaitableBuiltins {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final String SECTION = "Waitable State";
    private static final int EVENT_BYTES = 8;

    private WaitableBuiltins() {}

    /** {@code waitable-set.new}. */
    public static MethodHandle create() {
        return Builtin.find(LOOKUP, "create", int.class, methodType(void.class, Object.class));
    }

    /** {@code waitable-set.wait}. */
    public static MethodHandle await(PointerType pointer) {
        return CoreCall.withPointers(
                Builtin.find(LOOKUP, "await", int.class, methodType(void.class, int.class, long.class, Object.class)),
                pointer,
                1);
    }

    /** {@code waitable-set.poll}. */
    public static MethodHandle poll(PointerType pointer) {
        return CoreCall.withPointers(
                Builtin.find(LOOKUP, "poll", int.class, methodType(void.class, int.class, long.class, Object.class)),
                pointer,
                1);
    }

    /** {@code waitable-set.drop}. */
    public static MethodHandle drop() {
        return Builtin.find(LOOKUP, "drop", void.class, methodType(void.class, int.class, Object.class));
    }

    /** {@code waitable.join}. */
    public static MethodHandle join() {
        return Builtin.find(LOOKUP, "join", void.class, methodType(void.class, int.class, int.class, Object.class));
    }

    /** The set at an index of an instance's handles. */
    static WaitableSet set(ComponentInstance instance, int index) {
        if (instance.handles().get(index) instanceof WaitableSet set) {
            return set;
        }
        throw Rule.trap("handle index " + index + " used with the wrong type, expected a waitable set", SECTION);
    }

    private static int create(Object context) {
        return Builtin.leaving(context).instance().handles().add(new WaitableSet());
    }

    private static int await(int index, long address, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        WaitableSet set = set(cx.instance(), index);
        return tell(cx, address, set.waitForEvent(cx.instance().loop().current()));
    }

    private static int poll(int index, long address, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        WaitableSet set = set(cx.instance(), index);
        return tell(cx, address, set.poll());
    }

    /** {@code unpack_event}. */
    private static int tell(LiftLowerContext cx, long address, Event event) {
        cx.check(address, EVENT_BYTES, Integer.BYTES, "event out of bounds of memory", "`canon waitable-set.wait`");
        cx.memory().setInt(address, event.index());
        cx.memory().setInt(address + Integer.BYTES, event.payload());
        return event.code().ordinal();
    }

    private static void drop(int index, Object context) {
        ComponentInstance instance = Builtin.leaving(context).instance();
        set(instance, index).trapUnlessDroppable();
        instance.handles().remove(index);
    }

    private static void join(int waitable, int set, Object context) {
        ComponentInstance instance = Builtin.leaving(context).instance();
        Table handles = instance.handles();
        if (!(handles.get(waitable) instanceof Waitable found)) {
            throw Rule.trap("handle index " + waitable + " used with the wrong type, expected a waitable", SECTION);
        }
        Rule.trapIf(found.hasSyncWaiter(), "cannot join a waitable that a thread waits for synchronously", SECTION);
        found.join(set == 0 ? null : set(instance, set));
    }
}
