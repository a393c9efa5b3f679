package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.FlatValues;
import tenon.runtime.abi.Lift;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.table.Rule;
import tenon.runtime.task.ComponentInstance;
import tenon.runtime.task.Event;
import tenon.runtime.task.EventCode;
import tenon.runtime.task.GuestThread;
import tenon.runtime.task.Task;
import tenon.runtime.task.WaitableSet;
import tenon.types.component.Flattening;

/**
 * The thread that a task begins with: the body of {@code canon lift} in CanonicalABI.md. Between its beginning, its core function and
 * each call of its callback it waits without a stack. Confined to its Store.
 */
public final class ImplicitThread implements GuestThread.Body {
    private static final String SECTION = "`canon lift`";
    private static final int EXIT = 0;
    private static final int YIELD = 1;
    private static final int WAIT = 2;

    private enum Phase {
        BEGINNING,
        QUEUED,
        LISTENING
    }

    private final LiftedFunction function;
    private final Signature signature;
    private final Task task;
    /** The caller, if values go straight between it and here. */
    private final Lowering.@Nullable Call generated;

    private Phase phase = Phase.BEGINNING;
    private @Nullable WaitableSet waitsFor;

    ImplicitThread(LiftedFunction function, Signature signature, Task task, Task.Caller caller) {
        this.generated = caller instanceof Lowering.Call call && call.isGenerated() ? call : null;
        this.function = function;
        this.signature = signature;
        this.task = task;
    }

    private ComponentInstance instance() {
        return function.instance();
    }

    @Override
    public void run(GuestThread thread, boolean cancelled) {
        switch (phase) {
            case BEGINNING -> {
                if (task.mustQueue()) {
                    phase = Phase.QUEUED;
                    instance().beginWaitingToEnter();
                    thread.startWaiting(() -> !task.hasBackpressure(), GuestThread.ALWAYS);
                } else {
                    begin(thread);
                }
            }
            case QUEUED -> {
                instance().endWaitingToEnter();
                if (thread.endWait(cancelled)) {
                    task.cancel();
                } else {
                    begin(thread);
                }
            }
            case LISTENING -> listen(thread, heard(thread.endWait(cancelled)));
        }
    }

    private void begin(GuestThread thread) {
        task.enter(thread);
        LiftLowerContext cx = function.cx().within(task);
        long[] arguments;
        if (generated != null) {
            task.started();
            arguments = generated.start(cx);
        } else {
            arguments = function.lower(signature, cx, task.start());
        }
        long flatResult = function.callCore(arguments);
        if (!function.isAsync()) {
            returns(flatResult);
            function.postReturn(signature, flatResult);
            task.exit(thread);
        } else if (!function.hasCallback()) {
            task.exit(thread);
        } else {
            obey(thread, (int) flatResult);
        }
    }

    private void returns(long flatResult) {
        if (generated != null) {
            function.returned();
            returns(generated, new long[] {flatResult});
        } else {
            task.return_(function.liftResult(signature, flatResult));
        }
    }

    private void returns(Lowering.Call caller, long[] result) {
        task.return_(() -> caller.returned(function.cx(), result));
    }

    /** Calls the callback with one event after the other, as long as none has to be waited for. */
    private void listen(GuestThread thread, Event event) {
        instance().exclusiveThread(thread);
        obey(thread, function.callback(event));
    }

    /** Does what the core function or the callback has asked for. */
    void obey(GuestThread thread, int first) {
        int packed = first;
        while (true) {
            int code = packed & 0xf;
            if (code == EXIT) {
                task.exit(thread);
                return;
            }
            instance().exclusiveThread(null);
            BooleanSupplier lockFree = () -> instance().exclusiveThread() == null;
            BooleanSupplier ready = ready(code, packed >>> 4, lockFree);
            if (!task.deliverPendingCancel(true)) {
                phase = Phase.LISTENING;
                thread.startWaiting(ready, lockFree);
                return;
            }
            Event event = heard(true);
            instance().exclusiveThread(thread);
            packed = function.callback(event);
        }
    }

    private BooleanSupplier ready(int code, int set, BooleanSupplier lockFree) {
        return switch (code) {
            case YIELD -> {
                waitsFor = null;
                yield lockFree;
            }
            case WAIT -> {
                WaitableSet waited = WaitableBuiltins.set(instance(), set);
                waited.beginWaiting();
                waitsFor = waited;
                yield () -> lockFree.getAsBoolean() && waited.hasPendingEvent();
            }
            default -> throw Rule.trap("unsupported callback code: " + code, SECTION);
        };
    }

    private Event heard(boolean cancelled) {
        WaitableSet waited = waitsFor;
        waitsFor = null;
        Event event = cancelled ? Event.TASK_CANCELLED : waited == null ? Event.NONE : waited.getPendingEvent();
        if (waited != null) {
            waited.endWaiting();
        }
        assert cancelled || (waited == null) == (event.code() == EventCode.NONE);
        return event;
    }

    /** {@code task.return}: traps unless a value may be returned, with the options that the task was lifted with. */
    void returns(Builtin builtin) {
        task.trapIfResolved();
        Rule.trapIf(
                !function.returnsBy(builtin, signature),
                "invalid `task.return` signature and/or options for current task",
                "`canon task.return`");
        instance().beginLifting();
    }

    /** {@link #returns} has been called: lifts the value. */
    public void returns(long[] bits) {
        task.return_(
                signature.result().isEmpty() ? null : lift(signature.result().get(), bits));
    }

    /** The generated way that the core values of `task.return` take, with {@link #call} behind them; null if there is none. */
    public @Nullable MethodHandle way() {
        return generated == null ? null : generated.returning();
    }

    /** The call to which {@link #way} leads. */
    public Lowering.Call call() {
        assert generated != null;
        task.returns();
        return generated;
    }

    private Object lift(Shape shape, long[] bits) {
        return Lift.values(
                function.cx(),
                Flattening.MAX_FLAT_PARAMS,
                new FlatValues(bits),
                List.of(shape),
                signature.resultTuples())[0];
    }

    /** {@code task.cancel}. */
    void cancels() {
        Rule.trapIf(
                !function.isAsync(), "`task.cancel` called by a task that is not lifted async", "`canon task.cancel`");
        task.cancel();
    }
}
