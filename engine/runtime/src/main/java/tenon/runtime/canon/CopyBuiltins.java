package tenon.runtime.canon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import tenon.runtime.abi.GuestBuffer;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.StreamElement;
import tenon.runtime.table.Table;
import tenon.runtime.task.CopyEnd;
import tenon.runtime.task.Shared;
import tenon.runtime.task.SharedFuture;
import tenon.runtime.task.SharedStream;
import tenon.types.component.PointerType;
import tenon.types.component.ValueType;

/** {@code canon stream.new}, {@code .read}, {@code .write}, {@code .cancel-read} and so on, and those of futures. */
public final class CopyBuiltins {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private CopyBuiltins() {}

    /** {@code stream.new} or {@code future.new}. */
    public static MethodHandle create(boolean stream) {
        return Builtin.find(LOOKUP, "create", long.class, methodType(void.class, boolean.class, Object.class), stream);
    }

    /** {@code stream.read} or {@code stream.write}. */
    public static MethodHandle copyStream(CopyEnd.Kind kind, boolean async, PointerType pointer) {
        return CoreCall.givingPointer(CoreCall.withPointers(copy(kind, async), pointer, 1, 2), pointer);
    }

    /** {@code future.read} or {@code future.write}. */
    public static MethodHandle copyFuture(CopyEnd.Kind kind, boolean async, PointerType pointer) {
        return CoreCall.withPointers(MethodHandles.insertArguments(copy(kind, async), 2, 1L), pointer, 1);
    }

    private static MethodHandle copy(CopyEnd.Kind kind, boolean async) {
        return Builtin.find(
                LOOKUP,
                "copy",
                int.class,
                methodType(
                        void.class, CopyEnd.Kind.class, boolean.class, int.class, long.class, long.class, Object.class),
                kind,
                async);
    }

    /** {@code stream.cancel-read} and those like it. */
    public static MethodHandle cancel(CopyEnd.Kind kind, boolean async) {
        return Builtin.find(
                LOOKUP,
                "cancel",
                int.class,
                methodType(void.class, CopyEnd.Kind.class, boolean.class, int.class, Object.class),
                kind,
                async);
    }

    /** {@code stream.drop-readable} and those like it. */
    public static MethodHandle drop(CopyEnd.Kind kind) {
        return Builtin.find(
                LOOKUP, "drop", void.class, methodType(void.class, CopyEnd.Kind.class, int.class, Object.class), kind);
    }

    /** {@code stream.forward} or {@code future.forward}. */
    public static MethodHandle forward(boolean stream) {
        return Builtin.find(
                LOOKUP,
                "forward",
                void.class,
                methodType(void.class, boolean.class, int.class, int.class, Object.class),
                stream);
    }

    private static Optional<ValueType> element(Object context) {
        return ((Builtin) context).element().map(StreamElement::type);
    }

    private static long create(boolean stream, Object context) {
        Table handles = Builtin.leaving(context).instance().handles();
        Optional<ValueType> element = element(context);
        Shared shared = stream ? new SharedStream(element) : new SharedFuture(element);
        int reader =
                add(handles, new CopyEnd(stream ? CopyEnd.Kind.READABLE_STREAM : CopyEnd.Kind.READABLE_FUTURE, shared));
        int writer =
                add(handles, new CopyEnd(stream ? CopyEnd.Kind.WRITABLE_STREAM : CopyEnd.Kind.WRITABLE_FUTURE, shared));
        return Integer.toUnsignedLong(reader) | (long) writer << 32;
    }

    private static int add(Table handles, CopyEnd end) {
        int index = handles.add(end);
        end.index(index);
        return index;
    }

    private static int copy(CopyEnd.Kind kind, boolean async, int index, long address, long length, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        CopyEnd end = CopyEnd.get(cx.instance().handles(), index, kind, element(context));
        end.trapUnlessIdle(async);
        end.copy(new GuestBuffer(cx, ((Builtin) context).element(), address, length));
        return ended(cx, end, async);
    }

    private static int ended(LiftLowerContext cx, CopyEnd end, boolean async) {
        if (!end.hasPendingEvent()) {
            if (async) {
                return SubtaskBuiltins.BLOCKED;
            }
            end.waitForPendingEvent(cx.instance().loop().current());
        }
        return end.getPendingEvent().payload();
    }

    private static int cancel(CopyEnd.Kind kind, boolean async, int index, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        CopyEnd end = CopyEnd.get(cx.instance().handles(), index, kind, element(context));
        end.trapUnlessCancellable(async);
        end.cancel();
        return ended(cx, end, async);
    }

    private static void drop(CopyEnd.Kind kind, int index, Object context) {
        Table handles = Builtin.leaving(context).instance().handles();
        CopyEnd.get(handles, index, kind, element(context)).drop(handles);
    }

    private static void forward(boolean stream, int source, int target, Object context) {
        CopyEnd.forward(Builtin.leaving(context).instance().handles(), stream, element(context), source, target);
    }
}
