package tenon.make.component;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tenon.make.ModuleRef;
import tenon.make.names.ModuleContract;
import tenon.make.names.Offer;
import tenon.make.world.Signatures;
import tenon.types.component.FunctionType;
import tenon.types.core.FuncType;

/** Puts calls of the main module's task hook, if it exports one, around all that the outside calls. Confined to one run. */
final class TaskHooks {
    private final Plan plan;
    private final Fixup fixup;
    private final int hook;
    private final Map<Reallocs.Source, Integer> reallocs = new HashMap<>();

    private TaskHooks(Plan plan, Fixup fixup, String export) {
        this.plan = plan;
        this.fixup = fixup;
        this.hook = fixup.function(Fixup.Source.MAIN, export, Signatures.i32s(1, 0));
    }

    static void add(Plan plan, Fixup fixup) {
        Optional<String> export = plan.main().contract().service(Offer.Service.TASK_HOOK);
        if (export.isPresent()) {
            var hooks = new TaskHooks(plan, fixup, export.get());
            fixup.hookStart(hooks.hook);
            plan.parts.values().forEach(hooks::addExports);
            plan.parts.values().forEach(hooks::addReallocs);
            fixup.hookFills(hooks.hook, hooks.reallocs);
        }
    }

    private void addExports(Part part) {
        ModuleContract contract = part.contract();
        contract.exports().forEach((name, offer) -> {
            if (!(offer instanceof Offer.Exported exported)) {
                return;
            }
            FunctionType type = plan.signatures.exported(exported.key(), exported.function());
            FuncType core = plan.signatures.lifted(type, exported.lifting());
            Optional<String> postReturn = contract.postReturn(exported.key(), exported.function());
            // where there is a post-return, it belongs to the task
            Optional<TaskMoment> end = Optional.of(TaskMoment.SYNC_FINISH).filter(_ -> postReturn.isEmpty());
            switch (exported.lifting()) {
                case SYNC -> wrap(part.ref(), name, core, Optional.of(TaskMoment.SYNC_START), end, false);
                case ASYNC -> wrap(part.ref(), name, core, Optional.of(TaskMoment.ASYNC_START), Optional.empty(), true);
                case ASYNC_STACKFUL ->
                    wrap(
                            part.ref(),
                            name,
                            core,
                            Optional.of(TaskMoment.ASYNC_START),
                            Optional.of(TaskMoment.ASYNC_FINISH),
                            false);
            }
            postReturn.ifPresent(export -> wrap(
                    part.ref(),
                    export,
                    plan.signatures.postReturn(type),
                    Optional.empty(),
                    Optional.of(TaskMoment.SYNC_FINISH),
                    false));
            contract.callback(exported.key(), exported.function())
                    .ifPresent(callback -> wrap(
                            part.ref(),
                            callback,
                            Signatures.i32s(3, 1),
                            Optional.of(TaskMoment.ASYNC_RESUME),
                            Optional.empty(),
                            true));
        });
    }

    private void addReallocs(Part part) {
        part.contract().exports().forEach((name, offer) -> {
            if (offer == Offer.Service.REALLOC
                    || offer == Offer.Service.EXPORT_REALLOC
                    || offer == Offer.Service.IMPORT_REALLOC) {
                int position = wrap(
                        part.ref(),
                        name,
                        plan.signatures.realloc(),
                        Optional.of(TaskMoment.REALLOC_START),
                        Optional.of(TaskMoment.REALLOC_FINISH),
                        false);
                reallocs.put(new Reallocs.Source(part.ref(), name), position);
            }
        });
    }

    private int wrap(
            ModuleRef module,
            String name,
            FuncType type,
            Optional<TaskMoment> start,
            Optional<TaskMoment> end,
            boolean byCode) {
        int wrapped = fixup.function(new Fixup.Source.Instance(module), name, type);
        return fixup.hook(new Fixup.Hooked(
                fixup.module().type(type), hook, wrapped, name, Optional.of(module), start, end, byCode));
    }
}
