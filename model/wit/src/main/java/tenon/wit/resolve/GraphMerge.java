package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Type;
import tenon.wit.TypeComparison;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/**
 * Puts two graphs into one. Packages of one name are two views of one package: an interface has what it has in either, and what it has in
 * both must be the same; a world must be the same in both. Confined to one run.
 */
public final class GraphMerge {
    private final PackageGraph from;
    private final PackageGraph into;
    private final GraphBuilder out;
    private final TypeComparison comparison;

    /** What things of {@link #from} are in the result. */
    private final Map<PackageId, PackageId> packages = new HashMap<>();

    private final Map<InterfaceId, InterfaceId> interfaces = new HashMap<>();
    private final Map<WorldId, WorldId> worlds = new HashMap<>();
    private final Map<TypeId, TypeId> types = new HashMap<>();
    private final Map<TypeKind, TypeId> anonymous = new HashMap<>();

    private final List<InterfaceId> newInterfaces = new ArrayList<>();
    private final List<WorldId> newWorlds = new ArrayList<>();

    private GraphMerge(PackageGraph into, PackageGraph from) {
        this.from = from;
        this.into = into;
        this.out = GraphBuilder.of(into);
        this.comparison = new TypeComparison(from, into);
    }

    /**
     * {@code into} with what {@code from} has besides; raises a {@link WitException} if they contradict each other. Packages that are new
     * stand last, also behind those of {@code into} that use them now.
     */
    public static PackageGraph merge(PackageGraph into, PackageGraph from) {
        var merge = new GraphMerge(into, from);
        for (int i = 0; i < from.packages().size(); i++) {
            merge.match(new PackageId(i));
        }
        merge.allocate();
        merge.addTypes();
        merge.fillInterfaces();
        merge.fillWorlds();
        merge.fillPackages();
        for (int i = 0; i < into.worlds().size() + merge.newWorlds.size(); i++) {
            var id = new WorldId(i);
            new WorldFiller(merge.out, merge.out.get(id).owner(), id, Spot.NOWHERE).fill();
        }
        return merge.out.graph(into.main());
    }

    private static WitException error(String fact) {
        return new WitException(Diagnostic.of(Place.NOWHERE, fact));
    }

    private void match(PackageId id) {
        WitPackage each = from.get(id);
        into.find(each.name()).ifPresent(other -> {
            packages.put(id, other);
            WitPackage there = into.get(other);
            each.interfaces().forEach((name, face) -> {
                InterfaceId known = there.interfaces().get(name);
                if (known != null) {
                    match("interface `" + each.name() + "/" + name + "`", face, known);
                }
            });
            each.worlds().forEach((name, world) -> {
                WorldId known = there.worlds().get(name);
                if (known != null) {
                    match("world `" + each.name() + "/" + name + "`", world, known);
                }
            });
        });
    }

    private void match(String what, InterfaceId id, InterfaceId known) {
        interfaces.put(id, known);
        Interface a = from.get(id);
        Interface b = into.get(known);
        a.types().forEach((name, type) -> {
            TypeId other = b.types().get(name);
            if (other != null) {
                match(what + " has type `" + name + "`", type, other);
            }
        });
        a.functions().forEach((name, function) -> {
            Function other = b.functions().get(name);
            if (other != null && !comparison.same(function, other)) {
                throw error(what + " has function `" + name + "` twice, and not the same");
            }
        });
    }

    private void match(String what, TypeId type, TypeId other) {
        if (!comparison.same(type, other)) {
            throw error(what + " twice, and not the same");
        }
        types.put(type, other);
    }

    private void match(String what, WorldId id, WorldId known) {
        worlds.put(id, known);
        World a = from.get(id);
        World b = into.get(known);
        match(what, "import", a.imports(), b.imports());
        match(what, "export", a.exports(), b.exports());
    }

    private void match(
            String what,
            String word,
            SequencedMap<World.Key, World.Item> items,
            SequencedMap<World.Key, World.Item> others) {
        if (items.size() != others.size()) {
            throw error(what + " has " + items.size() + " " + word + "s, and " + others.size() + " elsewhere");
        }
        var byName = new HashMap<String, World.Item>();
        others.forEach((key, item) -> byName.put(into.name(key), item));
        items.forEach((key, item) -> {
            String name = from.name(key);
            String where = what + ", " + word + " `" + name + "`,";
            World.Item other = byName.get(name);
            if (other == null) {
                throw error(what + " has " + word + " `" + name + "`, and has none of that name elsewhere");
            } else if (item instanceof World.Item.OfInterface one && other instanceof World.Item.OfInterface two) {
                if (from.get(one.id()).name().isEmpty()
                        && into.get(two.id()).name().isEmpty()) {
                    match(where, one.id(), two.id());
                } else if (!from.name(one.id()).equals(into.name(two.id()))) {
                    throw error(where + " is another interface elsewhere");
                }
            } else if (item instanceof World.Item.OfFunction(Function one)
                    && other instanceof World.Item.OfFunction(Function two)) {
                if (!comparison.same(one, two)) {
                    throw error(where + " is another function elsewhere");
                }
            } else if (item instanceof World.Item.OfType(TypeId one)
                    && other instanceof World.Item.OfType(TypeId two)) {
                match(where + " is a type", one, two);
            } else {
                throw error(where + " is a " + item.word() + ", and a " + other.word() + " elsewhere");
            }
        });
    }

    /** Gives all that is new its index. */
    private void allocate() {
        for (int i = 0; i < from.packages().size(); i++) {
            WitPackage each = from.packages().get(i);
            packages.computeIfAbsent(new PackageId(i), _ -> out.addPackage(each.name(), each.documentation()));
        }
        int next = into.interfaces().size();
        for (int i = 0; i < from.interfaces().size(); i++) {
            var id = new InterfaceId(i);
            if (!interfaces.containsKey(id)) {
                interfaces.put(id, new InterfaceId(next++));
                newInterfaces.add(id);
            }
        }
        next = into.worlds().size();
        for (int i = 0; i < from.worlds().size(); i++) {
            var id = new WorldId(i);
            if (!worlds.containsKey(id)) {
                worlds.put(id, new WorldId(next++));
                newWorlds.add(id);
            }
        }
    }

    private static <K, V> V mapped(Map<K, V> map, K key) {
        V value = map.get(key);
        assert value != null : key;
        return value;
    }

    /** In the order of {@link #from}, where a type stands behind those that it is made of. */
    private void addTypes() {
        for (int i = 0; i < into.types().size(); i++) {
            TypeDefinition type = into.types().get(i);
            if (type.owner() instanceof Owner.None) {
                anonymous.putIfAbsent(type.kind(), new TypeId(i));
            }
        }
        for (int i = 0; i < from.types().size(); i++) {
            var id = new TypeId(i);
            if (!types.containsKey(id)) {
                types.put(id, add(from.get(id)));
            }
        }
    }

    private TypeId add(TypeDefinition type) {
        TypeKind kind = type.kind().map(this::map, part -> mapped(types, part));
        Owner owner = switch (type.owner()) {
            case Owner.OfInterface(InterfaceId id) -> new Owner.OfInterface(mapped(interfaces, id));
            case Owner.OfWorld(WorldId id) -> new Owner.OfWorld(mapped(worlds, id));
            case Owner.None none -> none;
        };
        var added = new TypeDefinition(type.name(), kind, owner, type.remarks());
        return owner instanceof Owner.None ? anonymous.computeIfAbsent(kind, _ -> out.add(added)) : out.add(added);
    }

    private Type map(Type type) {
        return type instanceof TypeId id ? mapped(types, id) : type;
    }

    private Function map(Function function) {
        return new Function(
                function.name(),
                function.kind().with(function.kind().resource().map(id -> mapped(types, id))),
                function.params().stream()
                        .map(param -> new Function.Parameter(param.name(), map(param.type())))
                        .toList(),
                function.result().map(this::map),
                function.remarks());
    }

    private void fillInterfaces() {
        for (InterfaceId id : newInterfaces) {
            Interface each = from.get(id);
            out.add(
                    extended(
                            each,
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            mapped(packages, each.owner()),
                            each.remarks()),
                    Spot.NOWHERE);
        }
        interfaces.forEach((id, other) -> {
            if (other.index() < into.interfaces().size()) {
                Interface known = into.get(other);
                Remarks remarks = gated(known.remarks(), from.get(id).remarks());
                out.set(
                        other,
                        extended(
                                from.get(id),
                                new LinkedHashMap<>(known.types()),
                                new LinkedHashMap<>(known.functions()),
                                known.owner(),
                                remarks),
                        Spot.NOWHERE);
            }
        });
    }

    /** The interface with what {@code each} has besides. */
    private Interface extended(
            Interface each,
            SequencedMap<String, TypeId> knownTypes,
            SequencedMap<String, Function> functions,
            PackageId owner,
            Remarks remarks) {
        each.types().forEach((name, type) -> knownTypes.putIfAbsent(name, mapped(types, type)));
        each.functions().forEach((name, function) -> functions.computeIfAbsent(name, _ -> map(function)));
        return new Interface(
                each.name(),
                owner,
                knownTypes,
                functions,
                remarks,
                each.copyOf().map(id -> mapped(interfaces, id)));
    }

    /** Binaries do not always know of gates: who knows more is right. */
    private static Remarks gated(Remarks known, Remarks other) {
        return known.stability().isUnknown() ? known.with(other.stability()) : known;
    }

    private void fillWorlds() {
        for (WorldId id : newWorlds) {
            World each = from.get(id);
            out.add(new World(
                    each.name(),
                    mapped(packages, each.owner()),
                    map(each.imports()),
                    map(each.exports()),
                    each.remarks()));
        }
        worlds.forEach((id, other) -> {
            if (other.index() < into.worlds().size()) {
                World known = into.get(other);
                var gated = new World(
                        known.name(),
                        known.owner(),
                        gated(known.imports(), from.get(id).imports()),
                        gated(known.exports(), from.get(id).exports()),
                        gated(known.remarks(), from.get(id).remarks()));
                out.set(other, gated, Spot.NOWHERE);
            }
        });
    }

    private SequencedMap<World.Key, World.Item> map(SequencedMap<World.Key, World.Item> items) {
        var mapped = new LinkedHashMap<World.Key, World.Item>();
        items.forEach((key, item) -> mapped.put(
                map(key),
                switch (item) {
                    case World.Item.OfInterface named ->
                        new World.Item.OfInterface(mapped(interfaces, named.id()), named.remarks());
                    case World.Item.OfFunction(Function function) -> new World.Item.OfFunction(map(function));
                    case World.Item.OfType(TypeId type) -> new World.Item.OfType(mapped(types, type));
                }));
        return mapped;
    }

    private World.Key map(World.Key key) {
        return key instanceof World.Key.OfInterface(InterfaceId id)
                ? new World.Key.OfInterface(mapped(interfaces, id))
                : key;
    }

    private SequencedMap<World.Key, World.Item> gated(
            SequencedMap<World.Key, World.Item> known, SequencedMap<World.Key, World.Item> others) {
        var gated = new LinkedHashMap<>(known);
        others.forEach((key, item) -> {
            World.Key there = map(key);
            if (item instanceof World.Item.OfInterface other
                    && gated.get(there) instanceof World.Item.OfInterface named) {
                gated.put(there, new World.Item.OfInterface(named.id(), gated(named.remarks(), other.remarks())));
            }
        });
        return gated;
    }

    private void fillPackages() {
        packages.forEach((id, other) -> {
            WitPackage each = from.get(id);
            WitPackage known = out.get(other);
            var faces = new LinkedHashMap<>(known.interfaces());
            each.interfaces().forEach((name, face) -> faces.putIfAbsent(name, mapped(interfaces, face)));
            var named = new LinkedHashMap<>(known.worlds());
            each.worlds().forEach((name, world) -> named.putIfAbsent(name, mapped(worlds, world)));
            out.fill(other, faces, named);
        });
    }
}
