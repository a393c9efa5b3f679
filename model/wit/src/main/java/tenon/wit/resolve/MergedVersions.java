package tenon.wit.resolve;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import tenon.types.Place;
import tenon.types.component.InterfaceName;
import tenon.types.component.SemanticVersion;
import tenon.types.component.VersionTrack;
import tenon.wit.Diagnostic;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeComparison;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/**
 * A world that imports several versions of one track imports the highest one alone, which stands for the others: Explainer.md, "Canonical
 * Interface Name". Confined to one run.
 */
public final class MergedVersions {
    private final PackageGraph graph;
    private final GraphBuilder builder;

    /** What stands for an interface that is not imported any more. */
    private final SequencedMap<InterfaceId, InterfaceId> replacements = new LinkedHashMap<>();

    private MergedVersions(PackageGraph graph) {
        this.graph = graph;
        this.builder = GraphBuilder.of(graph);
    }

    /**
     * The graph with this done for one world. Raises a {@link WitException} if an interface is not what its version promises: functions must
     * be the same as in a lower one, and the types must be there that the world's other items take from that.
     */
    public static PackageGraph of(PackageGraph graph, WorldId id) {
        var merged = new MergedVersions(graph);
        World world = graph.get(id);
        merged.findReplacements(world);
        merged.check(world);
        merged.replace(id, world);
        for (int i = 0; i < graph.worlds().size(); i++) {
            new WorldFiller(merged.builder, graph.worlds().get(i).owner(), new WorldId(i), Spot.NOWHERE).fill();
        }
        return merged.builder.graph(graph.main());
    }

    /** An interface in all versions of a track. */
    private record Track(String name, VersionTrack versions) {}

    private void findReplacements(World world) {
        var highest = new HashMap<Track, InterfaceId>();
        var tracks = new LinkedHashMap<InterfaceId, Track>();
        for (World.Key key : world.imports().keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)) {
                version(id).flatMap(SemanticVersion::track).ifPresent(versions -> {
                    var track = new Track(
                            graph.name(id).map(InterfaceName::unversioned).orElseThrow(), versions);
                    tracks.put(id, track);
                    highest.merge(track, id, this::higher);
                });
            }
        }
        tracks.forEach((id, track) -> {
            InterfaceId best = highest.getOrDefault(track, id);
            if (!best.equals(id)) {
                replacements.put(id, best);
            }
        });
    }

    private Optional<SemanticVersion> version(InterfaceId id) {
        return graph.name(id)
                .flatMap(InterfaceName::version)
                .map(version -> version instanceof SemanticVersion semantic ? semantic : null);
    }

    private InterfaceId higher(InterfaceId one, InterfaceId other) {
        return version(one).orElseThrow().compareTo(version(other).orElseThrow()) >= 0 ? one : other;
    }

    private void check(World world) {
        Set<TypeId> used = used(world);
        replacements.forEach((old, latest) -> {
            Interface a = graph.get(old);
            Interface b = graph.get(latest);
            var comparison = new TypeComparison(graph, graph);
            a.types().forEach((name, type) -> {
                if (!b.types().containsKey(name) && used.contains(type)) {
                    throw broken(old, latest, "type `" + name + "` is not there any more");
                }
            });
            a.functions().forEach((name, function) -> {
                var other = b.functions().get(name);
                if (other != null && !comparison.same(function, other)) {
                    throw broken(old, latest, "function `" + name + "` differs");
                }
            });
        });
    }

    /** The types that {@code use} takes from elsewhere. */
    private Set<TypeId> used(World world) {
        var used = new HashSet<TypeId>();
        Stream.concat(world.imports().values().stream(), world.exports().values().stream())
                .flatMap(item -> switch (item) {
                    case World.Item.OfFunction _ -> Stream.<TypeId>empty();
                    case World.Item.OfType(TypeId type) -> Stream.of(type);
                    case World.Item.OfInterface named -> graph.get(named.id()).types().values().stream();
                })
                .forEach(type -> {
                    if (graph.usedFrom(type).isPresent()
                            && graph.get(type).kind() instanceof TypeKind.Alias(TypeId from)) {
                        used.add(from);
                    }
                });
        return used;
    }

    private WitException broken(InterfaceId old, InterfaceId latest, String fact) {
        return new WitException(Diagnostic.of(
                Place.NOWHERE,
                "interface `" + graph.name(latest).orElseThrow() + "` cannot stand for `"
                        + graph.name(old).orElseThrow() + "`: " + fact));
    }

    private void replace(WorldId id, World world) {
        var imports = new LinkedHashMap<World.Key, World.Item>();
        world.imports().forEach((key, item) -> {
            boolean goes = key instanceof World.Key.OfInterface(InterfaceId named) && replacements.containsKey(named);
            if (!goes) {
                imports.put(key, item);
                redirect(item);
            }
        });
        world.exports().values().forEach(this::redirect);
        builder.set(id, world.with(imports, world.exports()), Spot.NOWHERE);
    }

    private void redirect(World.Item item) {
        switch (item) {
            case World.Item.OfFunction _ -> {}
            case World.Item.OfType(TypeId type) -> redirect(type);
            case World.Item.OfInterface named -> {
                Interface each = builder.get(named.id());
                List.copyOf(each.types().values()).forEach(this::redirect);
                builder.set(named.id(), each, Spot.NOWHERE);
            }
        }
    }

    /** What {@code use} takes from an interface that went is taken from the one that stands for it. */
    private void redirect(TypeId id) {
        InterfaceId latest = builder.usedFrom(id).map(replacements::get).orElse(null);
        TypeDefinition type = builder.get(id);
        if (latest != null && type.kind() instanceof TypeKind.Alias(Type target) && target instanceof TypeId old) {
            Map<String, TypeId> types = builder.get(latest).types();
            TypeId there = types.get(builder.get(old).name().orElseThrow());
            assert there != null : old;
            builder.set(id, new TypeDefinition(type.name(), new TypeKind.Alias(there), type.owner(), type.remarks()));
        }
    }
}
