package tenon.runtime.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.Sort;
import tenon.component.resolve.IndexSpaces;
import tenon.runtime.task.Concurrency;
import tenon.types.component.FutureType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;

/** Follows the indices of built-ins that have to do with tasks, streams and threads. */
final class BuiltinPlan {
    private BuiltinPlan() {}

    /** The built-in with its indices followed; {@code options} follows those of its options. */
    static Callee.Builtin of(Scope scope, Canon canon, BiFunction<CanonicalOptions, Long, Callee.Options> options) {
        IndexSpaces types = scope.resolved();
        return new Callee.Builtin(
                canon,
                options.apply(options(canon), canon.offset()),
                element(types, canon),
                canon instanceof Canon.TaskReturn returns ? returns.result().map(types::valueType) : Optional.empty(),
                canon instanceof Canon.ThreadNewIndirect
                        ? Optional.of(start(types.coreFunctionType(scope.size(Sort.CORE_FUNC))))
                        : Optional.empty(),
                canon instanceof Canon.ThreadNewIndirect thread
                        ? Optional.of(scope.get(Sort.CORE_TABLE, thread.table(), Item.CoreExport.class, canon.offset()))
                        : Optional.empty(),
                scope.instance());
    }

    /** A built-in's last parameter is what the thread's function is given. */
    private static FuncType start(FuncType builtin) {
        return new FuncType(List.of(builtin.params().getLast()), List.of());
    }

    private static CanonicalOptions options(Canon canon) {
        return switch (canon) {
            case Canon.TaskReturn each -> each.options();
            case Canon.StreamRead each -> each.options();
            case Canon.StreamWrite each -> each.options();
            case Canon.FutureRead each -> each.options();
            case Canon.FutureWrite each -> each.options();
            case Canon.ErrorContextNew each -> each.options();
            case Canon.ErrorContextDebugMessage each -> each.options();
            case Canon.WaitableSetWait each -> inMemory(each.memory());
            case Canon.WaitableSetPoll each -> inMemory(each.memory());
            default -> CanonicalOptions.NONE;
        };
    }

    private static CanonicalOptions inMemory(int memory) {
        CanonicalOptions none = CanonicalOptions.NONE;
        return new CanonicalOptions(
                none.encoding(),
                Optional.of(memory),
                none.realloc(),
                none.postReturn(),
                none.async(),
                none.callback(),
                List.of());
    }

    private static Optional<ValueType> element(IndexSpaces types, Canon canon) {
        int index = switch (canon) {
            case Canon.StreamNew each -> each.type();
            case Canon.StreamRead each -> each.type();
            case Canon.StreamWrite each -> each.type();
            case Canon.StreamForward each -> each.type();
            case Canon.StreamCancelRead each -> each.type();
            case Canon.StreamCancelWrite each -> each.type();
            case Canon.StreamDropReadable each -> each.type();
            case Canon.StreamDropWritable each -> each.type();
            case Canon.FutureNew each -> each.type();
            case Canon.FutureRead each -> each.type();
            case Canon.FutureWrite each -> each.type();
            case Canon.FutureForward each -> each.type();
            case Canon.FutureCancelRead each -> each.type();
            case Canon.FutureCancelWrite each -> each.type();
            case Canon.FutureDropReadable each -> each.type();
            case Canon.FutureDropWritable each -> each.type();
            default -> -1;
        };
        if (index < 0) {
            return Optional.empty();
        }
        return switch (types.type(index)) {
            case StreamType stream -> stream.element();
            case FutureType future -> future.element();
            default -> throw new AssertionError("validation asks for a stream or future");
        };
    }

    /** What a built-in makes needful. */
    static Concurrency concurrency(Canon canon) {
        boolean switches = switch (canon) {
            case Canon.ThreadNewIndirect _,
                    Canon.ThreadSuspend _,
                    Canon.ThreadSuspendThenResume _,
                    Canon.ThreadYieldThenResume _,
                    Canon.ThreadSuspendThenPromote _,
                    Canon.ThreadYieldThenPromote _ -> true;
            default -> false;
        };
        if (switches) {
            return Concurrency.SWITCHES;
        }
        boolean blocks = switch (canon) {
            case Canon.WaitableSetWait _, Canon.ThreadYield _ -> true;
            case Canon.SubtaskCancel cancel -> !cancel.async();
            case Canon.StreamRead read -> !read.options().async();
            case Canon.StreamWrite write -> !write.options().async();
            case Canon.StreamCancelRead cancel -> !cancel.async();
            case Canon.StreamCancelWrite cancel -> !cancel.async();
            case Canon.FutureRead read -> !read.options().async();
            case Canon.FutureWrite write -> !write.options().async();
            case Canon.FutureCancelRead cancel -> !cancel.async();
            case Canon.FutureCancelWrite cancel -> !cancel.async();
            default -> false;
        };
        return blocks ? Concurrency.STACKS : Concurrency.THREADS;
    }
}
