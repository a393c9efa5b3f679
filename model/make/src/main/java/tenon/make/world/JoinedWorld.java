package tenon.make.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import tenon.types.component.InterfaceName;
import tenon.types.component.PackageName;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypesById;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.resolve.MergedVersions;
import tenon.wit.resolve.NominalTypes;

/**
 * One world made of several, in a graph of its own. Interfaces of one name and version are one; each world may know another part of them.
 * Confined to one run.
 */
public final class JoinedWorld implements TypesById {
    /** The only world of {@link #graph}. */
    public static final WorldId ID = new WorldId(0);

    static final Owner OWNER = new Owner.OfWorld(ID);
    static final PackageName HOME = new PackageName("root", "root", Optional.empty());

    private final List<Face> faces = new ArrayList<>();
    private final List<TypeDefinition> types = new ArrayList<>();
    private final SequencedMap<PackageName, SequencedMap<String, InterfaceId>> packages = new LinkedHashMap<>();
    private final SequencedMap<World.Key, World.Item> imports = new LinkedHashMap<>();
    private final SequencedMap<World.Key, World.Item> exports = new LinkedHashMap<>();

    /** The worlds that were joined, as far as they are kept, behind {@link #ID}. */
    private final List<World> kept = new ArrayList<>();

    private final List<PackageName> keptHomes = new ArrayList<>();

    /** A world without imports and exports. */
    public JoinedWorld() {}

    /** Adds a world of another graph; gives back what it exports, by keys of this world, in order. */
    public SequencedSet<World.Key> join(PackageGraph graph, WorldId world) {
        return new Joining(this, graph, world).join();
    }

    /** Keeps a world of another graph as it is, beside the one that is made. */
    public void keep(PackageGraph graph, WorldId world) {
        PackageName home = graph.get(graph.get(world).owner()).name();
        String name = graph.get(world).name();
        for (int i = 0; i < kept.size(); i++) {
            if (keptHomes.get(i).equals(home) && kept.get(i).name().equals(name)) {
                return;
            }
        }
        var id = new WorldId(kept.size() + 1);
        kept.add(new Joining(this, graph, world).copy(new Owner.OfWorld(id)));
        keptHomes.add(home);
        packages.computeIfAbsent(home, _ -> new LinkedHashMap<>());
    }

    /**
     * A world once all are joined.
     *
     * @param graph whose {@link #ID} it is
     * @param exported per module what it exports, in order
     */
    public record Settled(PackageGraph graph, List<SequencedSet<World.Key>> exported) {
        /** Takes copies. */
        public Settled {
            exported = List.copyOf(exported);
        }
    }

    /**
     * The world once all are joined: compatible versions of an interface that is imported become the latest, imports get in order,
     * and exported interfaces that are imported, too, get types of their own.
     *
     * @param exported per module what it exports, by today's keys
     */
    public Settled settle(List<SequencedSet<World.Key>> exported, boolean mergeVersions) {
        PackageGraph joined = graph();
        PackageGraph graph = NominalTypes.of(mergeVersions ? MergedVersions.of(joined, ID) : joined, ID);
        var renamed = new HashMap<World.Key, World.Key>();
        for (World.Key key : graph.get(ID).exports().keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)) {
                graph.get(id).copyOf().ifPresent(original -> renamed.put(new World.Key.OfInterface(original), key));
            }
        }
        var settled = new ArrayList<SequencedSet<World.Key>>();
        for (SequencedSet<World.Key> keys : exported) {
            var mine = new LinkedHashSet<World.Key>();
            keys.forEach(key -> mine.add(renamed.getOrDefault(key, key)));
            settled.add(mine);
        }
        return new Settled(graph, settled);
    }

    /** The graph as it stands. */
    public PackageGraph graph() {
        var ids = new LinkedHashMap<PackageName, PackageId>();
        ids.put(HOME, new PackageId(0));
        packages.keySet().forEach(name -> ids.putIfAbsent(name, new PackageId(ids.size())));
        var made = new ArrayList<WitPackage>();
        ids.forEach((name, id) -> {
            var worlds = new LinkedHashMap<String, WorldId>();
            if (name.equals(HOME)) {
                worlds.put("root", ID);
            }
            for (int i = 0; i < kept.size(); i++) {
                if (keptHomes.get(i).equals(name)) {
                    worlds.put(kept.get(i).name(), new WorldId(i + 1));
                }
            }
            made.add(
                    new WitPackage(name, Optional.empty(), packages.getOrDefault(name, new LinkedHashMap<>()), worlds));
        });
        List<Interface> interfaces = faces.stream()
                .map(face -> new Interface(
                        face.name(),
                        ids.getOrDefault(face.owner(), new PackageId(0)),
                        face.types(),
                        face.functions(),
                        Remarks.NONE))
                .toList();
        var worlds = new ArrayList<World>();
        worlds.add(new World("root", new PackageId(0), imports, exports, Remarks.NONE));
        for (int i = 0; i < kept.size(); i++) {
            World each = kept.get(i);
            PackageId owner = ids.getOrDefault(keptHomes.get(i), new PackageId(0));
            worlds.add(new World(each.name(), owner, each.imports(), each.exports(), each.remarks()));
        }
        return new PackageGraph(made, interfaces, worlds, types, new PackageId(0));
    }

    SequencedMap<World.Key, World.Item> imports() {
        return imports;
    }

    SequencedMap<World.Key, World.Item> exports() {
        return exports;
    }

    Face get(InterfaceId id) {
        return faces.get(id.index());
    }

    @Override
    public TypeDefinition get(TypeId id) {
        return types.get(id.index());
    }

    InterfaceId add(Face face) {
        faces.add(face);
        return new InterfaceId(faces.size() - 1);
    }

    /** The interface of this name, made if it is not there. */
    InterfaceId named(PackageName owner, String name) {
        return packages.computeIfAbsent(owner, _ -> new LinkedHashMap<>())
                .computeIfAbsent(name, _ -> add(Face.empty(Optional.of(name), owner)));
    }

    TypeId add(TypeDefinition type) {
        types.add(type);
        return new TypeId(types.size() - 1);
    }

    /** The name of an interface that has one. */
    Optional<InterfaceName> name(InterfaceId id) {
        Face face = get(id);
        return face.name().map(name -> new InterfaceName(face.owner(), name));
    }

    /** As messages show it. */
    String name(World.Key key) {
        return switch (key) {
            case World.Key.Plain(String name) -> name;
            case World.Key.OfInterface(InterfaceId id) ->
                name(id).map(InterfaceName::toString).orElse("");
        };
    }

    /** The interfaces that an interface takes types from, in order. */
    SequencedSet<InterfaceId> uses(InterfaceId id) {
        var uses = new LinkedHashSet<InterfaceId>();
        get(id).types().values().forEach(type -> usedFrom(type).ifPresent(uses::add));
        return uses;
    }
}
