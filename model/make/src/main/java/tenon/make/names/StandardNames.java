package tenon.make.names;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tenon.make.world.JoinedWorld;
import tenon.make.world.Lifting;
import tenon.types.component.InterfaceName;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.SemanticVersion;
import tenon.types.core.FuncType;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;

/** The names behind {@code cm32p2}: BuildTargets.md. It has none for what is async. */
final class StandardNames implements NameScheme {
    @Override
    public String root() {
        return "";
    }

    @Override
    public String interfacePrefix() {
        return "|";
    }

    @Override
    public String exportedPrefix() {
        return "_ex_";
    }

    @Override
    public Optional<Offer.Service> service(String name) {
        return switch (name) {
            case "_memory" -> Optional.of(Offer.Service.MEMORY);
            case "_realloc" -> Optional.of(Offer.Service.REALLOC);
            case "_initialize" -> Optional.of(Offer.Service.INITIALIZE);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Builtin> builtin(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> resource(Requirement.ExportedResource.Operation operation, String name) {
        String suffix = switch (operation) {
            case DROP -> "_drop";
            case NEW -> "_new";
            case REP -> "_rep";
        };
        return LegacyNames.withoutEnd(name, suffix);
    }

    @Override
    public Optional<String> taskReturn(String name) {
        return Optional.empty();
    }

    @Override
    public boolean isTaskCancel(String name) {
        return false;
    }

    @Override
    public Optional<PayloadName> payload(String name) {
        return Optional.empty();
    }

    @Override
    public Lowered lowered(String name) {
        return new Lowered(name, false);
    }

    @Override
    public Lifted lifted(String name) {
        return new Lifted(name, Lifting.SYNC);
    }

    @Override
    public Optional<String> callback(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> postReturn(String name) {
        return LegacyNames.withoutEnd(name, "_post");
    }

    @Override
    public Optional<Requirement> environment(String name, FuncType type) {
        return Optional.empty();
    }

    @Override
    public Optional<Named> interfaceNamed(PackageGraph graph, Map<World.Key, World.Item> items, String name) {
        for (Map.Entry<World.Key, World.Item> entry : items.entrySet()) {
            if (entry.getValue() instanceof World.Item.OfInterface named
                    && text(graph, entry.getKey()).equals(name)) {
                return Optional.of(new Named(entry.getKey(), named.id()));
            }
        }
        return Optional.empty();
    }

    /** The name of an interface with its version cut down to what is compatible. */
    private static String text(PackageGraph graph, World.Key key) {
        return switch (key) {
            case World.Key.Plain(String name) -> name;
            case World.Key.OfInterface(InterfaceId id) -> {
                InterfaceName name = graph.name(id).orElseThrow();
                Optional<InterfaceVersion> track = name.version().map(version -> compatible(version));
                yield name.unversioned() + track.map(version -> "@" + version).orElse("");
            }
        };
    }

    private static InterfaceVersion compatible(InterfaceVersion version) {
        return version instanceof SemanticVersion semantic
                ? semantic.track().map(track -> (InterfaceVersion) track).orElse(version)
                : version;
    }

    @Override
    public Optional<Target> exported(PackageGraph graph, Collection<World.Key> exports, String name) {
        Map<World.Key, World.Item> items = graph.get(JoinedWorld.ID).exports();
        if (name.startsWith("||")) {
            var key = new World.Key.Plain(name.substring(2));
            return exports.contains(key) && items.get(key) instanceof World.Item.OfFunction(Function function)
                    ? Optional.of(new Target(key, Optional.empty(), function))
                    : Optional.empty();
        }
        return item(graph, exports, name).flatMap(found -> {
            Function function = graph.get(found.id()).functions().get(found.name());
            return Optional.ofNullable(function).map(each -> new Target(found.key(), Optional.of(found.id()), each));
        });
    }

    private record ItemName(World.Key key, InterfaceId id, String name) {}

    /** {@code |interface|item}. */
    private static Optional<ItemName> item(PackageGraph graph, Collection<World.Key> exports, String name) {
        Map<World.Key, World.Item> items = graph.get(JoinedWorld.ID).exports();
        for (World.Key key : exports) {
            String prefix = "|" + text(graph, key) + "|";
            if (items.get(key) instanceof World.Item.OfInterface named && name.startsWith(prefix)) {
                return Optional.of(new ItemName(key, named.id(), name.substring(prefix.length())));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<TypeId> destructor(PackageGraph graph, Collection<World.Key> exports, String name) {
        return LegacyNames.withoutEnd(name, "_dtor")
                .flatMap(rest -> item(graph, exports, rest))
                .flatMap(found -> resource(graph, graph.get(found.id()), found.name()));
    }

    /** A resource of an interface. */
    static Optional<TypeId> resource(PackageGraph graph, Interface face, String name) {
        return Optional.ofNullable(face.types().get(name))
                .filter(type -> graph.get(type).kind() instanceof TypeKind.Resource);
    }
}
