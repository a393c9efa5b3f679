package tenon.make.link;

import static tenon.make.link.LinkedLibrary.ASYNCIFY_DATA;
import static tenon.make.link.LinkedLibrary.ASYNCIFY_STATE;
import static tenon.make.link.LinkedLibrary.GET_TLS_BASE;
import static tenon.make.link.LinkedLibrary.HEAP_BASE;
import static tenon.make.link.LinkedLibrary.HEAP_END;
import static tenon.make.link.LinkedLibrary.INIT_STACK_POINTER;
import static tenon.make.link.LinkedLibrary.LIBDL_LIBRARIES;
import static tenon.make.link.LinkedLibrary.PROGRAM_TLS_INFO;
import static tenon.make.link.LinkedLibrary.SET_TLS_BASE;
import static tenon.make.link.LinkedLibrary.STACK_HIGH;
import static tenon.make.link.LinkedLibrary.STACK_LOW;
import static tenon.make.link.LinkedLibrary.STACK_POINTER;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tenon.make.MakeException;
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
 * The main module of linked libraries: it has the memory and the table, tells each library where its part of both begins, and exports
 * functions that call through the table those that a library needs before they are there. The stack comes first in memory. Confined to
 * one run.
 */
final class MainModule {
    static final int PAGE = 1 << MemoryType.PAGE_SIZE_LOG2;
    private static final int HEAP_ALIGNMENT = 16;
    private static final long MOST_BYTES = 1L << 32;
    private static final FuncType REALLOC =
            new FuncType(List.of(NumType.I32, NumType.I32, NumType.I32, NumType.I32), List.of(NumType.I32));
    private static final FuncType GET = new FuncType(List.of(), List.of(NumType.I32));
    private static final FuncType SET = new FuncType(List.of(NumType.I32), List.of());

    final Openables openables;
    final ThreadData threadData;

    /** Where functions that are called through the table begin in it. */
    final int indirectBase;

    final byte[] binary;

    private final List<LinkedLibrary> libraries;
    private final List<Resolved.Indirect> indirect;
    private final int stackSize;
    private final ModuleBuilder out = new ModuleBuilder();
    private long memory;

    /** The first place stays empty, so that no function's address is 0. */
    private int table = 1;

    MainModule(
            List<LinkedLibrary> libraries,
            List<Resolved.Indirect> indirect,
            Optional<String> reallocExporter,
            int stackSize) {
        this.libraries = libraries;
        this.indirect = indirect;
        this.stackSize = stackSize;
        Map<String, Exported> adapted = importAdapted();
        Optional<Integer> start = importStart();
        reallocExporter.ifPresent(exporter -> out.export(
                "cabi_realloc",
                ExternKind.FUNCTION,
                out.importFunction(exporter, "cabi_realloc", out.newType(REALLOC))));
        Optional<Integer> context = importContext();
        memory = stackSize;
        openables = new Openables(table, stackSize, libraries);
        addressIfNeeded(LIBDL_LIBRARIES, openables.root, true);
        table += openables.functions.size();
        memory += openables.bytes().length;
        threadData = new ThreadData((int) memory, libraries);
        memory = threadData.end;
        addressIfNeeded(PROGRAM_TLS_INFO, threadData.structure, true);
        layOut();
        indirectBase = table;
        indirect.forEach(this::callThroughTable);
        libraries.forEach(library -> accessThreadData(library, context));
        adapted.forEach((name, exported) -> out.export(name, exported.kind(), exported.index()));
        start.ifPresent(function -> out.export(LinkedLibrary.START, ExternKind.FUNCTION, function));
        exportSpaces();
        binary = out.toByteArray();
    }

    private record Exported(ExternKind kind, int index) {}

    /** What libraries import from adapters goes through here, since adapters know the main module alone. */
    private Map<String, Exported> importAdapted() {
        var adapted = new LinkedHashMap<String, Exported>();
        for (LinkedLibrary library : libraries) {
            library.adapted.forEach((module, names) -> names.forEach((name, type) -> {
                String exported = module + ":" + name;
                if (!adapted.containsKey(exported)) {
                    adapted.put(
                            exported,
                            switch (type) {
                                case Symbol.Type.Function(FuncType function) ->
                                    new Exported(
                                            ExternKind.FUNCTION,
                                            out.importFunction(module, name, out.newType(function)));
                                case Symbol.Type.Global(GlobalType global) ->
                                    new Exported(ExternKind.GLOBAL, out.importGlobal(module, name, global));
                                case Symbol.Type.Tag _ ->
                                    throw new MakeException(
                                            "import `" + module + "` `" + name + "` is a tag, which no adapter has");
                            });
                }
            }));
        }
        return adapted;
    }

    private Optional<Integer> importStart() {
        List<LinkedLibrary> starting =
                libraries.stream().filter(each -> each.has(LinkedLibrary.START)).toList();
        if (starting.size() > 1) {
            throw new MakeException("libraries `" + starting.get(0).name + "` and `" + starting.get(1).name
                    + "` both export `" + LinkedLibrary.START + "`, expected one at most");
        }
        return starting.stream()
                .findFirst()
                .map(each -> out.importFunction(
                        each.name, LinkedLibrary.START, out.newType(new FuncType(List.of(), List.of()))));
    }

    /** Where threads may be started each has the address of its bases in a slot. */
    private Optional<Integer> importContext() {
        boolean needed = libraries.stream().anyMatch(ThreadData::usesBase)
                && libraries.stream().anyMatch(each -> each.usesThreads);
        return needed
                ? Optional.of(out.importFunction("$root", "[context-get-1]", out.newType(GET)))
                : Optional.empty();
    }

    private void address(String name, int value, boolean mutable) {
        int index = out.global(
                new GlobalType(NumType.I32, mutable), new Body().i32(value).toExpression());
        out.export(name, ExternKind.GLOBAL, index);
    }

    private void addressIfNeeded(String name, int value, boolean mutable) {
        if (libraries.stream().anyMatch(each -> each.needs(name))) {
            address(name, value, mutable);
        }
    }

    private void layOut() {
        addressIfNeeded(STACK_POINTER, stackSize, true);
        addressIfNeeded(INIT_STACK_POINTER, stackSize, false);
        if (libraries.stream().anyMatch(each -> each.needs(ASYNCIFY_STATE) || each.needs(ASYNCIFY_DATA))) {
            address(ASYNCIFY_STATE, 0, true);
            address(ASYNCIFY_DATA, 0, true);
        }
        addressIfNeeded(STACK_HIGH, stackSize, true);
        addressIfNeeded(STACK_LOW, 0, true);
        libraries.forEach(this::layOut);
        tableAddresses();
        memory = align(memory, HEAP_ALIGNMENT);
        addressIfNeeded(HEAP_BASE, (int) memory, true);
        memory = align(memory, PAGE);
        addressIfNeeded(HEAP_END, (int) memory, true);
    }

    private void layOut(LinkedLibrary library) {
        memory = align(memory, 1L << library.dynamic.memoryAlignment());
        table = (int) align(table, 1L << library.dynamic.tableAlignment());
        address(library.name + ":memory_base", (int) memory, false);
        address(library.name + ":table_base", table, false);
        memory += Integer.toUnsignedLong(library.dynamic.memorySize());
        table += library.dynamic.tableSize();
        if (memory >= MOST_BYTES || table < 0) {
            throw new MakeException("libraries need more memory than there is, up to library `" + library.name + "`");
        }
        // the address is known once the library that has the variable is there
        library.addresses.forEach(name -> address(library.name + ":" + name, 0, true));
    }

    private void tableAddresses() {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < indirect.size(); i++) {
            places.put(indirect.get(i).name(), i);
        }
        for (LinkedLibrary library : libraries) {
            for (String name : library.tableAddresses) {
                int place = Objects.requireNonNull(places.get(name));
                Symbol imported = library.functions.get(name);
                boolean stub =
                        libraries.get(indirect.get(place).exporter()).name.equals(Linker.STUBS);
                boolean absent = stub && imported != null && imported.weak();
                address(library.name + ":" + name, absent ? 0 : table + place, true);
            }
        }
    }

    private static long align(long value, long alignment) {
        return (value + alignment - 1) & -alignment;
    }

    private void callThroughTable(Resolved.Indirect function) {
        int type = out.newType(function.type());
        var body = new Body();
        for (int i = 0; i < function.type().params().size(); i++) {
            body.op(Opcode.LOCAL_GET, i);
        }
        int index = out.function(type, body.i32(table).callIndirect(type).toBody());
        out.export(function.name(), ExternKind.FUNCTION, index);
        table++;
    }

    private void accessThreadData(LinkedLibrary library, Optional<Integer> context) {
        Optional<Integer> slot = threadData.slot(library);
        if (library.needs(GET_TLS_BASE)) {
            define(library, GET_TLS_BASE, GET, body -> {
                if (slot.isEmpty()) {
                    body.op(Opcode.UNREACHABLE);
                    return;
                }
                context.ifPresentOrElse(get -> body.op(Opcode.CALL, get), () -> body.i32(threadData.bases));
                body.memory(Opcode.I32_LOAD, 2, 4 * slot.get());
            });
        }
        if (library.needs(SET_TLS_BASE)) {
            define(library, SET_TLS_BASE, SET, body -> {
                if (slot.isEmpty()) {
                    body.op(Opcode.UNREACHABLE);
                } else {
                    context.ifPresentOrElse(
                            get -> storeBase(body, get, 4 * slot.get()),
                            () -> body.i32(threadData.bases)
                                    .op(Opcode.LOCAL_GET, 0)
                                    .memory(Opcode.I32_STORE, 2, 4 * slot.get()));
                }
            });
        }
    }

    /** The first thread has no slot yet when it sets its base. */
    private void storeBase(Body body, int context, int offset) {
        body.locals(1, NumType.I32)
                .op(Opcode.CALL, context)
                .op(Opcode.LOCAL_TEE, 1)
                .op(Opcode.I32_EQZ)
                .block(Opcode.IF)
                .i32(threadData.bases)
                .op(Opcode.LOCAL_GET, 0)
                .memory(Opcode.I32_STORE, 2, offset)
                .op(Opcode.ELSE)
                .op(Opcode.LOCAL_GET, 1)
                .op(Opcode.LOCAL_GET, 0)
                .memory(Opcode.I32_STORE, 2, offset)
                .op(Opcode.END);
    }

    private void define(LinkedLibrary library, String name, FuncType type, Consumer<Body> write) {
        var body = new Body();
        write.accept(body);
        int index = out.function(out.newType(type), body.toBody());
        out.export(library.name + ":" + name, ExternKind.FUNCTION, index);
    }

    private void exportSpaces() {
        var functions = new Limits(Limits.AddressType.I32, table, OptionalLong.empty());
        int tableIndex = out.table(new TableType(functions, new RefType(true, HeapType.Abstract.FUNC)));
        out.export(LinkedLibrary.TABLE, ExternKind.TABLE, tableIndex);
        var pages = new Limits(Limits.AddressType.I32, memory / PAGE, OptionalLong.empty());
        out.export(LinkedLibrary.MEMORY, ExternKind.MEMORY, out.memory(new MemoryType(pages)));
    }
}
