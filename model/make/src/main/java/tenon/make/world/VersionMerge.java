package tenon.make.world;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tenon.make.MakeException;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.SemanticVersion;
import tenon.types.component.VersionTrack;
import tenon.wit.InterfaceId;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;

/**
 * Of imports of one interface in versions that are compatible, the latest stays: a component that imports {@code a:b/c@0.2.0} and {@code
 * a:b/c@0.2.3} imports the latter alone. Confined to one run.
 */
final class VersionMerge {
    private final JoinedWorld world;
    private final Map<InterfaceId, InterfaceId> replacements = new LinkedHashMap<>();

    private VersionMerge(JoinedWorld world) {
        this.world = world;
    }

    static void run(JoinedWorld world) {
        var merge = new VersionMerge(world);
        merge.findReplacements();
        merge.apply();
        Elaboration.run(world);
    }

    /** An interface regardless of what is compatible. */
    private record Track(String packageName, String name, VersionTrack track) {}

    private record Latest(SemanticVersion version, InterfaceId id) {}

    private Optional<SemanticVersion> version(InterfaceId id) {
        Optional<InterfaceVersion> version = world.get(id).owner().version();
        return version.filter(SemanticVersion.class::isInstance).map(SemanticVersion.class::cast);
    }

    private Optional<Track> track(InterfaceId id) {
        Face face = world.get(id);
        return version(id)
                .flatMap(SemanticVersion::track)
                .flatMap(track -> face.name().map(name -> new Track(face.owner().unversioned(), name, track)));
    }

    private void findReplacements() {
        var latest = new HashMap<Track, Latest>();
        for (World.Key key : world.imports().keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)) {
                track(id)
                        .ifPresent(track -> latest.merge(
                                track,
                                new Latest(version(id).orElseThrow(), id),
                                (a, b) -> b.version().compareTo(a.version()) > 0 ? b : a));
            }
        }
        for (World.Key key : world.imports().keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)) {
                track(id)
                        .map(latest::get)
                        .map(Latest::id)
                        .filter(last -> !last.equals(id))
                        .ifPresent(last -> {
                            checkGrown(id, last);
                            replacements.put(id, last);
                        });
            }
        }
    }

    /** The later version must have all that the earlier one has. */
    private void checkGrown(InterfaceId old, InterfaceId latest) {
        world.get(old).types().keySet().stream()
                .filter(name -> !world.get(latest).types().containsKey(name) && isUsed(old, name))
                .findFirst()
                .ifPresent(name -> {
                    throw new MakeException("`" + text(latest) + "` cannot stand for `" + text(old) + "`, type `" + name
                            + "` is missing");
                });
    }

    private boolean isUsed(InterfaceId owner, String name) {
        TypeId type = Objects.requireNonNull(world.get(owner).types().get(name));
        return world.imports().values().stream().anyMatch(item -> uses(item, type))
                || world.exports().values().stream().anyMatch(item -> uses(item, type));
    }

    private boolean uses(World.Item item, TypeId type) {
        return switch (item) {
            case World.Item.OfInterface named ->
                world.get(named.id()).types().values().stream()
                        .anyMatch(each -> world.get(each).kind().equals(new TypeKind.Alias(type)));
            case World.Item.OfType(TypeId id) -> world.get(id).kind().equals(new TypeKind.Alias(type));
            case World.Item.OfFunction _ -> false;
        };
    }

    private String text(InterfaceId id) {
        return world.name(id).map(Object::toString).orElse("");
    }

    private void apply() {
        var imports = new LinkedHashMap<World.Key, World.Item>();
        world.imports().forEach((key, item) -> {
            if (!(item instanceof World.Item.OfInterface named) || !replacements.containsKey(named.id())) {
                update(item);
                imports.put(key, item);
            }
        });
        world.exports().values().forEach(this::update);
        world.replace(imports, world.exports());
    }

    private void update(World.Item item) {
        switch (item) {
            case World.Item.OfType(TypeId id) -> update(id);
            case World.Item.OfInterface named ->
                world.get(named.id()).types().values().forEach(this::update);
            case World.Item.OfFunction _ -> {}
        }
    }

    /** A type that is used from an interface that is replaced is used from the other. */
    private void update(TypeId id) {
        TypeDefinition type = world.get(id);
        Optional<InterfaceId> latest = world.usedFrom(id).map(replacements::get);
        if (latest.isPresent() && type.kind() instanceof TypeKind.Alias(TypeId target)) {
            String name = world.get(target).name().orElseThrow();
            TypeId other =
                    Objects.requireNonNull(world.get(latest.get()).types().get(name));
            world.set(id, new TypeDefinition(type.name(), new TypeKind.Alias(other), type.owner(), type.remarks()));
        }
    }
}
