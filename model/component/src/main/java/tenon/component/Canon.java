package tenon.component;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tenon.component.TypeExpression.ValueReference;
import tenon.types.core.ValType;

/**
 * A canonical definition: Binary.md, "Canonical Definitions", in the order that is written there. Each adds an entry to {@link
 * Sort#CORE_FUNC}, but {@link Lift}.
 */
public sealed interface Canon extends Definition {

    /** A core function made a component function: adds an entry to {@link Sort#FUNC}. */
    record Lift(int coreFunction, CanonicalOptions options, int type, long offset) implements Canon {}

    /** A component function made a core function. */
    record Lower(int function, CanonicalOptions options, long offset) implements Canon {}

    /** {@code resource.new}. */
    record ResourceNew(int resource, long offset) implements Canon {}

    /** {@code resource.drop}. */
    record ResourceDrop(int resource, long offset) implements Canon {}

    /** {@code resource.rep}. */
    record ResourceRep(int resource, long offset) implements Canon {}

    /** {@code backpressure.inc}. */
    record BackpressureInc(long offset) implements Canon {}

    /** {@code backpressure.dec}. */
    record BackpressureDec(long offset) implements Canon {}

    /** {@code task.return}. */
    record TaskReturn(Optional<ValueReference> result, CanonicalOptions options, long offset) implements Canon {}

    /** {@code task.cancel}. */
    record TaskCancel(long offset) implements Canon {}

    /** {@code context.get}. */
    record ContextGet(ValType type, int slot, long offset) implements Canon {}

    /** {@code context.set}. */
    record ContextSet(ValType type, int slot, long offset) implements Canon {}

    /** {@code subtask.cancel}. */
    record SubtaskCancel(boolean async, long offset) implements Canon {}

    /** {@code subtask.drop}. */
    record SubtaskDrop(long offset) implements Canon {}

    /** {@code stream.new}; {@code type} is an index of {@link Sort#TYPE}, as in all that follow. */
    record StreamNew(int type, long offset) implements Canon {}

    /** {@code stream.read}. */
    record StreamRead(int type, CanonicalOptions options, long offset) implements Canon {}

    /** {@code stream.write}. */
    record StreamWrite(int type, CanonicalOptions options, long offset) implements Canon {}

    /** {@code stream.forward}. */
    record StreamForward(int type, long offset) implements Canon {}

    /** {@code stream.cancel-read}. */
    record StreamCancelRead(int type, boolean async, long offset) implements Canon {}

    /** {@code stream.cancel-write}. */
    record StreamCancelWrite(int type, boolean async, long offset) implements Canon {}

    /** {@code stream.drop-readable}. */
    record StreamDropReadable(int type, long offset) implements Canon {}

    /** {@code stream.drop-writable}. */
    record StreamDropWritable(int type, long offset) implements Canon {}

    /** {@code future.new}. */
    record FutureNew(int type, long offset) implements Canon {}

    /** {@code future.read}. */
    record FutureRead(int type, CanonicalOptions options, long offset) implements Canon {}

    /** {@code future.write}. */
    record FutureWrite(int type, CanonicalOptions options, long offset) implements Canon {}

    /** {@code future.forward}. */
    record FutureForward(int type, long offset) implements Canon {}

    /** {@code future.cancel-read}. */
    record FutureCancelRead(int type, boolean async, long offset) implements Canon {}

    /** {@code future.cancel-write}. */
    record FutureCancelWrite(int type, boolean async, long offset) implements Canon {}

    /** {@code future.drop-readable}. */
    record FutureDropReadable(int type, long offset) implements Canon {}

    /** {@code future.drop-writable}. */
    record FutureDropWritable(int type, long offset) implements Canon {}

    /** {@code error-context.new}. */
    record ErrorContextNew(CanonicalOptions options, long offset) implements Canon {}

    /** {@code error-context.debug-message}. */
    record ErrorContextDebugMessage(CanonicalOptions options, long offset) implements Canon {}

    /** {@code error-context.drop}. */
    record ErrorContextDrop(long offset) implements Canon {}

    /** {@code waitable-set.new}. */
    record WaitableSetNew(long offset) implements Canon {}

    /** {@code waitable-set.wait}; {@code memory} is an index of {@link Sort#CORE_MEMORY}. */
    record WaitableSetWait(int memory, long offset) implements Canon {}

    /** {@code waitable-set.poll}; {@code memory} is an index of {@link Sort#CORE_MEMORY}. */
    record WaitableSetPoll(int memory, long offset) implements Canon {}

    /** {@code waitable-set.drop}. */
    record WaitableSetDrop(long offset) implements Canon {}

    /** {@code waitable.join}. */
    record WaitableJoin(long offset) implements Canon {}

    /** {@code thread.index}. */
    record ThreadIndex(long offset) implements Canon {}

    /** {@code thread.new-indirect}; {@code type} is an index of {@link Sort#CORE_TYPE}, {@code table} of {@link Sort#CORE_TABLE}. */
    record ThreadNewIndirect(int type, int table, long offset) implements Canon {}

    /** {@code thread.resume-later}. */
    record ThreadResumeLater(long offset) implements Canon {}

    /** {@code thread.suspend}. */
    record ThreadSuspend(long offset) implements Canon {}

    /** {@code thread.yield}. */
    record ThreadYield(long offset) implements Canon {}

    /** {@code thread.suspend-then-resume}. */
    record ThreadSuspendThenResume(long offset) implements Canon {}

    /** {@code thread.yield-then-resume}. */
    record ThreadYieldThenResume(long offset) implements Canon {}

    /** {@code thread.suspend-then-promote}. */
    record ThreadSuspendThenPromote(long offset) implements Canon {}

    /** {@code thread.yield-then-promote}. */
    record ThreadYieldThenPromote(long offset) implements Canon {}

    /** {@code thread.spawn-ref}; {@code type} is an index of {@link Sort#CORE_TYPE}. */
    record ThreadSpawnRef(boolean shared, int type, long offset) implements Canon {}

    /** {@code thread.spawn-indirect}; indices of {@link Sort#CORE_TYPE} and {@link Sort#CORE_TABLE}. */
    record ThreadSpawnIndirect(boolean shared, int type, int table, long offset) implements Canon {}

    /** {@code thread.available-parallelism}. */
    record ThreadAvailableParallelism(boolean shared, long offset) implements Canon {}

    /** The name as CanonicalABI.md writes it: {@code stream.cancel-read} for {@link StreamCancelRead}. */
    default String word() {
        String words = getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
        for (String noun : List.of("error-context", "waitable-set")) {
            if (words.startsWith(noun + "-")) {
                return noun + "." + words.substring(noun.length() + 1);
            }
        }
        return words.replaceFirst("-", ".");
    }
}
