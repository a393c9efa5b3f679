package tenon.make.names;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tenon.component.Canon;
import tenon.component.Sort;
import tenon.make.MakeException;
import tenon.make.world.PayloadTypes;
import tenon.make.world.Signatures;
import tenon.types.component.FunctionType;
import tenon.types.core.ExternType;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.Module;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;

/** Finds out what a module's imports stand for. */
record ImportReader(Surroundings around) {
    private static final String MAIN_MODULE = "__main_module__";
    private static final String ENVIRONMENT = "env";

    /** An import that no library's arguments meet; {@code name} is its second name, as it was written. */
    Requirement read(Module module, Module.Import imported, String name) {
        if (imported.module().equals(ENVIRONMENT)
                && name.equals("memory")
                && imported.type() instanceof MemoryType memory) {
            return new Requirement.Memory(memory);
        }
        if (imported.module().equals(MAIN_MODULE)) {
            return new Requirement.MainExport(name, sort(imported.type()));
        }
        if (!(imported.type() instanceof FuncTypeUse(int index))) {
            throw new MakeException("it is a "
                    + sort(imported.type()).toString().substring("core ".length()) + ", expected a function");
        }
        var type = (FuncType) module.compositeType(index);
        if (around.adapters().contains(imported.module())) {
            return new Requirement.AdapterExport(imported.module(), name, type);
        }
        Surroundings.Schemed schemed = around.schemed(imported.module());
        return read(schemed.scheme(), schemed.name(), name, type);
    }

    static Sort sort(ExternType type) {
        return switch (type) {
            case FuncTypeUse _ -> Sort.CORE_FUNC;
            case TableType _ -> Sort.CORE_TABLE;
            case MemoryType _ -> Sort.CORE_MEMORY;
            case GlobalType _ -> Sort.CORE_GLOBAL;
            case TagType _ -> Sort.CORE_TAG;
        };
    }

    static void check(String name, FuncType expected, FuncType found) {
        if (!expected.equals(found)) {
            throw new MakeException("function `" + name + "` has type `" + found + "`, expected `" + expected + "`");
        }
    }

    private Requirement read(NameScheme scheme, String module, String name, FuncType type) {
        if (module.equals(scheme.root())) {
            return root(scheme, name, type);
        }
        if (module.equals(ENVIRONMENT)) {
            Optional<Requirement> found = scheme.environment(name, type);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (module.equals(scheme.exportedPrefix() + scheme.root())) {
            Optional<Requirement> found = builtin(scheme, Optional.empty(), name, type, false);
            if (found.isPresent()) {
                return found.get();
            }
        }
        String rest = LegacyNames.withoutStart(module, scheme.interfacePrefix())
                .orElseThrow(() -> new MakeException("`" + module + "` names no interface and no built-in"));
        Optional<String> exported = LegacyNames.withoutStart(rest, scheme.exportedPrefix());
        return exported.isPresent()
                ? ofExport(scheme, exported.get(), name, type)
                : ofInterface(scheme, rest, name, type);
    }

    private Requirement root(NameScheme scheme, String name, FuncType type) {
        Optional<NameScheme.Builtin> known = scheme.builtin(name);
        if (known.isPresent()) {
            check(name, known.get().type(around.signatures()), type);
            return known.get().requirement();
        }
        NameScheme.Lowered lowered = scheme.lowered(name);
        var key = new World.Key.Plain(lowered.name());
        World.Item item = around.world().imports().get(key);
        if (item instanceof World.Item.OfFunction(Function function)) {
            FunctionType imported = around.signatures().imported(key, function);
            check(name, around.signatures().lowered(imported, lowered.async()), type);
            return new Requirement.WorldFunction(key, function, lowered.async());
        }
        return builtin(scheme, Optional.empty(), name, type, true)
                .orElseThrow(() -> new MakeException(
                        item == null
                                ? "the world imports no function `" + name + "`"
                                : "`" + name + "` is a " + item.word() + " of the world, expected a func"));
    }

    private Requirement ofExport(NameScheme scheme, String module, String name, FuncType type) {
        NameScheme.Named named = find(scheme, around.world().exports(), module, "exports");
        return builtin(scheme, Optional.of(named), name, type, false)
                .orElseThrow(() ->
                        new MakeException("`" + name + "` is no built-in of what interface `" + module + "` exports"));
    }

    private Requirement ofInterface(NameScheme scheme, String module, String name, FuncType type) {
        NameScheme.Named named = find(scheme, around.world().imports(), module, "imports");
        NameScheme.Lowered lowered = scheme.lowered(name);
        Function function = around.graph().get(named.id()).functions().get(lowered.name());
        if (function != null) {
            FunctionType imported = around.signatures().imported(named.key(), function);
            check(name, around.signatures().lowered(imported, lowered.async()), type);
            return new Requirement.InterfaceFunction(named.key(), named.id(), function, lowered.async());
        }
        return builtin(scheme, Optional.of(named), name, type, true)
                .orElseThrow(() -> new MakeException("interface `" + module + "` has no function `" + name + "`"));
    }

    private NameScheme.Named find(
            NameScheme scheme, Map<World.Key, World.Item> items, String module, String direction) {
        return scheme.interfaceNamed(around.graph(), items, module)
                .orElseThrow(() -> new MakeException("the world " + direction + " no interface `" + module + "`"
                        + (module.indexOf(':') < 0 ? ", and no adapter of this name is given" : "")));
    }

    /** A built-in of a resource or function, in an interface or the world itself. */
    private Optional<Requirement> builtin(
            NameScheme scheme, Optional<NameScheme.Named> named, String name, FuncType type, boolean imported) {
        for (var operation : Requirement.ExportedResource.Operation.values()) {
            boolean drop = operation == Requirement.ExportedResource.Operation.DROP;
            Optional<String> resource = scheme.resource(operation, name).filter(_ -> drop || !imported);
            Optional<TypeId> id = resource.flatMap(text -> resource(named, text));
            if (id.isPresent()) {
                check(name, Signatures.i32s(1, drop ? 0 : 1), type);
                World.Key key =
                        named.map(NameScheme.Named::key).orElseGet(() -> new World.Key.Plain(resource.orElseThrow()));
                return Optional.of(
                        imported
                                ? new Requirement.ImportedResourceDrop(key, named.map(NameScheme.Named::id), id.get())
                                : new Requirement.ExportedResource(operation, id.get()));
            }
        }
        if (!imported) {
            Optional<Requirement> task = task(scheme, named, name, type);
            if (task.isPresent()) {
                return task;
            }
        }
        return scheme.payload(name).flatMap(payload -> payload(payload, named, name, type, imported));
    }

    private Optional<Requirement> task(
            NameScheme scheme, Optional<NameScheme.Named> named, String name, FuncType type) {
        if (scheme.isTaskCancel(name)) {
            check(name, Signatures.i32s(0, 0), type);
            return Optional.of(new Requirement.Builtin(new Canon.TaskCancel(0)));
        }
        return scheme.taskReturn(name).map(text -> {
            Function function = function(named, text, false)
                    .orElseThrow(() -> new MakeException("the world exports no function `" + text + "`"));
            World.Key key = named.map(NameScheme.Named::key).orElseGet(() -> new World.Key.Plain(text));
            check(name, around.signatures().taskReturn(around.signatures().exported(key, function)), type);
            return new Requirement.TaskReturn(key, named.map(NameScheme.Named::id), function);
        });
    }

    private Optional<TypeId> resource(Optional<NameScheme.Named> named, String name) {
        PackageGraph graph = around.graph();
        if (named.isPresent()) {
            return StandardNames.resource(graph, graph.get(named.get().id()), name);
        }
        return around.world().imports().get(new World.Key.Plain(name)) instanceof World.Item.OfType(TypeId id)
                        && graph.get(id).kind() instanceof TypeKind.Resource
                ? Optional.of(id)
                : Optional.empty();
    }

    private Optional<Function> function(Optional<NameScheme.Named> named, String name, boolean imported) {
        if (named.isPresent()) {
            InterfaceId id = named.get().id();
            return Optional.ofNullable(around.graph().get(id).functions().get(name));
        }
        var items = imported ? around.world().imports() : around.world().exports();
        return items.get(new World.Key.Plain(name)) instanceof World.Item.OfFunction(Function function)
                ? Optional.of(function)
                : Optional.empty();
    }

    private Optional<Requirement> payload(
            NameScheme.PayloadName parsed,
            Optional<NameScheme.Named> named,
            String name,
            FuncType type,
            boolean imported) {
        Optional<Payload.Use> use = Optional.empty();
        if (!parsed.index().equals("unit")) {
            use = use(parsed, named, imported);
            if (use.isEmpty()) {
                return Optional.empty();
            }
        }
        check(name, type(parsed), type);
        World.Key key = named.map(NameScheme.Named::key).orElseGet(() -> new World.Key.Plain(parsed.function()));
        String text = parsed.async() ? name.substring("[async-lower]".length()) : name;
        var payload = new Payload(text, parsed.kind(), key, named.map(NameScheme.Named::id), imported, use);
        return Optional.of(new Requirement.Stream(payload, parsed.operation(), parsed.async()));
    }

    private Optional<Payload.Use> use(
            NameScheme.PayloadName parsed, Optional<NameScheme.Named> named, boolean imported) {
        Optional<Function> found = function(named, parsed.function(), imported);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Function function = found.get();
        World.Key key = named.map(NameScheme.Named::key).orElseGet(() -> new World.Key.Plain(parsed.function()));
        FunctionType type = imported
                ? around.signatures().imported(key, function)
                : around.signatures().exported(key, function);
        var ids = PayloadTypes.of(around.graph(), function);
        var values = Signatures.payloads(type);
        int index = Integer.parseInt(parsed.index());
        return index < ids.size()
                ? Optional.of(
                        new Payload.Use(function.name(), ids.get(index), Objects.requireNonNull(values.get(index))))
                : Optional.empty();
    }

    private FuncType type(NameScheme.PayloadName parsed) {
        Signatures signatures = around.signatures();
        return switch (parsed.operation()) {
            case NEW -> new FuncType(List.of(), List.of(NumType.I64));
            case READ, WRITE ->
                parsed.kind() == Payload.Kind.STREAM ? signatures.streamCopy() : signatures.futureCopy();
            case FORWARD -> Signatures.i32s(2, 0);
            case CANCEL_READ, CANCEL_WRITE -> Signatures.i32s(1, 1);
            case DROP_READABLE, DROP_WRITABLE -> Signatures.i32s(1, 0);
        };
    }
}
