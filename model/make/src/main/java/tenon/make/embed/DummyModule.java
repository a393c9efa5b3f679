package tenon.make.embed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tenon.make.MakeException;
import tenon.make.core.Body;
import tenon.make.core.ModuleBuilder;
import tenon.make.world.JoinedWorld;
import tenon.make.world.Lifting;
import tenon.make.world.PayloadTypes;
import tenon.make.world.Signatures;
import tenon.types.component.FunctionType;
import tenon.types.component.PointerType;
import tenon.types.core.FuncType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.Opcode;
import tenon.wit.Function;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;
import tenon.wit.WorldId;

/** A core module that imports all that a world imports, exports all that it exports, and traps. Confined to one run. */
public final class DummyModule {
    private static final FuncType THUNK = new FuncType(List.of(), List.of());

    private final PackageGraph graph;
    private final Signatures signatures;
    private final DummyNames names;
    private final ModuleBuilder out = new ModuleBuilder();

    private DummyModule(PackageGraph graph, boolean standard, Lifting lifting) {
        this.graph = graph;
        this.signatures = Signatures.of(graph, PointerType.I32);
        this.names = new DummyNames(graph, standard, lifting);
    }

    /**
     * The module of a world, without the world's type.
     *
     * @param standard whether names are those of BuildTargets.md, which has none for what is async
     */
    public static byte[] of(PackageGraph graph, WorldId world, boolean standard, Form form) {
        if (standard && form != Form.SYNC) {
            throw new MakeException("standard names have no form for async functions, expected legacy names");
        }
        Lifting lifting = switch (form) {
            case SYNC -> Lifting.SYNC;
            case CALLBACK -> Lifting.ASYNC;
            case STACKFUL -> Lifting.ASYNC_STACKFUL;
        };
        var joined = new JoinedWorld();
        joined.join(graph, world);
        return new DummyModule(joined.graph(), standard, lifting).write();
    }

    /** How async functions are exported. */
    public enum Form {
        /** As if they were not. */
        SYNC,
        CALLBACK,
        STACKFUL
    }

    private byte[] write() {
        World world = graph.get(JoinedWorld.ID);
        world.imports().forEach(this::importItem);
        if (names.lifting() != Lifting.SYNC) {
            importTaskBuiltins();
        }
        world.exports().forEach(this::importForExport);
        world.exports().forEach(this::export);
        var empty = new Limits(Limits.AddressType.I32, 0, OptionalLong.empty());
        out.export(names.service("memory"), ExternKind.MEMORY, out.memory(new MemoryType(empty)));
        define(names.service("realloc"), signatures.realloc(), true);
        define(names.service("initialize"), THUNK, false);
        return out.toByteArray();
    }

    private void importItem(World.Key key, World.Item item) {
        switch (item) {
            case World.Item.OfFunction(Function function) -> importFunction(key, Optional.empty(), function);
            case World.Item.OfType(TypeId type) -> importDrop(Optional.empty(), type);
            case World.Item.OfInterface named -> {
                graph.get(named.id()).functions().values().forEach(each -> importFunction(key, Optional.of(key), each));
                graph.get(named.id()).types().values().forEach(each -> importDrop(Optional.of(key), each));
            }
        }
    }

    private void importFunction(World.Key key, Optional<World.Key> owner, Function function) {
        boolean async = names.lifting(function) != Lifting.SYNC;
        FunctionType type = signatures.imported(key, function);
        imported(names.imported(owner, function), signatures.lowered(type, async));
        if (async) {
            importPayloads(owner, function, false);
        }
    }

    private void imported(DummyNames.Pair pair, FuncType type) {
        out.importFunction(pair.module(), pair.name(), out.type(type));
    }

    private Optional<String> resource(TypeId type) {
        return graph.get(type).kind() instanceof TypeKind.Resource
                ? graph.get(type).name()
                : Optional.empty();
    }

    private void importDrop(Optional<World.Key> owner, TypeId type) {
        resource(type).ifPresent(name -> imported(names.resource(owner, name, "drop", false), Signatures.i32s(1, 0)));
    }

    private void importPayloads(Optional<World.Key> owner, Function function, boolean exported) {
        List<TypeId> payloads = PayloadTypes.of(graph, function);
        for (int i = 0; i < payloads.size(); i++) {
            boolean stream = graph.get(payloads.get(i)).kind() instanceof TypeKind.Stream;
            String kind = stream ? "stream" : "future";
            FuncType transfer = stream ? signatures.streamCopy() : signatures.futureCopy();
            payload(owner, function, exported, kind + "-new-" + i, "", new FuncType(List.of(), List.of(NumType.I64)));
            payload(owner, function, exported, kind + "-cancel-read-" + i, "", Signatures.i32s(1, 1));
            payload(owner, function, exported, kind + "-cancel-write-" + i, "", Signatures.i32s(1, 1));
            payload(owner, function, exported, kind + "-drop-readable-" + i, "", Signatures.i32s(1, 0));
            payload(owner, function, exported, kind + "-drop-writable-" + i, "", Signatures.i32s(1, 0));
            payload(owner, function, exported, kind + "-read-" + i, "[async-lower]", transfer);
            payload(owner, function, exported, kind + "-write-" + i, "[async-lower]", transfer);
        }
    }

    private void payload(
            Optional<World.Key> owner,
            Function function,
            boolean exported,
            String builtin,
            String prefix,
            FuncType type) {
        imported(names.builtin(owner, function, prefix + "[" + builtin + "]", exported), type);
    }

    private void importTaskBuiltins() {
        imported(new DummyNames.Pair("[export]$root", "[task-cancel]"), THUNK);
        root("backpressure-inc", 0, 0);
        root("backpressure-dec", 0, 0);
        root("waitable-set-new", 0, 1);
        root("waitable-set-wait", 2, 1);
        root("waitable-set-poll", 2, 1);
        root("waitable-set-drop", 1, 0);
        root("waitable-join", 2, 0);
        root("thread-yield", 0, 1);
        root("subtask-drop", 1, 0);
        root("subtask-cancel", 1, 1);
        root("context-get-0", 0, 1);
        root("context-set-0", 1, 0);
    }

    private void root(String builtin, int params, int results) {
        imported(new DummyNames.Pair("$root", "[" + builtin + "]"), Signatures.i32s(params, results));
    }

    /** Built-ins of what is exported. */
    private void importForExport(World.Key key, World.Item item) {
        switch (item) {
            case World.Item.OfFunction(Function function) -> importTask(key, Optional.empty(), function);
            case World.Item.OfInterface named -> {
                graph.get(named.id()).functions().values().forEach(each -> importTask(key, Optional.of(key), each));
                graph.get(named.id())
                        .types()
                        .values()
                        .forEach(type -> resource(type).ifPresent(name -> {
                            imported(names.resource(Optional.of(key), name, "drop", true), Signatures.i32s(1, 0));
                            imported(names.resource(Optional.of(key), name, "new", true), Signatures.i32s(1, 1));
                            imported(names.resource(Optional.of(key), name, "rep", true), Signatures.i32s(1, 1));
                        }));
            }
            case World.Item.OfType _ -> throw new AssertionError("worlds export no types");
        }
    }

    private void importTask(World.Key key, Optional<World.Key> owner, Function function) {
        if (names.lifting() != Lifting.SYNC) {
            FunctionType type = signatures.exported(key, function);
            imported(names.builtin(owner, function, "[task-return]", true), signatures.taskReturn(type));
            importPayloads(owner, function, true);
        }
    }

    private void export(World.Key key, World.Item item) {
        switch (item) {
            case World.Item.OfFunction(Function function) -> export(key, Optional.empty(), function);
            case World.Item.OfInterface named -> {
                graph.get(named.id()).functions().values().forEach(each -> export(key, Optional.of(key), each));
                graph.get(named.id())
                        .types()
                        .values()
                        .forEach(type -> resource(type)
                                .ifPresent(name -> define(names.destructor(key, name), Signatures.i32s(1, 0), false)));
            }
            case World.Item.OfType _ -> throw new AssertionError("worlds export no types");
        }
    }

    private void export(World.Key key, Optional<World.Key> owner, Function function) {
        FunctionType type = signatures.exported(key, function);
        Lifting lifting = names.lifting(function);
        String name = names.exported(owner, function);
        define(name, signatures.lifted(type, lifting), true);
        switch (lifting) {
            case SYNC -> define(names.postReturn(owner, function), signatures.postReturn(type), false);
            case ASYNC -> define("[callback]" + name, Signatures.i32s(3, 1), true);
            case ASYNC_STACKFUL -> {}
        }
    }

    private void define(String name, FuncType type, boolean traps) {
        var body = traps ? new Body().op(Opcode.UNREACHABLE) : new Body();
        out.export(name, ExternKind.FUNCTION, out.function(out.type(type), body.toBody()));
    }
}
