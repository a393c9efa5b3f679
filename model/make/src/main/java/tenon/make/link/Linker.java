package tenon.make.link;

import static tenon.make.link.LinkedLibrary.ENV;
import static tenon.make.link.LinkedLibrary.GOT_FUNC;
import static tenon.make.link.LinkedLibrary.GOT_MEM;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import tenon.component.Sort;
import tenon.make.Library;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.component.ComponentMaker;
import tenon.make.component.MakeOptions;
import tenon.make.core.Body;
import tenon.make.core.ModuleBuilder;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.Opcode;

/**
 * Links libraries that share one memory into a component. Of several libraries that export a symbol the first one counts; libraries that
 * neither export something of a world nor are needed by one that does are left out. Confined to one run.
 */
public final class Linker {
    /** The library of functions that trap, for those that nobody has; it has this name in components of other tools, too. */
    static final String STUBS = "wit-component:stubs";

    private static final int STACK_PAGES = 16;
    private static final FuncType REALLOC =
            new FuncType(List.of(NumType.I32, NumType.I32, NumType.I32, NumType.I32), List.of(NumType.I32));

    private final MakeOptions options;
    private final SequencedMap<String, Input> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, byte[]> adapters = new LinkedHashMap<>();
    private boolean stubs;
    private int stackSize = STACK_PAGES * MainModule.PAGE;

    @SuppressWarnings("ArrayRecordComponent")
    private record Input(byte[] binary, boolean openable) {}

    /** Without libraries. */
    public Linker(MakeOptions options) {
        this.options = options;
    }

    /** A library; {@code openable} has its exports found at run time by {@code dlopen}. */
    public Linker library(String name, byte[] binary, boolean openable) {
        if (inputs.put(name, new Input(binary, openable)) != null) {
            throw new MakeException("library `" + name + "` is given twice");
        }
        return this;
    }

    /** An adapter, as {@link ComponentMaker#adapter} takes it. */
    public Linker adapter(String name, byte[] binary) {
        adapters.put(name, binary);
        return this;
    }

    /** Has functions that nobody exports trap, and not keep the libraries from being linked. */
    public Linker stubMissingFunctions(boolean stub) {
        stubs = stub;
        return this;
    }

    /** Gives the library {@code libdl.so}, for those that call {@code dlopen} and its kin; left out where nobody does. */
    public Linker builtInLibdl() {
        return library(Libdl.NAME, Libdl.binary(), false);
    }

    /** The size of the stack in bytes. */
    public Linker stackSize(int bytes) {
        stackSize = bytes;
        return this;
    }

    /** The component, which is valid. */
    public byte[] link() {
        while (true) {
            List<LinkedLibrary> libraries = read();
            Map<String, Integer> indices = indices(libraries);
            checkNeeded(libraries, indices);
            var resolved = new Resolved(libraries);
            if (!resolved.missing.isEmpty()) {
                addStubs(resolved.missing);
                continue;
            }
            SequencedMap<Integer, SequencedSet<Integer>> dependencies = resolved.dependencies(indices);
            if (!dropUnreachable(libraries, dependencies)) {
                return link(resolved, Resolved.sorted(libraries.size(), dependencies));
            }
        }
    }

    private List<LinkedLibrary> read() {
        var libraries = new ArrayList<LinkedLibrary>();
        inputs.forEach((name, input) -> libraries.add(MakeException.within(
                "library `" + name + "`",
                () -> new LinkedLibrary(name, input.binary(), input.openable(), adapters.keySet()))));
        return libraries;
    }

    private static Map<String, Integer> indices(List<LinkedLibrary> libraries) {
        var indices = new HashMap<String, Integer>();
        for (int i = 0; i < libraries.size(); i++) {
            indices.put(libraries.get(i).name, i);
        }
        return indices;
    }

    private static void checkNeeded(List<LinkedLibrary> libraries, Map<String, Integer> indices) {
        for (LinkedLibrary library : libraries) {
            for (String needed : library.dynamic.needed()) {
                if (!indices.containsKey(needed)) {
                    throw new MakeException(
                            "library `" + library.name + "` needs library `" + needed + "`, which is not given");
                }
            }
        }
    }

    private void addStubs(List<Resolved.Missing> missing) {
        boolean functions = missing.stream().allMatch(each -> each.symbol().type() instanceof Symbol.Type.Function);
        boolean weak = missing.stream().allMatch(each -> each.symbol().weak());
        if (!functions || (!stubs && !weak)) {
            throw new MakeException(missing.stream()
                    .filter(each -> !each.symbol().weak())
                    .map(each -> "library `" + each.library() + "` needs "
                            + each.symbol().key())
                    .distinct()
                    .collect(Collectors.joining("; ", "", ", and no library exports it")));
        }
        stubs = false;
        var module = new ModuleBuilder();
        var names = new HashSet<String>();
        for (Resolved.Missing each : missing) {
            if (each.symbol().type() instanceof Symbol.Type.Function(FuncType type)
                    && names.add(each.symbol().name())) {
                int index = module.function(
                        module.newType(type), new Body().op(Opcode.UNREACHABLE).toBody());
                module.export(each.symbol().name(), ExternKind.FUNCTION, index);
            }
        }
        library(STUBS, module.toByteArray(), false);
    }

    private boolean dropUnreachable(List<LinkedLibrary> libraries, Map<Integer, SequencedSet<Integer>> dependencies) {
        Set<Integer> reachable = new LinkedHashSet<>();
        for (int i = 0; i < libraries.size(); i++) {
            LinkedLibrary library = libraries.get(i);
            if (library.exportsWorld || library.openable || library.has(LinkedLibrary.START)) {
                reachable.add(i);
                reachable.addAll(dependencies.getOrDefault(i, new LinkedHashSet<>()));
            }
        }
        for (int i = 0; i < libraries.size(); i++) {
            if (!reachable.contains(i)) {
                inputs.remove(libraries.get(i).name);
            }
        }
        return reachable.size() < libraries.size();
    }

    private byte[] link(Resolved resolved, List<Integer> order) {
        List<Resolved.Indirect> indirect = resolved.indirect(order);
        boolean reallocThere = indirect.stream().anyMatch(each -> each.name().equals("cabi_realloc"));
        Optional<String> realloc = resolved.anyExporter("cabi_realloc", REALLOC)
                .filter(_ -> !reallocThere)
                .map(exporter -> resolved.libraries.get(exporter).name);
        var main = new MainModule(resolved.libraries, indirect, realloc, stackSize);
        var maker = new ComponentMaker(options);
        adapters.forEach(maker::adapter);
        maker.module(main.binary);
        var seen = new HashSet<Integer>();
        for (int index : order) {
            LinkedLibrary library = resolved.libraries.get(index);
            maker.library(library.name, library.binary, arguments(resolved, library, seen));
            seen.add(index);
        }
        return maker.make(fixup -> new LinkTime(resolved, main, indirect, fixup).add());
    }

    private static Library.Item fromMain(String alias, String name, Sort sort) {
        return new Library.Item(alias, ModuleRef.MAIN, name, sort);
    }

    private static Library arguments(Resolved resolved, LinkedLibrary library, Set<Integer> seen) {
        var memory = new ArrayList<Library.Item>();
        library.addresses.forEach(name -> memory.add(fromMain(name, library.name + ":" + name, Sort.CORE_GLOBAL)));
        LinkedLibrary.SHARED_ADDRESSES.forEach(name -> memory.add(fromMain(name, name, Sort.CORE_GLOBAL)));
        var functions = new ArrayList<Library.Item>();
        library.tableAddresses.forEach(
                name -> functions.add(fromMain(name, library.name + ":" + name, Sort.CORE_GLOBAL)));
        var arguments = new LinkedHashMap<String, Library.Source>();
        arguments.put(GOT_MEM, new Library.Source.Items(memory));
        arguments.put(GOT_FUNC, new Library.Source.Items(functions));
        arguments.put(ENV, new Library.Source.Items(environment(resolved, library, seen)));
        library.adapted.forEach((module, names) -> {
            var items = new ArrayList<Library.Item>();
            names.forEach((name, type) -> items.add(fromMain(
                    name,
                    module + ":" + name,
                    type instanceof Symbol.Type.Function ? Sort.CORE_FUNC : Sort.CORE_GLOBAL)));
            arguments.put(module, new Library.Source.Items(items));
        });
        return new Library(arguments);
    }

    private static List<Library.Item> environment(Resolved resolved, LinkedLibrary library, Set<Integer> seen) {
        var items = new ArrayList<Library.Item>();
        items.add(fromMain(LinkedLibrary.MEMORY, LinkedLibrary.MEMORY, Sort.CORE_MEMORY));
        items.add(fromMain(LinkedLibrary.TABLE, LinkedLibrary.TABLE, Sort.CORE_TABLE));
        for (String name : List.of(
                LinkedLibrary.STACK_POINTER,
                LinkedLibrary.INIT_STACK_POINTER,
                LinkedLibrary.ASYNCIFY_STATE,
                LinkedLibrary.ASYNCIFY_DATA)) {
            items.add(fromMain(name, name, Sort.CORE_GLOBAL));
        }
        items.add(fromMain(LinkedLibrary.MEMORY_BASE, library.name + ":memory_base", Sort.CORE_GLOBAL));
        items.add(fromMain(LinkedLibrary.TABLE_BASE, library.name + ":table_base", Sort.CORE_GLOBAL));
        for (String name : List.of(LinkedLibrary.GET_TLS_BASE, LinkedLibrary.SET_TLS_BASE)) {
            if (library.needs(name)) {
                items.add(fromMain(name, library.name + ":" + name, Sort.CORE_FUNC));
            }
        }
        library.functions.values().forEach(symbol -> {
            int exporter = resolved.exporter(symbol.key());
            ModuleRef from =
                    seen.contains(exporter) ? ModuleRef.of(resolved.libraries.get(exporter).name) : ModuleRef.MAIN;
            items.add(new Library.Item(symbol.name(), from, symbol.name(), Sort.CORE_FUNC));
        });
        library.tags.values().forEach(symbol -> {
            int exporter = resolved.exporter(symbol.key());
            String name = resolved.libraries.get(exporter).name;
            if (!seen.contains(exporter)) {
                throw new MakeException("library `" + library.name + "` imports tag `" + symbol.name()
                        + "` of library `" + name + "`, which needs it itself; tags cannot go round in a circle");
            }
            items.add(new Library.Item(symbol.name(), ModuleRef.of(name), symbol.name(), Sort.CORE_TAG));
        });
        return items;
    }
}
