package tenon.wit.resolve;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.PackageGraph;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/** Worlds turned round: what a component of one exports, another one imports, or the other way round. */
public final class TurnedWorld {
    private TurnedWorld() {}

    /**
     * The graph with {@code id} as those see it who use a component of it: its exports are imports, and of its imports only types and what
     * these stand on are left. Its name is {@code name}, or else its own with {@code -importized} behind it.
     */
    public static PackageGraph importized(PackageGraph graph, WorldId id, Optional<String> name) {
        World world = graph.get(id);
        var imports = new LinkedHashMap<World.Key, World.Item>();
        world.imports().forEach((key, item) -> {
            if (item instanceof World.Item.OfType) {
                imports.put(key, item);
            }
        });
        world.exports().forEach((key, item) -> {
            if (imports.putIfAbsent(key, item) != null) {
                throw error("export `" + graph.name(key) + "` of world `" + world.name()
                        + "` has the name of an import, expected names that differ");
            }
        });
        return replaced(graph, id, name.orElse(world.name() + "-importized"), imports, new LinkedHashMap<>());
    }

    /**
     * The graph with {@code id} as those see it who make what it imports: imports that {@code moved} accepts by name are its exports, other
     * imports stay, and its own exports are gone. Its name is {@code name}, or else its own with {@code -exportized} behind it.
     */
    public static PackageGraph exportized(
            PackageGraph graph, WorldId id, Optional<String> name, Predicate<String> moved) {
        World world = graph.get(id);
        var imports = new LinkedHashMap<World.Key, World.Item>();
        var exports = new LinkedHashMap<World.Key, World.Item>();
        world.imports().forEach((key, item) -> {
            // worlds export no types
            boolean stays = item instanceof World.Item.OfType
                    || !moved.test(graph.name(key)) && !moved.test(ownName(graph, key));
            (stays ? imports : exports).put(key, item);
        });
        return replaced(graph, id, name.orElse(world.name() + "-exportized"), imports, exports);
    }

    /** The name of an interface without its package. */
    private static String ownName(PackageGraph graph, World.Key key) {
        return switch (key) {
            case World.Key.Plain(String name) -> name;
            case World.Key.OfInterface(var face) -> graph.get(face).name().orElse("");
        };
    }

    private static PackageGraph replaced(
            PackageGraph graph,
            WorldId id,
            String name,
            SequencedMap<World.Key, World.Item> imports,
            SequencedMap<World.Key, World.Item> exports) {
        World world = graph.get(id);
        GraphBuilder builder = GraphBuilder.of(graph);
        builder.set(id, new World(name, world.owner(), imports, exports, world.remarks()), Spot.NOWHERE);
        new WorldFiller(builder, world.owner(), id, Spot.NOWHERE).fill();
        WitPackage owner = graph.get(world.owner());
        var worlds = new LinkedHashMap<>(owner.worlds());
        worlds.remove(world.name());
        if (worlds.putIfAbsent(name, id) != null) {
            throw error("world `" + name + "` is there already");
        }
        builder.fill(world.owner(), owner.interfaces(), worlds);
        return builder.graph(graph.main());
    }

    private static WitException error(String fact) {
        return new WitException(Diagnostic.of(Place.NOWHERE, fact));
    }
}
