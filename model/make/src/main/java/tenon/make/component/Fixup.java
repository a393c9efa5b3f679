package tenon.make.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.core.Body;
import tenon.make.core.ModuleBuilder;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.Opcode;

/**
 * The module that is instantiated last: it fills the shims, and its start function calls what is to be called once all is there. Confined
 * to one run.
 */
public final class Fixup {
    /** The table of the shim module. */
    static final String TABLE = "$imports";

    /** What it imports from. */
    public sealed interface Source {
        /** The shims. */
        record Shims() implements Source {}

        /** What the shims stand for. */
        record Actual() implements Source {}

        /** A module. */
        record Instance(ModuleRef module) implements Source {}

        /** The main module. */
        Source MAIN = new Instance(ModuleRef.MAIN);
    }

    /** What fills a shim. */
    sealed interface Fill {
        record Imported(int function) implements Fill {}

        record Destructor(int function) implements Fill {}

        record Realloc(ModuleRef module, String export, int function) implements Fill {}

        /** A function of this module, by its place among them. */
        record Defined(int position) implements Fill {}
    }

    /** What the start function does. */
    sealed interface Action {
        /** Puts a function into a global. */
        record Fills(int declared, int global) implements Action {}

        record Call(int function) implements Action {}

        record Hook(int function, TaskMoment moment) implements Action {}

        /** Adds a base and an offset, both globals, and stores the sum in memory 0. */
        record StoreAddress(int base, int offset, int address) implements Action {}

        /** Adds a base and an offset, both globals, and puts the sum into another. */
        record SetAddress(int base, int offset, int global) implements Action {}
    }

    /**
     * A function of this module that calls another between calls of the task hook.
     *
     * @param byCode whether what it returns says what the end is: CanonicalABI.md, {@code CallbackCode}
     */
    record Hooked(
            int type,
            int hook,
            int wrapped,
            String name,
            Optional<ModuleRef> replaces,
            Optional<TaskMoment> start,
            Optional<TaskMoment> end,
            boolean byCode) {}

    private final ModuleBuilder module = new ModuleBuilder();
    private final SequencedMap<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Integer> imported = new LinkedHashMap<>();
    private final List<Fill> inTable = new ArrayList<>();
    private final List<Fill> declared = new ArrayList<>();
    private final List<Action> first = new ArrayList<>();
    private final List<Action> last = new ArrayList<>();
    private final List<Hooked> hooked = new ArrayList<>();
    private boolean fillsMore;

    Fixup() {}

    /** What it imports from, by name, in order. */
    SequencedMap<String, Source> sources() {
        return sources;
    }

    /** The functions that it exports as {@code hook} and their number, or has for its own use. */
    List<Hooked> hooked() {
        return hooked;
    }

    ModuleBuilder module() {
        return module;
    }

    private String source(Source source) {
        String name = switch (source) {
            case Source.Shims _ -> "shim";
            case Source.Actual _ -> "actual";
            case Source.Instance(ModuleRef ref) -> ref.toString();
        };
        Source known = sources.putIfAbsent(name, source);
        if (known != null && !known.equals(source)) {
            throw new MakeException("module `" + name + "` has a name that is taken, expected another one");
        }
        return name;
    }

    private int known(Source source, String name) {
        return imported.getOrDefault(source(source) + "\0" + name, -1);
    }

    private int keep(Source source, String name, int index) {
        imported.put(source(source) + "\0" + name, index);
        return index;
    }

    /** A function type, which comes behind those that are there already. */
    public void type(FuncType type) {
        module.type(type);
    }

    /** An imported function; each once. */
    public int function(Source source, String name, FuncType type) {
        int known = known(source, name);
        return known >= 0 ? known : keep(source, name, module.importFunction(source(source), name, module.type(type)));
    }

    /** An imported global; each once. */
    public int global(Source source, String name, GlobalType type) {
        int known = known(source, name);
        return known >= 0 ? known : keep(source, name, module.importGlobal(source(source), name, type));
    }

    /** An imported table; each once. */
    public int table(Source source, String name, TableType type) {
        int known = known(source, name);
        return known >= 0 ? known : keep(source, name, module.importTable(source(source), name, type));
    }

    /** An imported memory; each once. */
    public int memory(Source source, String name, MemoryType type) {
        int known = known(source, name);
        return known >= 0 ? known : keep(source, name, module.importMemory(source(source), name, type));
    }

    /** Fills a table from an offset. */
    public void fillTable(int table, int offset, List<Integer> functions) {
        module.elements(table, new Body().i32(offset).toExpression(), functions);
        fillsMore = true;
    }

    /** Fills the memory from an offset. */
    public void fillMemory(int offset, byte[] bytes) {
        module.data(new Body().i32(offset).toExpression(), bytes);
        fillsMore = true;
    }

    /** At the start stores {@code base + offset}, both globals, at an address. */
    public void storeAddress(int base, int offset, int address) {
        first.add(new Action.StoreAddress(base, offset, address));
    }

    /** At the start puts {@code base + offset}, both globals, into a global. */
    public void setAddress(int base, int offset, int global) {
        first.add(new Action.SetAddress(base, offset, global));
    }

    /** At the start, in the order of addresses, calls a function. */
    public void callFirst(int function) {
        first.add(new Action.Call(function));
    }

    /** At the start, but after all addresses are there, calls a function. */
    public void call(int function) {
        last.add(new Action.Call(function));
    }

    void initialize(String export) {
        call(function(Source.MAIN, export, new FuncType(List.of(), List.of())));
    }

    void fill(Shim shim, boolean callRef) {
        int type = module.type(shim.type());
        int function = function(new Source.Actual(), shim.name(), shim.type());
        Fill fill = switch (shim.kind()) {
            case Shim.Kind.Realloc(ModuleRef ref, String export) -> new Fill.Realloc(ref, export, function);
            case Shim.Kind.Destructor _ -> new Fill.Destructor(function);
            case Shim.Kind.Lowered _,
                    Shim.Kind.Adapter _,
                    Shim.Kind.Transfer _,
                    Shim.Kind.Wait _,
                    Shim.Kind.TaskReturn _,
                    Shim.Kind.ErrorContextNew _,
                    Shim.Kind.ErrorContextDebugMessage _,
                    Shim.Kind.ThreadNewIndirect _ -> new Fill.Imported(function);
        };
        if (callRef) {
            var global = new GlobalType(new RefType(false, new HeapType.Defined(type)), true);
            first.add(new Action.Fills(declared.size(), global(new Source.Shims(), "g" + shim.name(), global)));
            declared.add(fill);
        } else {
            inTable.add(fill);
        }
    }

    /** Puts the task hook around the start function's calls. */
    void hookStart(int hook) {
        if (!last.isEmpty()) {
            last.addFirst(new Action.Hook(hook, TaskMoment.INITIALIZE_START));
            last.add(new Action.Hook(hook, TaskMoment.INITIALIZE_FINISH));
        }
    }

    /** Adds a function; gives its place among them. */
    int hook(Hooked function) {
        hooked.add(function);
        return hooked.size() - 1;
    }

    /** Puts the task hook around destructors and functions that allocate memory. */
    void hookFills(int hook, Map<Reallocs.Source, Integer> reallocs) {
        for (List<Fill> fills : List.of(inTable, declared)) {
            fills.replaceAll(fill -> switch (fill) {
                case Fill.Destructor(int function) ->
                    new Fill.Defined(hook(new Hooked(
                            module.type(List.of(NumType.I32), List.of()),
                            hook,
                            function,
                            "resource-dtor",
                            Optional.empty(),
                            Optional.of(TaskMoment.RESOURCE_DTOR_START),
                            Optional.of(TaskMoment.RESOURCE_DTOR_FINISH),
                            false)));
                case Fill.Realloc(ModuleRef ref, String export, int _) ->
                    new Fill.Defined(Objects.requireNonNull(reallocs.get(new Reallocs.Source(ref, export))));
                case Fill.Imported _, Fill.Defined _ -> fill;
            });
        }
    }

    /** The module; empty if there is nothing to do. */
    Optional<byte[]> encode() {
        if (first.isEmpty()
                && last.isEmpty()
                && inTable.isEmpty()
                && declared.isEmpty()
                && hooked.isEmpty()
                && !fillsMore) {
            return Optional.empty();
        }
        module.name("tenon:fixups");
        Optional<Integer> table = inTable.isEmpty() ? Optional.empty() : Optional.of(importTable());
        var functions = new ArrayList<Integer>();
        for (int i = 0; i < hooked.size(); i++) {
            functions.add(define(i, hooked.get(i)));
        }
        table.ifPresent(index -> module.elements(index, new Body().i32(0).toExpression(), resolve(inTable, functions)));
        List<Integer> referred = resolve(declared, functions);
        encodeStart(referred);
        if (!referred.isEmpty()) {
            module.declare(referred);
        }
        return Optional.of(module.toByteArray());
    }

    private int importTable() {
        var limits = new Limits(Limits.AddressType.I32, inTable.size(), OptionalLong.of(inTable.size()));
        return table(new Source.Shims(), TABLE, new TableType(limits, new RefType(true, HeapType.Abstract.FUNC)));
    }

    private static List<Integer> resolve(List<Fill> fills, List<Integer> defined) {
        return fills.stream()
                .map(fill -> switch (fill) {
                    case Fill.Imported(int function) -> function;
                    case Fill.Destructor(int function) -> function;
                    case Fill.Realloc realloc -> realloc.function();
                    case Fill.Defined(int position) -> defined.get(position);
                })
                .toList();
    }

    private int define(int position, Hooked function) {
        FuncType type = module.type(function.type());
        int params = type.params().size();
        var body = new Body();
        if (function.byCode()) {
            body.locals(1, NumType.I32);
        }
        function.start().ifPresent(moment -> body.i32(moment.ordinal()).op(Opcode.CALL, function.hook()));
        for (int i = 0; i < params; i++) {
            body.op(Opcode.LOCAL_GET, i);
        }
        body.op(Opcode.CALL, function.wrapped());
        if (function.byCode()) {
            body.op(Opcode.LOCAL_SET, params)
                    .i32(TaskMoment.ASYNC_BLOCK.ordinal())
                    .i32(TaskMoment.ASYNC_FINISH.ordinal())
                    .op(Opcode.LOCAL_GET, params)
                    .op(Opcode.SELECT)
                    .op(Opcode.CALL, function.hook())
                    .op(Opcode.LOCAL_GET, params);
        }
        function.end().ifPresent(moment -> body.i32(moment.ordinal()).op(Opcode.CALL, function.hook()));
        int index = module.function(function.type(), body.toBody());
        if (function.replaces().isPresent()) {
            module.export("hook" + position, ExternKind.FUNCTION, index);
        }
        module.functionName(index, "hook-" + function.name());
        return index;
    }

    private void encodeStart(List<Integer> referred) {
        if (first.isEmpty() && last.isEmpty()) {
            return;
        }
        if (first.isEmpty() && last.size() == 1 && last.getFirst() instanceof Action.Call(int function)) {
            module.start(function);
            return;
        }
        var body = new Body();
        for (List<Action> actions : List.of(first, last)) {
            actions.forEach(action -> write(body, action, referred));
        }
        int index = module.function(module.type(List.of(), List.of()), body.toBody());
        module.functionName(index, "start");
        module.start(index);
    }

    private static void write(Body body, Action action, List<Integer> referred) {
        switch (action) {
            case Action.Fills(int position, int global) ->
                body.op(Opcode.REF_FUNC, referred.get(position)).op(Opcode.GLOBAL_SET, global);
            case Action.Call(int function) -> body.op(Opcode.CALL, function);
            case Action.Hook(int function, TaskMoment moment) ->
                body.i32(moment.ordinal()).op(Opcode.CALL, function);
            case Action.StoreAddress(int base, int offset, int address) ->
                body.i32(address)
                        .op(Opcode.GLOBAL_GET, base)
                        .op(Opcode.GLOBAL_GET, offset)
                        .op(Opcode.I32_ADD)
                        .memory(Opcode.I32_STORE, 2);
            case Action.SetAddress(int base, int offset, int global) ->
                body.op(Opcode.GLOBAL_GET, base)
                        .op(Opcode.GLOBAL_GET, offset)
                        .op(Opcode.I32_ADD)
                        .op(Opcode.GLOBAL_SET, global);
        }
    }
}
