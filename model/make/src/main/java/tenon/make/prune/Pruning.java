package tenon.make.prune;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tenon.make.MakeException;
import tenon.make.core.ModuleBuilder;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.Module;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.ModuleDecoder;

/**
 * An adapter cut down to some of its exports and what they stand on. An adapter works in the main module's memory: a mutable global called
 * {@code __stack_pointer} gets a page of it before anything runs, and one called {@code allocation_state} says that this may wait until the
 * first call. Confined to one run.
 */
public final class Pruning {
    private static final String MAIN_MODULE = "__main_module__";
    private static final Set<String> REALLOCS = Set.of("canonical_abi_realloc", "cabi_realloc");
    private static final FuncType REALLOC =
            new FuncType(List.of(NumType.I32, NumType.I32, NumType.I32, NumType.I32), List.of(NumType.I32));
    private static final FuncType THUNK = new FuncType(List.of(), List.of());

    private final Module module;
    private final List<Module.Export> exports;
    private final Liveness live;
    private final Renumbering indices;
    private final Optional<String> mainRealloc;
    private final Map<Integer, String> globalNames;
    private final ModuleBuilder out = new ModuleBuilder();
    private Optional<Integer> realloc = Optional.empty();

    private Pruning(byte[] binary, Collection<String> kept, Optional<String> mainRealloc) {
        this.module = ModuleDecoder.decode(binary);
        this.exports = kept(module, kept);
        this.live = Liveness.of(module, exports);
        this.indices = new Renumbering(module);
        this.mainRealloc = mainRealloc;
        this.globalNames = GlobalNames.of(binary);
    }

    /**
     * The smaller module.
     *
     * @param kept exports, all of which are there
     * @param mainRealloc the main module's export that allocates memory; without it, pages come from {@code memory.grow}
     */
    public static byte[] run(byte[] binary, Collection<String> kept, Optional<String> mainRealloc) {
        return new Pruning(binary, kept, mainRealloc).run();
    }

    /** What goes leaves a gap that the last one fills. */
    private static List<Module.Export> kept(Module module, Collection<String> names) {
        var exports = new ArrayList<>(module.exports());
        for (Module.Export export : module.exports()) {
            if (!names.contains(export.name())) {
                Module.Export last = exports.removeLast();
                if (!last.equals(export)) {
                    exports.set(exports.indexOf(export), last);
                }
            }
        }
        return exports;
    }

    private byte[] run() {
        checkShape();
        out.keepNames();
        Liveness.each(live.types)
                .forEach(type -> indices.types.put(type, out.newType((FuncType) module.compositeType(type))));
        importOthers();
        importFunctions();
        Optional<Integer> stackPointer = global("__stack_pointer");
        Optional<Integer> state = global("allocation_state");
        if (mainRealloc.isPresent() && stackPointer.isPresent() && realloc.isEmpty()) {
            realloc = Optional.of(out.importFunction(MAIN_MODULE, mainRealloc.get(), out.newType(REALLOC)));
        }
        numberDefined();
        boolean lazy = stackPointer.isPresent() && state.isPresent() && mainRealloc.isPresent();
        defineFunctions(lazy, stackPointer, state);
        if (stackPointer.isPresent() && (realloc.isEmpty() || state.isEmpty())) {
            realloc = Optional.of(out.function(out.newType(REALLOC), PageAllocation.realloc(pageSizeLog2())));
            out.functionName(realloc.get(), "realloc_via_memory_grow");
        }
        if (stackPointer.isPresent() && !lazy && !live.memories.isEmpty()) {
            int start = out.function(
                    out.type(THUNK), PageAllocation.stack(realloc.orElseThrow(), stackPointer.get(), state));
            out.functionName(start, "allocate_stack");
            out.start(start);
        }
        export();
        return out.toByteArray();
    }

    private void checkShape() {
        if (!module.data().isEmpty() || !module.elements().isEmpty()) {
            throw new MakeException("an adapter has data or elements, but nobody keeps a place for them");
        }
        if (module.start().isPresent()) {
            throw new MakeException("an adapter has a start function, but nothing runs in one before it is called");
        }
        if (!live.tables.isEmpty()) {
            throw new MakeException("an adapter uses a table, but nobody fills one");
        }
        int imported = module.spaces().memories().size() - module.memories().size();
        if (live.memories.cardinality() > 1 || live.memories.length() > imported) {
            throw new MakeException("an adapter defines a memory or has several, expected that it imports one");
        }
        if (live.memories.length() > 1) {
            throw new MakeException(
                    "an adapter uses its memory " + (live.memories.length() - 1) + ", expected the first");
        }
    }

    /** Of the memory that the adapter works in. */
    private int pageSizeLog2() {
        return module.spaces().memories().stream()
                .findFirst()
                .map(MemoryType::pageSizeLog2)
                .orElse(MemoryType.PAGE_SIZE_LOG2);
    }

    /** Memories, then globals; what is not imported is defined. */
    private void importOthers() {
        int memory = 0;
        for (Module.Import each : module.imports()) {
            if (each.type() instanceof MemoryType type && live.memories.get(memory++)) {
                out.importMemory(each.module(), each.name(), type);
            }
        }
        int global = 0;
        for (Module.Import each : module.imports()) {
            if (each.type() instanceof GlobalType type) {
                if (live.globals.get(global)) {
                    name(global, out.importGlobal(each.module(), each.name(), type));
                }
                global++;
            }
        }
        for (Module.Global each : module.globals()) {
            if (live.globals.get(global)) {
                name(global, out.global(each.type(), indices.expression(each.init())));
            }
            global++;
        }
    }

    private void name(int old, int index) {
        indices.globals.put(old, index);
        String known = globalNames.get(old);
        if (known != null) {
            out.globalName(index, known);
        }
    }

    private static boolean isRealloc(Module.Import imported) {
        return imported.module().equals(MAIN_MODULE) && REALLOCS.contains(imported.name());
    }

    private void importFunctions() {
        int function = 0;
        for (Module.Import each : module.imports()) {
            switch (each.type()) {
                case FuncTypeUse(int type) -> {
                    if (live.functions.get(function) && (!isRealloc(each) || mainRealloc.isPresent())) {
                        importFunction(each, function, type);
                    }
                    function++;
                }
                case TableType _, MemoryType _, GlobalType _, TagType _ -> {}
            }
        }
    }

    private void importFunction(Module.Import imported, int old, int type) {
        boolean allocates = isRealloc(imported);
        // the main module may call it something else
        String name = allocates ? mainRealloc.orElseThrow() : imported.name();
        int index = out.importFunction(imported.module(), name, Renumbering.get(indices.types, type));
        indices.functions.put(old, index);
        nameFunction(old, index);
        if (allocates) {
            realloc = Optional.of(index);
        }
    }

    private void nameFunction(int old, int index) {
        String known = module.names().functions().get(old);
        if (known != null) {
            out.functionName(index, known);
        }
    }

    /** Indices of functions that are defined, known before the first body that calls one. */
    private void numberDefined() {
        int next = out.count(ExternKind.FUNCTION);
        for (int old : Liveness.each(live.functions)) {
            if (!indices.functions.containsKey(old)) {
                indices.functions.put(old, next++);
            }
        }
    }

    private void defineFunctions(boolean lazy, Optional<Integer> stackPointer, Optional<Integer> state) {
        var exported = new HashSet<Integer>();
        exports.forEach(export -> {
            if (export.kind() == ExternKind.FUNCTION) {
                exported.add(export.index());
            }
        });
        int imported = module.importedFunctions();
        int beyond = (int) live.functions.stream()
                .filter(old -> old >= imported || !isImported(old))
                .count();
        int allocate = out.count(ExternKind.FUNCTION) + beyond;
        for (int old : Liveness.each(live.functions)) {
            int type =
                    Renumbering.get(indices.types, module.spaces().functions().get(old));
            if (old >= imported) {
                int first = lazy && exported.contains(old) ? allocate : -1;
                int index = out.function(type, indices.body(module.code().get(old - imported), first));
                nameFunction(old, index);
            } else if (!isImported(old)) {
                realloc = Optional.of(out.function(type, PageAllocation.realloc(pageSizeLog2())));
                out.functionName(realloc.get(), "realloc_via_memory_grow");
            }
        }
        if (lazy) {
            int index = out.function(
                    out.newType(THUNK), PageAllocation.stack(realloc.orElseThrow(), stackPointer.orElseThrow(), state));
            out.functionName(index, "allocate_stack");
        }
    }

    /** Whether a function that was imported still is. */
    private boolean isImported(int old) {
        int function = 0;
        for (Module.Import each : module.imports()) {
            if (each.type() instanceof FuncTypeUse && function++ == old) {
                return !isRealloc(each) || mainRealloc.isPresent();
            }
        }
        return false;
    }

    /** The mutable global of this name that is left. */
    private Optional<Integer> global(String name) {
        var mutable = new GlobalType(NumType.I32, true);
        List<Integer> found = Liveness.each(live.globals).stream()
                .filter(old -> module.spaces().globals().get(old).equals(mutable) && name.equals(globalNames.get(old)))
                .toList();
        if (found.size() > 1) {
            throw new MakeException("an adapter has " + found.size() + " globals called `" + name + "`, expected one");
        }
        return found.stream().findFirst().map(old -> Renumbering.get(indices.globals, old));
    }

    private void export() {
        for (Module.Export export : exports) {
            int index = switch (export.kind()) {
                case FUNCTION -> Renumbering.get(indices.functions, export.index());
                case GLOBAL -> Renumbering.get(indices.globals, export.index());
                case MEMORY, TABLE, TAG -> export.index();
            };
            out.export(export.name(), export.kind(), index);
        }
    }
}
