package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/**
 * A world in which each import and export has types of its own: an interface that is there twice is copied, with those that use it. So what
 * is one type in the graph is one type in a component, which helps generators for languages where types go by name. Confined to one run.
 */
public final class NominalTypes {
    private final GraphBuilder graph;
    private final Set<InterfaceId> seen = new HashSet<>();

    /** Those that others can take types from, and that have become copies. */
    private final Set<InterfaceId> copied = new HashSet<>();

    private final Map<TypeId, TypeId> types = new HashMap<>();

    /** An import or export of an interface. */
    private record Place(World.Key key, World.Item.OfInterface item) {}

    private NominalTypes(GraphBuilder graph) {
        this.graph = graph;
    }

    /** The graph with this done for one world. */
    public static PackageGraph of(PackageGraph graph, WorldId id) {
        GraphBuilder builder = GraphBuilder.of(graph);
        var nominal = new NominalTypes(builder);
        World world = graph.get(id);
        SequencedMap<World.Key, World.Item> imports = nominal.copied(world.imports());
        builder.set(id, world.with(imports, nominal.copied(world.exports())), Spot.NOWHERE);
        return builder.graph(graph.main());
    }

    private SequencedMap<World.Key, World.Item> copied(SequencedMap<World.Key, World.Item> items) {
        var copies = new LinkedHashMap<World.Key, World.Item.OfInterface>();
        toCopy(items).forEach((id, places) -> {
            // nothing can take types from those with plain names, so that what becomes of their types is forgotten
            for (Place each : places) {
                if (each.key() instanceof World.Key.Plain) {
                    copies.put(each.key(), copy(id, each.item(), new HashMap<>(types)));
                }
            }
            for (Place each : places) {
                if (each.key() instanceof World.Key.OfInterface) {
                    copies.put(each.key(), copy(id, each.item(), types));
                }
            }
        });
        var result = new LinkedHashMap<World.Key, World.Item>();
        items.forEach((key, item) -> {
            World.Item.OfInterface copy = copies.get(key);
            if (copy == null) {
                result.put(key, item);
            } else {
                result.put(key instanceof World.Key.Plain ? key : new World.Key.OfInterface(copy.id()), copy);
            }
        });
        return result;
    }

    private World.Item.OfInterface copy(InterfaceId id, World.Item.OfInterface item, Map<TypeId, TypeId> mapped) {
        InterfaceId copy = WorldCopier.copy(graph, graph.get(id).owner(), mapped, id);
        return new World.Item.OfInterface(copy, item.remarks());
    }

    /** The interfaces that are there again, or use one that is, each with where it stands; those with plain names are looked at last. */
    private SequencedMap<InterfaceId, List<Place>> toCopy(SequencedMap<World.Key, World.Item> items) {
        var order = new ArrayList<>(items.entrySet());
        order.sort(Comparator.comparing(
                each -> each.getKey() instanceof World.Key.Plain && each.getValue() instanceof World.Item.OfInterface));
        var found = new LinkedHashMap<InterfaceId, List<Place>>();
        for (var each : order) {
            if (each.getValue() instanceof World.Item.OfInterface named) {
                boolean again = !seen.add(named.id());
                if (again || graph.uses(named.id()).stream().anyMatch(copied::contains)) {
                    if (each.getKey() instanceof World.Key.OfInterface) {
                        copied.add(named.id());
                    }
                    found.computeIfAbsent(named.id(), _ -> new ArrayList<>()).add(new Place(each.getKey(), named));
                }
            }
        }
        return found;
    }
}
