package tenon.wit.resolve;

import java.util.LinkedHashMap;
import java.util.Optional;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.PackageGraph;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/** Turns a world round: what a component of it exports, another one imports. */
public final class Importized {
    private static final String SUFFIX = "-importized";

    private Importized() {}

    /**
     * The graph with {@code id} turned round: its exports are imports, and of its imports only types and what these stand on are left.
     * Its name is {@code name}, or else its own with {@code -importized} behind it.
     */
    public static PackageGraph of(PackageGraph graph, WorldId id, Optional<String> name) {
        World world = graph.get(id);
        var imports = new LinkedHashMap<World.Key, World.Item>();
        world.imports().forEach((key, item) -> {
            if (item instanceof World.Item.OfType) {
                imports.put(key, item);
            }
        });
        world.exports().forEach((key, item) -> {
            if (imports.putIfAbsent(key, item) != null) {
                throw new WitException(Diagnostic.of(
                        Place.NOWHERE,
                        "export `" + graph.name(key) + "` of world `" + world.name()
                                + "` has the name of an import, expected names that differ"));
            }
        });
        String newName = name.orElse(world.name() + SUFFIX);
        GraphBuilder builder = GraphBuilder.of(graph);
        var turned = new World(newName, world.owner(), imports, new LinkedHashMap<>(), world.remarks());
        builder.set(id, turned, Spot.NOWHERE);
        new WorldFiller(builder, world.owner(), id, Spot.NOWHERE).fill();
        WitPackage owner = graph.get(world.owner());
        var worlds = new LinkedHashMap<>(owner.worlds());
        worlds.remove(world.name());
        if (worlds.putIfAbsent(newName, id) != null) {
            throw new WitException(Diagnostic.of(Place.NOWHERE, "world `" + newName + "` is there already"));
        }
        builder.fill(world.owner(), owner.interfaces(), worlds);
        return builder.graph(graph.main());
    }
}
