package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/**
 * Puts into a world what it includes, and what its imports and exports stand on: WIT.md, "Union of Worlds with `include`" and "Transitive
 * imports and worlds". Confined to one run.
 */
final class WorldFiller {
    private static final int RANKS = 5;

    /** Never stands for anything: all keys have items. */
    private static final World.Item NOTHING = new World.Item.OfType(new TypeId(-1));

    private final GraphBuilder graph;
    private final PackageId owner;
    private final WorldId id;
    private final Spot spot;
    private final SequencedMap<World.Key, World.Item> imports;
    private final SequencedMap<World.Key, World.Item> exports;

    /** {@code spot} is where the world's name stands. */
    WorldFiller(GraphBuilder graph, PackageId owner, WorldId id, Spot spot) {
        this.graph = graph;
        this.owner = owner;
        this.id = id;
        this.spot = spot;
        this.imports = new LinkedHashMap<>(graph.get(id).imports());
        this.exports = new LinkedHashMap<>(graph.get(id).exports());
    }

    /** Takes over what another world has; {@code foreign} if that is of another package. */
    void include(WorldId other, Draft.Include include, boolean foreign) {
        World included = graph.get(other);
        checkRenames(included, include);
        var copier = new WorldCopier(graph, owner, other, id, include.spot());
        included.imports().forEach((key, item) -> take("import", imports, key, item, include, copier, foreign));
        included.exports().forEach((key, item) -> take("export", exports, key, item, include, copier, foreign));
    }

    private static void checkRenames(World included, Draft.Include include) {
        for (String from : include.renames().keySet()) {
            var one = Map.of(from, from);
            boolean found = false;
            for (World.Key key : included.imports().keySet()) {
                found |= key instanceof World.Key.Plain(String name)
                        && renamed(name, one).isPresent();
            }
            for (World.Key key : included.exports().keySet()) {
                found |= key instanceof World.Key.Plain(String name)
                        && renamed(name, one).isPresent();
            }
            if (!found) {
                throw include.spot()
                        .error("world `" + included.name() + "` has no import or export of the plain name `" + from
                                + "`; interfaces cannot be renamed");
            }
        }
    }

    /** What a plain name becomes; functions of a resource go with it. */
    private static Optional<String> renamed(String name, Map<String, String> renames) {
        int close = name.lastIndexOf(']') + 1;
        String rest = name.substring(close);
        int dot = rest.indexOf('.');
        String head = dot < 0 || close == 0 ? rest : rest.substring(0, dot);
        return Optional.ofNullable(renames.get(head))
                .map(other -> name.substring(0, close) + other + rest.substring(head.length()));
    }

    private void take(
            String word,
            SequencedMap<World.Key, World.Item> items,
            World.Key key,
            World.Item item,
            Draft.Include include,
            WorldCopier copier,
            boolean foreign) {
        switch (key) {
            case World.Key.Plain(String name) -> {
                String local = renamed(name, include.renames()).orElse(name);
                World.Item copy = copier.copy(item, local);
                if (items.putIfAbsent(new World.Key.Plain(local), copy) != null) {
                    throw include.spot()
                            .error(
                                    word + " `" + local + "` of the included world is there already",
                                    "`include … with { " + local + " as another-name }` gives it another name");
                }
            }
            case World.Key.OfInterface _ -> {
                World.Item known = items.getOrDefault(key, item);
                items.put(
                        key,
                        merged((World.Item.OfInterface) item, (World.Item.OfInterface) known, foreign, include.spot()));
            }
        }
    }

    /** Which gates an interface keeps that comes from two worlds, or from another package. */
    private static World.Item merged(
            World.Item.OfInterface from, World.Item.OfInterface known, boolean foreign, Spot spot) {
        Stability stability = from.remarks().stability();
        Stability other = known.remarks().stability();
        if (foreign && stability instanceof Stability.Stable) {
            return new World.Item.OfInterface(known.id(), known.remarks().with(Stability.UNKNOWN));
        }
        if (stability.equals(other) || stability.isUnknown()) {
            return known;
        }
        if (!other.isUnknown()) {
            throw spot.error("an interface of the included world has gates that differ from those that it has here");
        }
        return new World.Item.OfInterface(known.id(), known.remarks().with(stability));
    }

    /** Puts in what imports and exports stand on, in an order in which each is defined before it is used. */
    void fill() {
        checkNames("import", imports);
        checkNames("export", exports);
        var filled = new LinkedHashMap<World.Key, World.Item>();
        sorted(imports).forEach((key, item) -> {
            switch (item) {
                case World.Item.OfInterface named -> addImport(filled, key, named);
                case World.Item.OfFunction _ -> filled.put(key, item);
                case World.Item.OfType(TypeId type) -> {
                    graph.usedFrom(type)
                            .ifPresent(from -> addImport(
                                    filled, from, graph.get(type).remarks().stability()));
                    filled.put(key, item);
                }
            }
        });
        var filledExports = new LinkedHashMap<World.Key, World.Item>();
        var exported = new LinkedHashMap<World.Key, World.Item.OfInterface>();
        exports.forEach((key, item) -> {
            if (item instanceof World.Item.OfInterface named) {
                exported.put(key, named);
            } else {
                filledExports.put(key, item);
            }
        });
        new Exports(filled, filledExports, exported).add();
        graph.set(id, graph.get(id).with(sorted(filled), paired(filledExports)), spot);
    }

    private void checkNames(String word, SequencedMap<World.Key, World.Item> items) {
        var names = new StrongNames();
        for (World.Key key : items.keySet()) {
            if (key instanceof World.Key.Plain(String name)) {
                names.add(name).ifPresent(other -> {
                    throw spot.error(ScopeNames.conflict(word, name, other));
                });
            }
        }
        for (World.Key key : items.keySet()) {
            if (key instanceof World.Key.Plain(String name)) {
                names.missingGetter(name).ifPresent(getter -> {
                    throw spot.error("setter `" + name + "` has no getter `" + getter + "` beside it");
                });
            }
        }
    }

    /** Interfaces, then types that are taken from them, other types, functions, and functions of resources. */
    private SequencedMap<World.Key, World.Item> sorted(SequencedMap<World.Key, World.Item> items) {
        var classes = new ArrayList<List<World.Key>>();
        for (int i = 0; i < RANKS; i++) {
            classes.add(new ArrayList<>());
        }
        items.forEach((key, item) -> classes.get(rank(item)).add(key));
        var sorted = new LinkedHashMap<World.Key, World.Item>();
        for (List<World.Key> keys : classes) {
            keys.forEach(key -> sorted.put(key, items.getOrDefault(key, NOTHING)));
        }
        return paired(sorted);
    }

    /** Each getter in front of its setter. */
    private static SequencedMap<World.Key, World.Item> paired(SequencedMap<World.Key, World.Item> items) {
        var names = new ArrayList<String>();
        items.keySet().forEach(key -> {
            if (key instanceof World.Key.Plain(String name)) {
                names.add(name);
            }
        });
        Iterator<String> ordered = Accessors.inOrder(names).iterator();
        var paired = new LinkedHashMap<World.Key, World.Item>();
        items.keySet().forEach(key -> {
            World.Key next = key instanceof World.Key.Plain ? new World.Key.Plain(ordered.next()) : key;
            paired.put(next, items.getOrDefault(next, NOTHING));
        });
        return paired;
    }

    private int rank(World.Item item) {
        return switch (item) {
            case World.Item.OfInterface _ -> 0;
            case World.Item.OfType(TypeId type) ->
                graph.get(type).kind() instanceof TypeKind.Alias(TypeId target)
                                && !graph.get(target)
                                        .owner()
                                        .equals(graph.get(type).owner())
                        ? 1
                        : 2;
            case World.Item.OfFunction(Function function) ->
                function.kind().resource().isEmpty() ? 3 : 4;
        };
    }

    private void addImport(SequencedMap<World.Key, World.Item> filled, InterfaceId from, Stability stability) {
        addImport(filled, new World.Key.OfInterface(from), new World.Item.OfInterface(from, Remarks.of(stability)));
    }

    /** Calls itself as deep as interfaces stand on each other, which has a limit. */
    private void addImport(SequencedMap<World.Key, World.Item> filled, World.Key key, World.Item.OfInterface item) {
        if (!filled.containsKey(key)) {
            for (InterfaceId dependency : graph.uses(item.id())) {
                addImport(filled, dependency, item.remarks().stability());
            }
            filled.put(key, item);
        }
    }

    /**
     * Exports with what they stand on. That is exported, too, if the world says so, and imported otherwise; it cannot be both for one
     * interface.
     */
    private final class Exports {
        private final SequencedMap<World.Key, World.Item> filled;
        private final SequencedMap<World.Key, World.Item> filledExports;
        private final SequencedMap<World.Key, World.Item.OfInterface> exported;
        private final Set<InterfaceId> required = new HashSet<>();

        Exports(
                SequencedMap<World.Key, World.Item> filled,
                SequencedMap<World.Key, World.Item> filledExports,
                SequencedMap<World.Key, World.Item.OfInterface> exported) {
            this.filled = filled;
            this.filledExports = filledExports;
            this.exported = exported;
        }

        void add() {
            exported.forEach((key, item) -> {
                if (!add(key, item, true)) {
                    throw spot.error(
                            "export `" + graph.name(key)
                                    + "` stands on an interface that would have to be imported and exported at once",
                            "exporting all interfaces in between, too, resolves it");
                }
            });
        }

        private boolean add(World.Key key, World.Item.OfInterface item, boolean export) {
            if (filledExports.containsKey(key)) {
                return export;
            }
            if (!export && required.contains(item.id())) {
                return true;
            }
            for (InterfaceId dependency : graph.uses(item.id())) {
                var dependencyKey = new World.Key.OfInterface(dependency);
                var stated = new World.Item.OfInterface(
                        dependency, Remarks.of(item.remarks().stability()));
                boolean exportedToo = export && exported.containsKey(dependencyKey);
                World.Item.OfInterface own = exported.getOrDefault(dependencyKey, stated);
                if (!add(dependencyKey, exportedToo ? own : stated, exportedToo)) {
                    return false;
                }
            }
            if (export) {
                filledExports.put(key, item);
                return !required.contains(item.id());
            }
            required.add(item.id());
            filled.putIfAbsent(key, item);
            return true;
        }
    }
}
