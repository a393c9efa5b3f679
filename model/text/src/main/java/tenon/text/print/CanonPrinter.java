package tenon.text.print;

import java.util.stream.Collectors;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.Sort;

/** Canonical definitions: Explainer.md, "Canonical Definitions". */
record CanonPrinter(ComponentScope scope, Layout out) {

    void print(Canon canon) {
        if (canon instanceof Canon.Lift lift) {
            String content = "(type " + type(lift.type()) + ") (canon lift (core func "
                    + scope.use(Sort.CORE_FUNC, lift.coreFunction()) + ")" + options(lift.options()) + ")";
            out.open("func ").add(scope.define(Sort.FUNC)).add(" " + content).close();
            return;
        }
        String text = text(canon);
        out.open("core func ")
                .add(scope.define(Sort.CORE_FUNC))
                .add(" (canon " + text + ")")
                .close();
    }

    private String text(Canon canon) {
        return switch (canon) {
            case Canon.Lift lift -> throw new AssertionError("is no core function: " + lift);
            case Canon.Lower lower ->
                "lower (func " + scope.use(Sort.FUNC, lower.function()) + ")" + options(lower.options());
            case Canon.ResourceNew made -> "resource.new " + type(made.resource());
            case Canon.ResourceDrop drop -> "resource.drop " + type(drop.resource());
            case Canon.ResourceRep rep -> "resource.rep " + type(rep.resource());
            case Canon.BackpressureInc _ -> "backpressure.inc";
            case Canon.BackpressureDec _ -> "backpressure.dec";
            case Canon.TaskReturn task ->
                "task.return"
                        + task.result()
                                .map(result -> " (result " + new ExternPrinter(scope, out).value(result) + ")")
                                .orElse("")
                        + options(task.options());
            case Canon.TaskCancel _ -> "task.cancel";
            case Canon.ContextGet get ->
                "context.get " + get.type().text() + " " + Integer.toUnsignedString(get.slot());
            case Canon.ContextSet set ->
                "context.set " + set.type().text() + " " + Integer.toUnsignedString(set.slot());
            case Canon.SubtaskCancel cancel -> "subtask.cancel" + flag("async", cancel.async());
            case Canon.SubtaskDrop _ -> "subtask.drop";
            case Canon.ErrorContextNew made -> "error-context.new" + options(made.options());
            case Canon.ErrorContextDebugMessage message -> "error-context.debug-message" + options(message.options());
            case Canon.ErrorContextDrop _ -> "error-context.drop";
            case Canon.WaitableSetNew _ -> "waitable-set.new";
            case Canon.WaitableSetWait wait -> "waitable-set.wait" + memory(wait.memory());
            case Canon.WaitableSetPoll poll -> "waitable-set.poll" + memory(poll.memory());
            case Canon.WaitableSetDrop _ -> "waitable-set.drop";
            case Canon.WaitableJoin _ -> "waitable.join";
            case Canon.StreamNew made -> "stream.new " + type(made.type());
            case Canon.StreamRead read -> "stream.read " + type(read.type()) + options(read.options());
            case Canon.StreamWrite write -> "stream.write " + type(write.type()) + options(write.options());
            case Canon.StreamForward forward -> "stream.forward " + type(forward.type());
            case Canon.StreamCancelRead cancel ->
                "stream.cancel-read " + type(cancel.type()) + flag("async", cancel.async());
            case Canon.StreamCancelWrite cancel ->
                "stream.cancel-write " + type(cancel.type()) + flag("async", cancel.async());
            case Canon.StreamDropReadable drop -> "stream.drop-readable " + type(drop.type());
            case Canon.StreamDropWritable drop -> "stream.drop-writable " + type(drop.type());
            case Canon.FutureNew made -> "future.new " + type(made.type());
            case Canon.FutureRead read -> "future.read " + type(read.type()) + options(read.options());
            case Canon.FutureWrite write -> "future.write " + type(write.type()) + options(write.options());
            case Canon.FutureForward forward -> "future.forward " + type(forward.type());
            case Canon.FutureCancelRead cancel ->
                "future.cancel-read " + type(cancel.type()) + flag("async", cancel.async());
            case Canon.FutureCancelWrite cancel ->
                "future.cancel-write " + type(cancel.type()) + flag("async", cancel.async());
            case Canon.FutureDropReadable drop -> "future.drop-readable " + type(drop.type());
            case Canon.FutureDropWritable drop -> "future.drop-writable " + type(drop.type());
            case Canon.ThreadIndex _ -> "thread.index";
            case Canon.ThreadNewIndirect made -> "thread.new-indirect" + entry(made.type(), made.table());
            case Canon.ThreadResumeLater _ -> "thread.resume-later";
            case Canon.ThreadSuspend _ -> "thread.suspend";
            case Canon.ThreadYield _ -> "thread.yield";
            case Canon.ThreadSuspendThenResume _ -> "thread.suspend-then-resume";
            case Canon.ThreadYieldThenResume _ -> "thread.yield-then-resume";
            case Canon.ThreadSuspendThenPromote _ -> "thread.suspend-then-promote";
            case Canon.ThreadYieldThenPromote _ -> "thread.yield-then-promote";
            case Canon.ThreadSpawnRef spawn ->
                "thread.spawn-ref" + flag("shared", spawn.shared()) + " " + scope.use(Sort.CORE_TYPE, spawn.type());
            case Canon.ThreadSpawnIndirect spawn ->
                "thread.spawn-indirect" + flag("shared", spawn.shared()) + entry(spawn.type(), spawn.table());
            case Canon.ThreadAvailableParallelism available ->
                "thread.available-parallelism" + flag("shared", available.shared());
        };
    }

    private String type(int index) {
        return scope.use(Sort.TYPE, index);
    }

    private static String flag(String word, boolean on) {
        return on ? " " + word : "";
    }

    private String memory(int index) {
        return " (memory " + scope.use(Sort.CORE_MEMORY, index) + ")";
    }

    private String function(String word, int index) {
        return " (" + word + " " + scope.use(Sort.CORE_FUNC, index) + ")";
    }

    private String entry(int type, int table) {
        return " " + scope.use(Sort.CORE_TYPE, type) + " " + scope.use(Sort.CORE_TABLE, table);
    }

    private String options(CanonicalOptions options) {
        return options.written().stream()
                .map(option -> switch (option.kind()) {
                    case UTF8 -> " string-encoding=utf8";
                    case UTF16 -> " string-encoding=utf16";
                    case LATIN1_UTF16 -> " string-encoding=latin1+utf16";
                    case MEMORY -> memory(option.index());
                    case REALLOC -> function("realloc", option.index());
                    case POST_RETURN -> function("post-return", option.index());
                    case ASYNC -> " async";
                    case CALLBACK -> function("callback", option.index());
                    case CORE_TYPE -> " (core-type " + scope.use(Sort.CORE_TYPE, option.index()) + ")";
                    case GC -> " gc";
                })
                .collect(Collectors.joining());
    }
}
