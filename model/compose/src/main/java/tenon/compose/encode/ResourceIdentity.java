package tenon.compose.encode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.graph.Package;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.ResourceType;
import tenon.compose.type.TrackedName;
import tenon.compose.type.Use;

/**
 * Which resource types of a graph are the same, and whether each component gets the same one wherever it asks for one: each instance has
 * resource types of its own, so that interfaces which share a resource must come from one instance. Confined to one run.
 */
final class ResourceIdentity {
    private final CompositionGraph graph;

    /** By package: which import its imported resources are at home in. */
    private final Map<Package, Map<ResourceType, Home>> homes = new HashMap<>();

    /** An import, and the name of the resource in it; the name is empty if the import is the resource itself. */
    private record Home(String name, String label) {}

    /** A resource type of the graph: that of an instance, or of an import of the composition. */
    private sealed interface Identity {}

    private record OfInstance(Node instance, ResourceType resource) implements Identity {}

    private record OfImport(String name, String label) implements Identity {}

    /** Through which import a component gets a resource type. */
    private record Way(String name, Identity identity) {}

    private ResourceIdentity(CompositionGraph graph) {
        this.graph = graph;
    }

    /** Raises a {@link ConflictException} if a component gets two resource types where it asks for one. */
    static void check(CompositionGraph graph) {
        var identity = new ResourceIdentity(graph);
        for (Node node : graph.inOrder()) {
            if (node.kind() instanceof Node.Instantiation(Package target)) {
                identity.check(node, target);
            }
        }
    }

    private void check(Node node, Package target) {
        var ways = new HashMap<ResourceType, Way>();
        target.world().imports().forEach((name, item) -> {
            if (item instanceof Item.Instance(InterfaceType face)) {
                face.exports().forEach((label, export) -> {
                    if (export instanceof Item.OfType(ResourceType resource)) {
                        Way way = new Way(name, passed(node, name, face, label));
                        Way other = ways.putIfAbsent(resource.origin(), way);
                        if (other != null && !other.identity().equals(way.identity())) {
                            throw conflict(node, target, resource, other, way);
                        }
                    }
                });
            }
        });
    }

    private ConflictException conflict(Node node, Package target, ResourceType resource, Way one, Way other) {
        return new ConflictException(
                "`" + one.name() + "` and `" + other.name() + "` of `" + target + "` share " + resource
                        + ", and must come from one instance",
                giver(node, other.name()),
                node,
                List.of("`" + one.name() + "` comes from " + described(node, one.name()) + ", `" + other.name()
                        + "` from " + described(node, other.name())));
    }

    private Node giver(Node instantiation, String name) {
        Node given = graph.arguments(instantiation).get(name);
        return given == null ? instantiation : given;
    }

    private String described(Node instantiation, String name) {
        Node given = graph.arguments(instantiation).get(name);
        return given == null ? "an import of the composition" : given.toString();
    }

    /** What an instantiation gets as the resource {@code label} of its import {@code name}. */
    private Identity passed(Node instantiation, String name, InterfaceType asked, String label) {
        Node given = graph.arguments(instantiation).get(name);
        return given != null
                        && given.item() instanceof Item.Instance(InterfaceType face)
                        && face.exports().get(label) instanceof Item.OfType(ResourceType resource)
                ? identity(given, face, label, resource)
                : imported(name, asked, label, names(instantiation));
    }

    private Identity identity(Node node, InterfaceType face, String label, ResourceType resource) {
        return switch (node.kind()) {
            case Node.Import(String name) -> imported(name, face, label, Map.of());
            case Node.Alias(Node source, String _) -> identity(source, face, label, resource);
            case Node.Instantiation(Package target) -> inside(node, target, resource);
            case Node.Definition _ -> throw new AssertionError("a definition has no resources");
        };
    }

    /** A resource that an instance exports: one that it was given, or its own. */
    private Identity inside(Node node, Package target, ResourceType resource) {
        Home home = homes.computeIfAbsent(target, ResourceIdentity::homes).get(resource.origin());
        if (home == null) {
            return new OfInstance(node, resource.origin());
        }
        Item item = target.world().imports().get(home.name());
        return item instanceof Item.Instance(InterfaceType face)
                ? passed(node, home.name(), face, home.label())
                : new OfImport(home.name(), "");
    }

    /** By interface: the name under which a component imports it. */
    private static Map<InterfaceType, String> names(Node instantiation) {
        var names = new HashMap<InterfaceType, String>();
        if (instantiation.kind() instanceof Node.Instantiation(Package target)) {
            target.world().imports().forEach((name, item) -> {
                if (item instanceof Item.Instance(InterfaceType face)) {
                    names.put(face, name);
                }
            });
        }
        return names;
    }

    private static Map<ResourceType, Home> homes(Package target) {
        var homes = new HashMap<ResourceType, Home>();
        target.world().imports().forEach((name, item) -> {
            if (item instanceof Item.OfType(ResourceType resource)) {
                homes.putIfAbsent(resource.origin(), new Home(name, ""));
            } else if (item instanceof Item.Instance(InterfaceType face)) {
                face.exports().forEach((label, export) -> {
                    if (export instanceof Item.OfType(ResourceType resource)) {
                        homes.putIfAbsent(resource.origin(), new Home(name, label));
                    }
                });
            }
        });
        return homes;
    }

    /** A resource of what the composition imports: at home in the interface that it is taken from. */
    private static Identity imported(String name, InterfaceType face, String label, Map<InterfaceType, String> names) {
        String first = firstName(face, label);
        Use use = face.uses().get(first);
        if (use != null) {
            String home = names.getOrDefault(use.from(), use.from().id().orElse(name));
            return imported(home, use.from(), use.name(), names);
        }
        Optional<TrackedName> tracked = TrackedName.of(name);
        return new OfImport(
                tracked.map(each -> each.unversioned() + "@" + each.track()).orElse(name), first);
    }

    /** The first name that an interface has for the resource that it calls {@code label}, too. */
    private static String firstName(InterfaceType face, String label) {
        if (!(face.exports().get(label) instanceof Item.OfType(ResourceType resource))) {
            return label;
        }
        return face.exports().entrySet().stream()
                .filter(each -> each.getValue() instanceof Item.OfType(ResourceType other)
                        && other.origin() == resource.origin())
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(label);
    }
}
