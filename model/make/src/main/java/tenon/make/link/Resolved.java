package tenon.make.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.NumType;

/** Which library meets what of which: of several that export a symbol, the first. Confined to one run. */
final class Resolved {
    private static final Symbol.Type ADDRESS = new Symbol.Type.Global(new GlobalType(NumType.I32, false));
    private static final FuncType HOOK = new FuncType(List.of(NumType.I32), List.of());

    final List<LinkedLibrary> libraries;

    /** By symbol: the library that exports it, for those that are needed. */
    private final Map<Symbol.Key, Integer> exporters = new HashMap<>();

    /** Functions by name: the same. */
    private final Map<String, Exported> functions = new LinkedHashMap<>();

    /** What nobody exports, with who needs it, in order. */
    final List<Missing> missing = new ArrayList<>();

    private final Map<Symbol.Key, Integer> all = new LinkedHashMap<>();
    private final Map<String, Exported> allFunctions = new LinkedHashMap<>();

    record Missing(String library, Symbol symbol) {}

    record Exported(int library, FuncType type) {}

    /** A function that the main module exports and calls through its table, since who exports it may come later. */
    record Indirect(String name, FuncType type, int exporter) {}

    Resolved(List<LinkedLibrary> libraries) {
        this.libraries = libraries;
        for (int i = 0; i < libraries.size(); i++) {
            for (Symbol symbol : libraries.get(i).exports.values()) {
                all.putIfAbsent(symbol.key(), i);
                if (symbol.type() instanceof Symbol.Type.Function(FuncType type)) {
                    allFunctions.putIfAbsent(symbol.name(), new Exported(i, type));
                }
            }
        }
        libraries.forEach(this::resolve);
        libraries.forEach(this::resolveTableAddresses);
        // whoever calls hooks looks for them in the main module
        resolveIfThere(new Symbol.Key(LinkedLibrary.TASK_HOOK, new Symbol.Type.Function(HOOK)));
    }

    private void resolveIfThere(Symbol.Key key) {
        Integer exporter = all.get(key);
        if (exporter != null) {
            put(key, exporter);
        }
    }

    private void put(Symbol.Key key, int exporter) {
        exporters.put(key, exporter);
        if (key.type() instanceof Symbol.Type.Function(FuncType type)) {
            functions.putIfAbsent(key.name(), new Exported(exporter, type));
        }
    }

    private void resolve(LinkedLibrary library) {
        library.functions.values().forEach(symbol -> resolve(library, symbol));
        library.addresses.forEach(name -> resolve(library, new Symbol(name, ADDRESS, false)));
        library.tags.values().forEach(symbol -> resolve(library, symbol));
    }

    private void resolve(LinkedLibrary library, Symbol symbol) {
        Integer exporter = all.get(symbol.key());
        if (exporter != null) {
            put(symbol.key(), exporter);
        } else {
            missing.add(new Missing(library.name, symbol));
        }
    }

    private void resolveTableAddresses(LinkedLibrary library) {
        for (String name : library.tableAddresses) {
            Exported exported = allFunctions.get(name);
            if (exported != null) {
                put(new Symbol.Key(name, new Symbol.Type.Function(exported.type())), exported.library());
            } else if (!library.functions.containsKey(name)) {
                var thunk = new Symbol.Type.Function(new FuncType(List.of(), List.of()));
                missing.add(new Missing(library.name, new Symbol(name, thunk, false)));
            }
        }
    }

    /** The library that exports a symbol that is needed. */
    int exporter(Symbol.Key key) {
        return Objects.requireNonNull(exporters.get(key), key::toString);
    }

    int addressExporter(String name) {
        return exporter(new Symbol.Key(name, ADDRESS));
    }

    /** The first library that exports a function, needed or not. */
    Optional<Integer> anyExporter(String name, FuncType type) {
        return Optional.ofNullable(all.get(new Symbol.Key(name, new Symbol.Type.Function(type))));
    }

    /** By library: those that it needs, and those that they need. */
    SequencedMap<Integer, SequencedSet<Integer>> dependencies(Map<String, Integer> indices) {
        var dependencies = new LinkedHashMap<Integer, SequencedSet<Integer>>();
        for (int i = 0; i < libraries.size(); i++) {
            LinkedLibrary library = libraries.get(i);
            var direct = new LinkedHashSet<Integer>();
            library.dynamic.needed().forEach(name -> direct.add(Objects.requireNonNull(indices.get(name))));
            library.functions.values().forEach(symbol -> direct.add(exporter(symbol.key())));
            if (!direct.isEmpty()) {
                dependencies.put(i, direct);
            }
        }
        while (grow(dependencies)) {
            // until nothing new is found
        }
        return dependencies;
    }

    private static boolean grow(SequencedMap<Integer, SequencedSet<Integer>> dependencies) {
        var more = new LinkedHashMap<Integer, SequencedSet<Integer>>();
        dependencies.forEach((library, needed) -> {
            for (int each : needed) {
                for (int next : dependencies.getOrDefault(each, new LinkedHashSet<>())) {
                    if (!needed.contains(next)) {
                        more.computeIfAbsent(library, _ -> new LinkedHashSet<>())
                                .add(next);
                    }
                }
            }
        });
        more.forEach((library, needed) -> dependencies
                .computeIfAbsent(library, _ -> new LinkedHashSet<>())
                .addAll(needed));
        return !more.isEmpty();
    }

    /** Libraries behind those that they need, as far as there are no circles. */
    static List<Integer> sorted(int count, Map<Integer, SequencedSet<Integer>> dependencies) {
        var sorted = new LinkedHashSet<Integer>();
        for (int i = 0; i < count; i++) {
            add(sorted, dependencies, i);
        }
        return List.copyOf(sorted);
    }

    private static void add(Set<Integer> sorted, Map<Integer, SequencedSet<Integer>> dependencies, int library) {
        SequencedSet<Integer> needed = dependencies.getOrDefault(library, new LinkedHashSet<>());
        for (int each : needed) {
            if (!sorted.contains(each) && !needs(dependencies, each, library)) {
                add(sorted, dependencies, each);
            }
        }
        sorted.add(library);
        for (int each : needed) {
            if (!sorted.contains(each) && needs(dependencies, each, library)) {
                add(sorted, dependencies, each);
            }
        }
    }

    private static boolean needs(Map<Integer, SequencedSet<Integer>> dependencies, int library, int other) {
        return dependencies.getOrDefault(library, new LinkedHashSet<>()).contains(other);
    }

    /** The functions that must be called through the main module, libraries taken in this order. */
    List<Indirect> indirect(List<Integer> order) {
        var indirect = new LinkedHashMap<String, Indirect>();
        var seen = new LinkedHashSet<Integer>();
        for (int index : order) {
            LinkedLibrary library = libraries.get(index);
            for (String name : library.tableAddresses) {
                Exported exported = Objects.requireNonNull(functions.get(name), name);
                indirect.putIfAbsent(name, new Indirect(name, exported.type(), exported.library()));
            }
            library.functions.forEach((name, symbol) -> {
                int exporter = exporter(symbol.key());
                if (!seen.contains(exporter) && symbol.type() instanceof Symbol.Type.Function(FuncType type)) {
                    indirect.putIfAbsent(name, new Indirect(name, type, exporter));
                }
            });
            seen.add(index);
        }
        anyExporter(LinkedLibrary.TASK_HOOK, HOOK)
                .ifPresent(exporter -> indirect.putIfAbsent(
                        LinkedLibrary.TASK_HOOK, new Indirect(LinkedLibrary.TASK_HOOK, HOOK, exporter)));
        return List.copyOf(indirect.values());
    }
}
