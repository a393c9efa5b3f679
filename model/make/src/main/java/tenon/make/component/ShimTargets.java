package tenon.make.component;

import java.util.List;
import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.CoreTypeDefinition;
import tenon.component.Sort;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.names.Offer;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;

/** What shims stand for, once all modules are instantiated. */
record ShimTargets(Assembly assembly) {

    int target(Shim shim) {
        return switch (shim.kind()) {
            case Shim.Kind.Lowered lowered -> lower(shim, lowered);
            case Shim.Kind.Adapter(String adapter, String function) ->
                assembly.function(ModuleRef.of(adapter), function);
            case Shim.Kind.Destructor(ModuleRef module, String export) -> assembly.function(module, export);
            case Shim.Kind.Realloc(ModuleRef module, String export) -> assembly.function(module, export);
            case Shim.Kind.Transfer transfer ->
                new Transfers(assembly).define(transfer, Reallocs.Site.AFTER_INSTANTIATION);
            case Shim.Kind.Wait(boolean poll) -> ModuleImports.wait(assembly, poll);
            case Shim.Kind.TaskReturn task -> {
                // `task.return` takes no realloc; the alias stands here, as other tools have it, for what comes next
                new Reallocs(assembly.plan)
                        .ofImports(task.module())
                        .ifPresent(export -> assembly.function(task.module(), export));
                var result = ModuleImports.result(assembly, task.id(), task.function());
                CanonicalOptions options =
                        shim.options().toCanonical(task.encoding(), assembly.memory, Optional.empty());
                yield ModuleImports.taskReturn(assembly, shim.options(), options, result);
            }
            case Shim.Kind.ErrorContextNew(StringEncoding encoding) ->
                ModuleImports.errorContextNew(assembly, encoding);
            case Shim.Kind.ErrorContextDebugMessage(ModuleRef module, StringEncoding encoding) -> {
                CanonicalOptions options =
                        shim.options().toCanonical(encoding, assembly.memory, realloc(module, shim.options()));
                yield assembly.out.canonWithEncoding(new Canon.ErrorContextDebugMessage(options, 0));
            }
            case Shim.Kind.ThreadNewIndirect _ -> threadNewIndirect();
        };
    }

    private Optional<Integer> realloc(ModuleRef module, Options options) {
        return assembly.realloc(
                module, Reallocs.Site.AFTER_INSTANTIATION, options, new Reallocs(assembly.plan).ofImports(module));
    }

    private int lower(Shim shim, Shim.Kind.Lowered lowered) {
        int function = ModuleImports.function(
                assembly, assembly.plan.group(lowered.group()), lowered.use().name());
        Optional<Integer> realloc = realloc(lowered.module(), shim.options());
        CanonicalOptions options = shim.options().toCanonical(lowered.encoding(), assembly.memory, realloc);
        return ModuleImports.lower(assembly, function, shim.options(), options, shim.label());
    }

    /** The function that a thread starts with takes one number. */
    private int threadNewIndirect() {
        var start = new FuncType(List.of(NumType.I32), List.of());
        int type = assembly.out.add(new CoreTypeDefinition.Group(new RecGroup(List.of(SubType.of(start))), 0));
        assembly.out.name(Sort.CORE_TYPE, type, "thread-start");
        String export = assembly.plan
                .main()
                .contract()
                .service(Offer.Service.FUNCTION_TABLE)
                .orElseThrow(() -> new MakeException("the main module exports no table of functions, expected"
                        + " `__indirect_function_table`, which `thread.new-indirect` calls through"));
        int table = assembly.coreExport(assembly.instance(ModuleRef.MAIN), export, Sort.CORE_TABLE);
        return assembly.out.add(new Canon.ThreadNewIndirect(type, table, 0));
    }
}
