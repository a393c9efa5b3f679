package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import tenon.component.Canon;
import tenon.runtime.canon.ThreadBuiltins.Switch;
import tenon.runtime.task.CopyEnd.Kind;
import tenon.types.component.PointerType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;

/** Which class makes which built-in. */
public final class Builtins {
    private Builtins() {}

    /**
     * A built-in, of type {@code (parameters…, Object context) → result}; the context is a {@link Builtin}.
     *
     * @param pointer the type of the pointers that it takes
     * @param result the type that {@code task.return} was made with
     * @param start the type of the functions that {@code thread.new-indirect} starts
     */
    public static MethodHandle handle(
            Canon canon, PointerType pointer, Optional<ValueType> result, Optional<FuncType> start) {
        return switch (canon) {
            case Canon.BackpressureInc _ -> TaskBuiltins.incrementBackpressure();
            case Canon.BackpressureDec _ -> TaskBuiltins.decrementBackpressure();
            case Canon.TaskReturn _ -> TaskBuiltins.return_(result, pointer);
            case Canon.TaskCancel _ -> TaskBuiltins.cancel();
            case Canon.ContextGet get -> TaskBuiltins.contextGet(get.type(), get.slot());
            case Canon.ContextSet set -> TaskBuiltins.contextSet(set.type(), set.slot());
            case Canon.SubtaskCancel cancel -> SubtaskBuiltins.cancel(cancel.async());
            case Canon.SubtaskDrop _ -> SubtaskBuiltins.drop();
            case Canon.WaitableSetNew _ -> WaitableBuiltins.create();
            case Canon.WaitableSetWait _ -> WaitableBuiltins.await(pointer);
            case Canon.WaitableSetPoll _ -> WaitableBuiltins.poll(pointer);
            case Canon.WaitableSetDrop _ -> WaitableBuiltins.drop();
            case Canon.WaitableJoin _ -> WaitableBuiltins.join();
            case Canon.ErrorContextNew _ -> ErrorContextBuiltins.create(pointer);
            case Canon.ErrorContextDebugMessage _ -> ErrorContextBuiltins.debugMessage(pointer);
            case Canon.ErrorContextDrop _ -> ErrorContextBuiltins.drop();
            case Canon.ThreadIndex _ -> ThreadBuiltins.index();
            case Canon.ThreadNewIndirect _ -> ThreadBuiltins.create(start.orElseThrow(), pointer);
            case Canon.ThreadResumeLater _ -> ThreadBuiltins.resumeLater();
            case Canon.ThreadSuspend _ -> ThreadBuiltins.suspend();
            case Canon.ThreadYield _ -> ThreadBuiltins.yield();
            case Canon.ThreadSuspendThenResume _ -> ThreadBuiltins.switches(Switch.SUSPEND_THEN_RESUME);
            case Canon.ThreadYieldThenResume _ -> ThreadBuiltins.switches(Switch.YIELD_THEN_RESUME);
            case Canon.ThreadSuspendThenPromote _ -> ThreadBuiltins.switches(Switch.SUSPEND_THEN_PROMOTE);
            case Canon.ThreadYieldThenPromote _ -> ThreadBuiltins.switches(Switch.YIELD_THEN_PROMOTE);
            default -> copy(canon, pointer);
        };
    }

    private static MethodHandle copy(Canon canon, PointerType pointer) {
        return switch (canon) {
            case Canon.StreamNew _ -> CopyBuiltins.create(true);
            case Canon.StreamRead read ->
                CopyBuiltins.copyStream(Kind.READABLE_STREAM, read.options().async(), pointer);
            case Canon.StreamWrite write ->
                CopyBuiltins.copyStream(Kind.WRITABLE_STREAM, write.options().async(), pointer);
            case Canon.StreamForward _ -> CopyBuiltins.forward(true);
            case Canon.StreamCancelRead cancel -> CopyBuiltins.cancel(Kind.READABLE_STREAM, cancel.async());
            case Canon.StreamCancelWrite cancel -> CopyBuiltins.cancel(Kind.WRITABLE_STREAM, cancel.async());
            case Canon.StreamDropReadable _ -> CopyBuiltins.drop(Kind.READABLE_STREAM);
            case Canon.StreamDropWritable _ -> CopyBuiltins.drop(Kind.WRITABLE_STREAM);
            case Canon.FutureNew _ -> CopyBuiltins.create(false);
            case Canon.FutureRead read ->
                CopyBuiltins.copyFuture(Kind.READABLE_FUTURE, read.options().async(), pointer);
            case Canon.FutureWrite write ->
                CopyBuiltins.copyFuture(Kind.WRITABLE_FUTURE, write.options().async(), pointer);
            case Canon.FutureForward _ -> CopyBuiltins.forward(false);
            case Canon.FutureCancelRead cancel -> CopyBuiltins.cancel(Kind.READABLE_FUTURE, cancel.async());
            case Canon.FutureCancelWrite cancel -> CopyBuiltins.cancel(Kind.WRITABLE_FUTURE, cancel.async());
            case Canon.FutureDropReadable _ -> CopyBuiltins.drop(Kind.READABLE_FUTURE);
            case Canon.FutureDropWritable _ -> CopyBuiltins.drop(Kind.WRITABLE_FUTURE);
            default -> throw new AssertionError("planning makes no " + canon);
        };
    }
}
