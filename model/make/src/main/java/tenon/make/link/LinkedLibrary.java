package tenon.make.link;

import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tenon.make.MakeException;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.types.core.ExternType;
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
 * A library as far as linking is concerned. Symbols are in the order of their names. Confined to one run.
 */
final class LinkedLibrary {
    static final String ENV = "env";
    static final String GOT_MEM = "GOT.mem";
    static final String GOT_FUNC = "GOT.func";
    static final String MEMORY = "memory";
    static final String TABLE = "__indirect_function_table";
    static final String STACK_POINTER = "__stack_pointer";
    static final String INIT_STACK_POINTER = "__init_stack_pointer";
    static final String MEMORY_BASE = "__memory_base";
    static final String TABLE_BASE = "__table_base";
    static final String ASYNCIFY_STATE = "__asyncify_state";
    static final String ASYNCIFY_DATA = "__asyncify_data";
    static final String HEAP_BASE = "__heap_base";
    static final String HEAP_END = "__heap_end";
    static final String STACK_HIGH = "__stack_high";
    static final String STACK_LOW = "__stack_low";
    static final String LIBDL_LIBRARIES = "__wasm_libdl_libraries";
    static final String PROGRAM_TLS_INFO = "__wasm_program_tls_info";
    static final String LIBRARY_TLS_INFO = "__wasm_library_tls_info";
    static final String GET_STACK_POINTER = "__wasm_get_stack_pointer";
    static final String SET_STACK_POINTER = "__wasm_set_stack_pointer";
    static final String GET_TLS_BASE = "__wasm_get_tls_base";
    static final String SET_TLS_BASE = "__wasm_set_tls_base";
    static final String APPLY_DATA_RELOCS = "__wasm_apply_data_relocs";
    static final String CALL_CTORS = "__wasm_call_ctors";
    static final String INITIALIZE = "_initialize";
    static final String START = "_start";
    static final String TASK_HOOK = "__wasm_task_hook";

    /** Addresses that the main module has for all. */
    static final List<String> SHARED_ADDRESSES =
            List.of(HEAP_BASE, HEAP_END, STACK_HIGH, STACK_LOW, LIBDL_LIBRARIES, PROGRAM_TLS_INFO);

    private static final Set<String> OWN_EXPORTS =
            Set.of(APPLY_DATA_RELOCS, CALL_CTORS, INITIALIZE, START, LIBRARY_TLS_INFO);

    final String name;
    final byte[] binary;

    /** Whether it is found at run time by {@code dlopen}. */
    final boolean openable;

    final DynamicSection dynamic;

    /** Whether it exports something of a world. */
    final boolean exportsWorld;

    /** What it imports of what it is given once, of whatever kind. */
    final Set<String> needs = new HashSet<>();

    /** Which of the exports it has that others do not import. */
    final Set<String> has = new HashSet<>();

    final SequencedMap<String, Symbol> functions = new TreeMap<>();
    final TreeSet<String> addresses = new TreeSet<>();
    final TreeSet<String> tableAddresses = new TreeSet<>();
    final SequencedMap<String, Symbol> tags = new TreeMap<>();
    final SequencedMap<String, Symbol> exports = new TreeMap<>();

    /** Imports that adapters meet, by both names. */
    final SequencedMap<String, SequencedMap<String, Symbol.Type>> adapted = new TreeMap<>();

    boolean usesThreads;

    LinkedLibrary(String name, byte[] binary, boolean openable, Set<String> adapters) {
        this.name = name;
        this.binary = binary;
        this.openable = openable;
        this.dynamic = DynamicSection.of(binary);
        this.exportsWorld = TypedModule.of(binary).types().stream().anyMatch(LinkedLibrary::hasExports);
        Module module = ModuleDecoder.decode(binary);
        module.imports().forEach(imported -> takeImport(module, imported, adapters));
        module.exports().forEach(export -> takeExport(module, export));
    }

    private static boolean hasExports(TypeSection types) {
        return !types.graph().get(types.world()).exports().isEmpty();
    }

    private void takeImport(Module module, Module.Import imported, Set<String> adapters) {
        switch (imported.module()) {
            case ENV -> takeEnv(module, imported);
            case GOT_MEM -> {
                checkAddress(imported);
                if (SHARED_ADDRESSES.contains(imported.name())) {
                    needs.add(imported.name());
                } else {
                    addresses.add(imported.name());
                }
            }
            case GOT_FUNC -> {
                checkAddress(imported);
                tableAddresses.add(imported.name());
            }
            default -> {
                if (imported.module().equals("$root") && imported.name().equals("[thread-new-indirect-v0]")) {
                    usesThreads = true;
                } else if (adapters.contains(imported.module())) {
                    adapted.computeIfAbsent(imported.module(), _ -> new TreeMap<>())
                            .put(imported.name(), type(module, imported));
                } else {
                    check(
                            imported,
                            imported.type() instanceof FuncTypeUse || imported.type() instanceof GlobalType,
                            "a function or global");
                }
            }
        }
    }

    private void takeEnv(Module module, Module.Import imported) {
        ExternType type = imported.type();
        switch (imported.name()) {
            case MEMORY -> check(imported, type instanceof MemoryType, "a memory");
            case TABLE ->
                check(
                        imported,
                        type instanceof TableType table && table.limits().max().isEmpty(),
                        "a table that may grow");
            case MEMORY_BASE, TABLE_BASE, STACK_POINTER, INIT_STACK_POINTER, ASYNCIFY_DATA, ASYNCIFY_STATE -> {
                checkAddress(imported);
                needs.add(imported.name());
            }
            case GET_STACK_POINTER, SET_STACK_POINTER, GET_TLS_BASE, SET_TLS_BASE -> {
                boolean get = imported.name().equals(GET_STACK_POINTER)
                        || imported.name().equals(GET_TLS_BASE);
                FuncType expected = get
                        ? new FuncType(List.of(), List.of(NumType.I32))
                        : new FuncType(List.of(NumType.I32), List.of());
                boolean same = type instanceof FuncTypeUse(int index)
                        && module.compositeType(index).equals(expected);
                check(imported, same, "a function of type `" + expected + "`");
                needs.add(imported.name());
            }
            default -> {
                Symbol.Type symbol = type(module, imported);
                boolean weak = dynamic.weakImports().contains(new DynamicSection.WeakImport(ENV, imported.name()));
                switch (symbol) {
                    case Symbol.Type.Function _ ->
                        functions.put(imported.name(), new Symbol(imported.name(), symbol, weak));
                    case Symbol.Type.Tag _ -> tags.put(imported.name(), new Symbol(imported.name(), symbol, weak));
                    case Symbol.Type.Global _ -> check(imported, false, "a function or tag");
                }
            }
        }
    }

    private static void checkAddress(Module.Import imported) {
        check(
                imported,
                imported.type() instanceof GlobalType global && global.value() == NumType.I32,
                "a global of type `i32`");
    }

    private static void check(Module.Import imported, boolean holds, String expected) {
        if (!holds) {
            throw new MakeException("import `" + imported.module() + "` `" + imported.name()
                    + "` is not of the right type, expected " + expected);
        }
    }

    private static Symbol.Type type(Module module, Module.Import imported) {
        return switch (imported.type()) {
            case FuncTypeUse(int index) -> new Symbol.Type.Function((FuncType) module.compositeType(index));
            case GlobalType global -> new Symbol.Type.Global(global);
            case TagType tag -> new Symbol.Type.Tag((FuncType) module.compositeType(tag.typeIndex()));
            case MemoryType _, TableType _ ->
                throw new MakeException("import `" + imported.module() + "` `" + imported.name()
                        + "` is not of the right type, expected a function, global or tag");
        };
    }

    private void takeExport(Module module, Module.Export export) {
        if (OWN_EXPORTS.contains(export.name())) {
            boolean variable = export.name().equals(LIBRARY_TLS_INFO);
            if (!variable && !(export.kind() == ExternKind.FUNCTION && isThunk(module, export))) {
                throw new MakeException("export `" + export.name()
                        + "` is not of the right type, expected a function of type `() -> ()`");
            }
            has.add(export.name());
            return;
        }
        Symbol.Type type = switch (export.kind()) {
            case FUNCTION -> new Symbol.Type.Function(module.functionType(export.index()));
            case GLOBAL -> new Symbol.Type.Global(module.spaces().globals().get(export.index()));
            case TAG ->
                new Symbol.Type.Tag((FuncType) module.compositeType(
                        module.spaces().tags().get(export.index()).typeIndex()));
            case TABLE, MEMORY ->
                throw new MakeException(
                        "export `" + export.name() + "` is a " + word(export.kind()) + ", which libraries share");
        };
        exports.put(export.name(), new Symbol(export.name(), type, false));
    }

    private static boolean isThunk(Module module, Module.Export export) {
        return module.functionType(export.index()).equals(new FuncType(List.of(), List.of()));
    }

    private static String word(ExternKind kind) {
        return kind == ExternKind.TABLE ? "table" : "memory";
    }

    boolean needs(String imported) {
        return needs.contains(imported);
    }

    boolean has(String export) {
        return has.contains(export);
    }
}
