package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import tenon.types.Place;
import tenon.types.component.PackageName;
import tenon.wit.Diagnostic;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.TypesById;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/** A graph that packages are added to, one after the other. Confined to one run. */
final class GraphBuilder implements TypesById {
    /** Interfaces may stand on each other so deep; what walks along them may then call itself. */
    private static final int DEEPEST = 1000;

    /** A few lines of {@code include} could otherwise fill the memory. */
    private static final int MOST_ITEMS = 2_000_000;

    private final List<WitPackage> packages = new ArrayList<>();
    private final SequencedMap<PackageName, PackageId> packageIds = new LinkedHashMap<>();
    private final List<Interface> interfaces = new ArrayList<>();
    private final List<SequencedSet<InterfaceId>> uses = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final List<World> worlds = new ArrayList<>();
    private final List<TypeDefinition> types = new ArrayList<>();
    private final BitSet borrowing = new BitSet();
    private long items;

    /** A builder that has all of a graph. */
    static GraphBuilder of(PackageGraph graph) {
        var builder = new GraphBuilder();
        for (WitPackage each : graph.packages()) {
            builder.fill(builder.addPackage(each.name(), each.documentation()), each.interfaces(), each.worlds());
        }
        graph.types().forEach(builder::add);
        graph.interfaces().forEach(each -> builder.add(each, Spot.NOWHERE));
        graph.worlds().forEach(builder::add);
        return builder;
    }

    PackageGraph graph(PackageId main) {
        return new PackageGraph(packages, interfaces, worlds, types, main);
    }

    PackageId addPackage(PackageName name, Optional<String> documentation) {
        var id = new PackageId(packages.size());
        packages.add(new WitPackage(name, documentation, new LinkedHashMap<>(), new LinkedHashMap<>()));
        packageIds.put(name, id);
        return id;
    }

    /** Fills a package with its interfaces and worlds. */
    void fill(PackageId id, SequencedMap<String, InterfaceId> named, SequencedMap<String, WorldId> namedWorlds) {
        WitPackage known = packages.get(id.index());
        packages.set(id.index(), new WitPackage(known.name(), known.documentation(), named, namedWorlds));
    }

    Optional<PackageId> find(PackageName name) {
        return Optional.ofNullable(packageIds.get(name));
    }

    Set<PackageName> names() {
        return packageIds.keySet();
    }

    WitPackage get(PackageId id) {
        return packages.get(id.index());
    }

    Interface get(InterfaceId id) {
        return interfaces.get(id.index());
    }

    World get(WorldId id) {
        return worlds.get(id.index());
    }

    @Override
    public TypeDefinition get(TypeId id) {
        return types.get(id.index());
    }

    InterfaceId nextInterface() {
        return new InterfaceId(interfaces.size());
    }

    WorldId nextWorld() {
        return new WorldId(worlds.size());
    }

    /** Adds an interface whose types are there; {@code spot} is where an error points at. */
    InterfaceId add(Interface added, Spot spot) {
        InterfaceId id = nextInterface();
        interfaces.add(added);
        uses.add(new LinkedHashSet<>());
        depths.add(0);
        measure(id, spot);
        return id;
    }

    /** Puts another interface in the place of one that is there. */
    void set(InterfaceId id, Interface other, Spot spot) {
        interfaces.set(id.index(), other);
        measure(id, spot);
    }

    private void measure(InterfaceId id, Spot spot) {
        Interface each = get(id);
        count(1 + each.types().size(), spot);
        each.functions()
                .values()
                .forEach(function -> count(1 + function.params().size(), spot));
        var used = new LinkedHashSet<InterfaceId>();
        int depth = 0;
        for (TypeId type : each.types().values()) {
            usedFrom(type).ifPresent(used::add);
        }
        for (InterfaceId other : used) {
            depth = Math.max(depth, other.index() < depths.size() ? depths.get(other.index()) : 0);
        }
        if (depth >= DEEPEST) {
            throw spot.error("interfaces stand on each other too deep, expected at most " + DEEPEST + " levels");
        }
        uses.set(id.index(), used);
        depths.set(id.index(), depth + 1);
    }

    WorldId add(World world) {
        worlds.add(world);
        return new WorldId(worlds.size() - 1);
    }

    void set(WorldId id, World world, Spot spot) {
        count(size(world.imports().values()) + size(world.exports().values()), spot);
        worlds.set(id.index(), world);
    }

    private static int size(Iterable<World.Item> items) {
        int size = 0;
        for (World.Item item : items) {
            size += item instanceof World.Item.OfFunction(Function function)
                    ? 1 + function.params().size()
                    : 1;
        }
        return size;
    }

    /** Adds a type whose parts are there. */
    TypeId add(TypeDefinition type) {
        var id = new TypeId(types.size());
        if (id.index() >= MOST_ITEMS) {
            throw new WitException(Diagnostic.of(Place.NOWHERE, "there are more than " + MOST_ITEMS + " types in all"));
        }
        types.add(type);
        boolean borrows = type.kind() instanceof TypeKind.Borrow;
        if (!borrows && !(type.kind() instanceof TypeKind.Own)) {
            borrows = type.kind().parts().stream().anyMatch(this::hasBorrow);
        }
        borrowing.set(id.index(), borrows);
        return id;
    }

    /** Puts another type of the same shape in the place of one that is there. */
    void set(TypeId id, TypeDefinition other) {
        types.set(id.index(), other);
    }

    private void count(int added, Spot spot) {
        items += added;
        if (items > MOST_ITEMS) {
            throw spot.error("interfaces and worlds have more than " + MOST_ITEMS + " items in all");
        }
    }

    /** Whether a borrowed handle is in it. */
    boolean hasBorrow(Type type) {
        return type instanceof TypeId id && borrowing.get(id.index());
    }

    /** The interfaces that an interface takes types from. */
    SequencedSet<InterfaceId> uses(InterfaceId id) {
        return uses.get(id.index());
    }

    boolean isResource(TypeId id) {
        return get(origin(id)).kind() instanceof TypeKind.Resource;
    }

    /** How an import or export is called in the Component Model. */
    String name(World.Key key) {
        return switch (key) {
            case World.Key.Plain(String name) -> name;
            case World.Key.OfInterface(InterfaceId id) -> path(id);
        };
    }

    private String path(InterfaceId id) {
        Interface found = get(id);
        PackageName name = get(found.owner()).name();
        return name.unversioned() + "/" + found.name().orElse("")
                + name.version().map(version -> "@" + version).orElse("");
    }

    /** An interface that defines a type of this name itself. */
    Optional<String> interfaceWithType(String type) {
        for (int i = 0; i < interfaces.size(); i++) {
            TypeId found = interfaces.get(i).types().get(type);
            if (found != null
                    && interfaces.get(i).name().isPresent()
                    && usedFrom(found).isEmpty()) {
                return Optional.of(path(new InterfaceId(i)));
            }
        }
        return Optional.empty();
    }

    /** An interface of this name. */
    Optional<String> interfaceNamed(String name) {
        for (WitPackage each : packages) {
            InterfaceId found = each.interfaces().get(name);
            if (found != null) {
                return Optional.of(path(found));
            }
        }
        return Optional.empty();
    }
}
