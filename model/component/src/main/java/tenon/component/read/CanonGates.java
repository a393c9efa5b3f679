package tenon.component.read;

import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.ComponentFeature;
import tenon.component.Gates;

/** Which canonical definitions need which features: Explainer.md, "Canonical Built-ins" and "Gated Features". */
record CanonGates(Gates gates) {

    void check(Canon canon) {
        switch (canon) {
            case Canon.Lift each -> {
                async(each.options(), each);
                if (each.options().async() && each.options().callback().isEmpty()) {
                    require(ComponentFeature.ASYNC_STACKFUL, each, "`async` without `callback`");
                }
            }
            case Canon.Lower each -> async(each.options(), each);
            case Canon.ResourceNew _, Canon.ResourceDrop _, Canon.ResourceRep _ -> {}
            case Canon.TaskReturn _,
                    Canon.TaskCancel _,
                    Canon.BackpressureInc _,
                    Canon.BackpressureDec _,
                    Canon.SubtaskDrop _,
                    Canon.StreamNew _,
                    Canon.StreamDropReadable _,
                    Canon.StreamDropWritable _,
                    Canon.FutureNew _,
                    Canon.FutureDropReadable _,
                    Canon.FutureDropWritable _,
                    Canon.WaitableSetNew _,
                    Canon.WaitableSetWait _,
                    Canon.WaitableSetPoll _,
                    Canon.WaitableSetDrop _,
                    Canon.WaitableJoin _,
                    Canon.ThreadYield _ -> require(ComponentFeature.ASYNC, canon, name(canon));
            case Canon.ContextGet each -> slot(each.slot(), each);
            case Canon.ContextSet each -> slot(each.slot(), each);
            case Canon.SubtaskCancel each -> cancellation(each.async(), each);
            case Canon.StreamCancelRead each -> cancellation(each.async(), each);
            case Canon.StreamCancelWrite each -> cancellation(each.async(), each);
            case Canon.FutureCancelRead each -> cancellation(each.async(), each);
            case Canon.FutureCancelWrite each -> cancellation(each.async(), each);
            case Canon.StreamRead each -> copy(each.options(), each);
            case Canon.StreamWrite each -> copy(each.options(), each);
            case Canon.FutureRead each -> copy(each.options(), each);
            case Canon.FutureWrite each -> copy(each.options(), each);
            case Canon.StreamForward _, Canon.FutureForward _ -> {
                require(ComponentFeature.ASYNC, canon, name(canon));
                require(ComponentFeature.FORWARD, canon, name(canon));
            }
            case Canon.ErrorContextNew _, Canon.ErrorContextDebugMessage _, Canon.ErrorContextDrop _ ->
                require(ComponentFeature.ERROR_CONTEXT, canon, name(canon));
            case Canon.ThreadIndex _,
                    Canon.ThreadNewIndirect _,
                    Canon.ThreadResumeLater _,
                    Canon.ThreadSuspend _,
                    Canon.ThreadSuspendThenResume _,
                    Canon.ThreadYieldThenResume _,
                    Canon.ThreadSuspendThenPromote _,
                    Canon.ThreadYieldThenPromote _ -> require(ComponentFeature.THREADING, canon, name(canon));
            case Canon.ThreadSpawnRef _, Canon.ThreadSpawnIndirect _, Canon.ThreadAvailableParallelism _ ->
                require(ComponentFeature.SHARED_EVERYTHING_THREADS, canon, name(canon));
        }
    }

    private void async(CanonicalOptions options, Canon canon) {
        if (options.async() || options.callback().isPresent()) {
            require(ComponentFeature.ASYNC, canon, "canonical option `async`");
        }
    }

    private void slot(int slot, Canon canon) {
        require(ComponentFeature.ASYNC, canon, name(canon));
        if (slot > 0) {
            require(ComponentFeature.THREADING, canon, name(canon) + " of slot " + slot);
        }
    }

    private void cancellation(boolean async, Canon canon) {
        require(ComponentFeature.ASYNC, canon, name(canon));
        if (async) {
            require(ComponentFeature.MORE_ASYNC_BUILTINS, canon, name(canon) + " with `async`");
        }
    }

    private void copy(CanonicalOptions options, Canon canon) {
        require(ComponentFeature.ASYNC, canon, name(canon));
        if (!options.async()) {
            require(ComponentFeature.MORE_ASYNC_BUILTINS, canon, name(canon) + " without `async`");
        }
    }

    private void require(ComponentFeature feature, Canon canon, String what) {
        gates.require(feature, canon.offset(), what);
    }

    private static String name(Canon canon) {
        return "`" + canon.word() + "`";
    }
}
