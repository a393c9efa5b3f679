package tenon.make.component;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.make.MakeException;
import tenon.make.names.ModuleContract;
import tenon.make.names.Offer;
import tenon.make.names.Payload;
import tenon.make.names.Requirement;
import tenon.make.world.Signatures;
import tenon.types.component.FunctionType;
import tenon.types.core.FuncType;
import tenon.wit.Function;
import tenon.wit.World;

/** All shims that a component needs, in order. Confined to one run. */
final class Shims {
    private final Plan plan;
    private final Reallocs reallocs;
    private final SequencedMap<Shim.Kind, Shim> all = new LinkedHashMap<>();

    Shims(Plan plan) {
        this.plan = plan;
        this.reallocs = new Reallocs(plan);
        plan.parts.values().forEach(this::collect);
    }

    SequencedMap<Shim.Kind, Shim> all() {
        return all;
    }

    boolean has(Shim.Kind kind) {
        return all.containsKey(kind);
    }

    Shim get(Shim.Kind kind) {
        return Objects.requireNonNull(all.get(kind), kind::toString);
    }

    private void add(Shim.Kind kind, String label, Options options, FuncType type) {
        all.putIfAbsent(kind, new Shim(kind, Integer.toString(all.size()), label, options, type));
    }

    private void addRealloc(Part part, Reallocs.Site site, Options options, Optional<String> own) {
        if (options.realloc() && reallocs.needsShim(site)) {
            reallocs.source(part.ref(), own)
                    .ifPresent(source -> add(
                            new Shim.Kind.Realloc(source.module(), source.export()),
                            "realloc-" + source.module() + "-" + source.export(),
                            Options.NONE,
                            plan.signatures.realloc()));
        }
    }

    private void collect(Part part) {
        part.contract().imports().forEach((module, group) -> {
            if (group instanceof ModuleContract.Imports.Each each) {
                each.names().forEach((name, requirement) -> collect(part, module, name, requirement));
            }
        });
        for (Map.Entry<String, Offer> export : part.contract().exports().entrySet()) {
            if (export.getValue() instanceof Offer.Destructor(var resource)) {
                add(
                        new Shim.Kind.Destructor(part.ref(), export.getKey()),
                        "dtor-" + plan.graph.get(resource).name().orElseThrow(),
                        Options.NONE,
                        Signatures.i32s(1, 0));
            }
        }
    }

    private void collect(Part part, String module, String name, Requirement requirement) {
        switch (requirement) {
            case Requirement.WorldFunction f ->
                collect(part, module, name, f.key(), Optional.empty(), f.function(), f.async());
            case Requirement.InterfaceFunction f -> {
                Optional<String> group = Optional.of(plan.graph.name(f.key()));
                collect(part, module, name, f.key(), group, f.function(), f.async());
            }
            case Requirement.TaskReturn task -> taskReturn(part, task);
            case Requirement.Stream stream -> transfer(part, module, stream);
            case Requirement.Wait(boolean poll) -> {
                if (!plan.memoryIsImported()) {
                    String label = poll ? "waitable-set.poll" : "waitable-set.wait";
                    add(new Shim.Kind.Wait(poll), label, Options.NONE, plan.signatures.waitableSetWait());
                }
            }
            case Requirement.ErrorContextNew(StringEncoding encoding) -> {
                if (!plan.memoryIsImported()) {
                    var options = new Options(true, false, true, false);
                    add(
                            new Shim.Kind.ErrorContextNew(encoding),
                            "error-new",
                            options,
                            plan.signatures.errorContextNew());
                }
            }
            case Requirement.ErrorContextDebugMessage(StringEncoding encoding) -> {
                var options = new Options(true, true, true, false);
                var kind = new Shim.Kind.ErrorContextDebugMessage(part.ref(), encoding);
                add(kind, "error-debug-message", options, plan.signatures.errorContextDebugMessage());
                addRealloc(part, Reallocs.Site.AFTER_INSTANTIATION, options, reallocs.ofImports(part.ref()));
            }
            case Requirement.ThreadNewIndirect _ ->
                add(new Shim.Kind.ThreadNewIndirect(), "thread.new-indirect", Options.NONE, Signatures.i32s(2, 1));
            case Requirement.AdapterExport(String adapter, String function, FuncType type) ->
                add(new Shim.Kind.Adapter(adapter, function), "adapt-" + module + "-" + name, Options.MEMORY, type);
            case Requirement.ImportedResourceDrop _,
                    Requirement.ExportedResource _,
                    Requirement.Memory _,
                    Requirement.MainExport _,
                    Requirement.Item _,
                    Requirement.Builtin _,
                    Requirement.TlsBase _ -> {}
        }
    }

    private void collect(
            Part part,
            String module,
            String name,
            World.Key key,
            Optional<String> group,
            Function function,
            boolean async) {
        var use = ImportGroup.Use.of(function.name(), async);
        switch (Objects.requireNonNull(plan.group(group).lowerings().get(use))) {
            case Lowering.ResourceDrop _ -> {}
            case Lowering.Direct(Options options) ->
                addRealloc(part, Reallocs.Site.BEFORE_INSTANTIATION, options, reallocs.ofImports(part.ref()));
            case Lowering.Indirect(FuncType type, Options options) -> {
                var kind = new Shim.Kind.Lowered(group, use, part.ref(), encoding(plan, part, key, function));
                add(kind, "indirect-" + module + "-" + name, options, type);
                addRealloc(part, Reallocs.Site.AFTER_INSTANTIATION, options, reallocs.ofImports(part.ref()));
            }
        }
    }

    /** How a module has the strings of a function that it imports. */
    static StringEncoding encoding(Plan plan, Part part, World.Key key, Function function) {
        return part.importEncodings()
                .get(plan.graph, key, function.name())
                .orElseThrow(() -> new MakeException("the types that module `" + part.ref()
                        + "` brings along do not have function `" + function.name() + "`, which it imports"));
    }

    /** How a module has the strings of a function that it exports. */
    static StringEncoding exportEncoding(Plan plan, Part part, World.Key key, Function function) {
        return part.exportEncodings()
                .get(plan.graph, key, function.name())
                .orElseThrow(() -> new MakeException("the types that module `" + part.ref()
                        + "` brings along do not have function `" + function.name() + "`, which it exports"));
    }

    static Shim.Kind taskReturn(Plan plan, Part part, Requirement.TaskReturn task) {
        StringEncoding encoding = exportEncoding(plan, part, task.key(), task.function());
        return new Shim.Kind.TaskReturn(part.ref(), task.key(), task.id(), task.function(), encoding);
    }

    private void taskReturn(Part part, Requirement.TaskReturn task) {
        FunctionType type = plan.signatures.exported(task.key(), task.function());
        Options options = Options.taskReturn(type);
        if (!options.isNone() && !plan.memoryIsImported()) {
            add(
                    taskReturn(plan, part, task),
                    "task-return-" + task.function().name(),
                    options,
                    plan.signatures.taskReturn(type));
        }
    }

    static Options transfer(Payload payload, Payload.Operation operation, boolean async) {
        boolean read = operation == Payload.Operation.READ;
        return payload.use()
                .map(use -> Options.transfer(use.value(), read, async))
                .orElseGet(() -> Options.transfer(async));
    }

    private void transfer(Part part, String module, Requirement.Stream stream) {
        Payload payload = stream.payload();
        if (!stream.operation().transfers()) {
            return;
        }
        Options options = transfer(payload, stream.operation(), stream.async());
        if (!options.realloc() && plan.memoryIsImported()) {
            return;
        }
        FuncType type =
                payload.kind() == Payload.Kind.STREAM ? plan.signatures.streamCopy() : plan.signatures.futureCopy();
        var kind = new Shim.Kind.Transfer(part.ref(), payload, stream.operation(), stream.async());
        add(kind, module + "-" + payload.name(), options, type);
        addRealloc(part, Reallocs.Site.AFTER_INSTANTIATION, options, reallocs.ofPayload(part.ref(), payload));
    }
}
