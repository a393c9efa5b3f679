package tenon.runtime.canon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.table.Rule;
import tenon.runtime.table.Table;
import tenon.runtime.task.Subtask;

/** {@code canon subtask.cancel} and {@code subtask.drop}. */
public final class SubtaskBuiltins {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final String SECTION = "Subtask State";

    /** What a guest is told where it would have to wait: CanonicalABI.md, {@code BLOCKED}. */
    static final int BLOCKED = -1;

    private SubtaskBuiltins() {}

    /** {@code subtask.cancel}. */
    public static MethodHandle cancel(boolean async) {
        return Builtin.find(
                LOOKUP, "cancel", int.class, methodType(void.class, boolean.class, int.class, Object.class), async);
    }

    /** {@code subtask.drop}. */
    public static MethodHandle drop() {
        return Builtin.find(LOOKUP, "drop", void.class, methodType(void.class, int.class, Object.class));
    }

    private static Subtask get(Table handles, int index) {
        if (handles.get(index) instanceof Subtask subtask) {
            return subtask;
        }
        throw Rule.trap("handle index " + index + " used with the wrong type, expected a subtask", SECTION);
    }

    private static int cancel(boolean async, int index, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        Subtask subtask = get(cx.instance().handles(), index);
        Rule.trapIf(subtask.resolveDelivered(), "`subtask.cancel` called after terminal status delivered", SECTION);
        Rule.trapIf(subtask.cancellationRequested(), "`subtask.cancel` called more than once", SECTION);
        Rule.trapIf(
                subtask.inWaitableSet() && !async,
                "cannot synchronously cancel a subtask while it is in a waitable set",
                SECTION);
        if (!subtask.resolved()) {
            subtask.requestCancellation();
            if (!subtask.resolved()) {
                if (async) {
                    return BLOCKED;
                }
                subtask.waitForPendingEvent(cx.instance().loop().current());
            }
        }
        return subtask.getPendingEvent().payload();
    }

    private static void drop(int index, Object context) {
        Table handles = Builtin.leaving(context).instance().handles();
        get(handles, index).drop();
        handles.remove(index);
    }
}
