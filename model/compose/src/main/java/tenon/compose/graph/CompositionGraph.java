package tenon.compose.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.Set;
import tenon.compose.source.CompositionException;
import tenon.compose.type.FunctionType;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.ModuleType;
import tenon.compose.type.ResourceType;
import tenon.compose.type.Subtyping;
import tenon.compose.type.Type;
import tenon.compose.type.ValueType;
import tenon.compose.type.WorldType;
import tenon.types.InvalidException;
import tenon.types.NearestName;
import tenon.types.Place;
import tenon.types.component.ExternName;
import tenon.types.component.SemanticVersion;

/**
 * A composition in the making: nodes, what is passed to which instantiation, and exports. Each step is checked at once, also that types fit;
 * {@link CompositionException} says what is wrong. Arguments that nobody gives become imports of the composition. Confined to one thread.
 */
public final class CompositionGraph {
    /** What tells one node of another in {@link #edges}. */
    public enum Relation {
        ARGUMENT("argument to"),
        ALIAS("aliased export"),
        DEPENDENCY("dependency of");

        private final String text;

        Relation(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** One node needs another one before it. */
    public record Edge(Node from, Node to, Relation relation) {}

    private record Alias(Node source, String export) {}

    /** How many names a hint lists. */
    private static final int MOST_LISTED = 8;

    private static final int NEAR = 3;

    private final List<Package> packages = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final SequencedMap<String, Node> imports = new LinkedHashMap<>();
    private final SequencedMap<String, Node> exports = new LinkedHashMap<>();
    private final Map<Type, Node> defined = new HashMap<>();
    private final Map<Alias, Node> aliases = new HashMap<>();
    private final Map<Node, SequencedMap<String, Node>> arguments = new HashMap<>();

    /** A composition without anything in it. */
    public CompositionGraph() {}

    /** Makes a package known. */
    public Package register(Package added) {
        if (find(added.name(), added.version()).isPresent()) {
            throw error("package `" + added + "` is there already");
        }
        packages.add(added);
        return added;
    }

    /** A package that was registered. */
    public Optional<Package> find(String name, Optional<SemanticVersion> version) {
        return packages.stream()
                .filter(each -> each.name().equals(name) && each.version().equals(version))
                .findFirst();
    }

    private static CompositionException error(String fact) {
        return CompositionException.at(Place.NOWHERE, fact);
    }

    private Node add(Node.Kind kind, Item item) {
        var node = new Node(nodes.size(), kind, item);
        nodes.add(node);
        return node;
    }

    /** An import of the composition. */
    public Node importItem(String name, Item item) {
        if (imports.containsKey(name)) {
            throw error("`" + name + "` is imported already");
        }
        checkName("import", name);
        Node node = add(new Node.Import(name), item.promoted());
        imports.put(name, node);
        return node;
    }

    private static void checkName(String word, String name) {
        try {
            ExternName.parse(name, Place.NOWHERE);
        } catch (InvalidException invalid) {
            throw error(word + " name " + invalid.fact());
        }
    }

    /** A type that the composition exports. */
    public Node define(String name, Type type) {
        if (type instanceof ResourceType) {
            throw error("a composition cannot define a resource, expected another type");
        }
        if (exports.containsKey(name)) {
            throw error("`" + name + "` is exported already");
        }
        checkName("export", name);
        Node node = add(new Node.Definition(name), new Item.OfType(type));
        var dependencies = new LinkedHashSet<Node>();
        parts(type).forEach(part -> collect(part, dependencies, new HashSet<>()));
        dependencies.forEach(dependency -> edges.add(new Edge(dependency, node, Relation.DEPENDENCY)));
        defined.putIfAbsent(type, node);
        exports.put(name, node);
        return node;
    }

    /** The types of values that a type is made of. */
    private static List<ValueType> parts(Type type) {
        var parts = new ArrayList<ValueType>();
        switch (type) {
            // another name for a type is encoded like the type, and needs nothing before it
            case ValueType.Defined defined when defined.shape() instanceof ValueType.Alias -> {}
            case ValueType value -> value.parts(parts::add);
            case FunctionType function -> {
                function.params().forEach(param -> parts.add(param.type()));
                function.result().ifPresent(parts::add);
            }
            case InterfaceType _, ResourceType _, WorldType _, ModuleType _ -> {}
        }
        return parts;
    }

    /** The definitions that a type needs before it; what those need is their own affair. */
    private void collect(ValueType type, Set<Node> found, Set<ValueType> seen) {
        Node definition = defined.get(type);
        if (definition != null) {
            found.add(definition);
        } else if (seen.add(type)) {
            parts(type).forEach(part -> collect(part, found, seen));
        }
    }

    /** An instance of a component. */
    public Node instantiate(Package target) {
        if (target.isWit()) {
            throw error("package `" + target + "` is WIT, expected a component");
        }
        Node node = add(new Node.Instantiation(target), new Item.Instance(target.instance()));
        arguments.put(node, new LinkedHashMap<>());
        return node;
    }

    /** An export of an instance; the same node each time. */
    public Node alias(Node source, String export) {
        if (!(source.item() instanceof Item.Instance(InterfaceType face))) {
            throw error("expected an instance, found " + source.item().word());
        }
        Item item = face.exports().get(export);
        if (item == null) {
            throw error(source + " has no export `" + export + "`").hint(near(face.exports(), export));
        }
        return aliases.computeIfAbsent(new Alias(source, export), _ -> {
            Node node = add(new Node.Alias(source, export), item);
            edges.add(new Edge(source, node, Relation.ALIAS));
            return node;
        });
    }

    /** What somebody who wrote {@code name} may have meant: another version, or a name that is nearly the same. */
    private static Optional<String> near(SequencedMap<String, Item> items, String name) {
        return items.keySet().stream()
                .filter(each -> unversioned(each).equals(unversioned(name)))
                .findFirst()
                .or(() -> NearestName.among(items.keySet(), name, NEAR))
                .or(() -> nearItem(items.keySet(), name))
                .map(near -> "there is `" + near + "`")
                .or(() -> items.isEmpty() || items.size() > MOST_LISTED
                        ? Optional.empty()
                        : Optional.of("there are `" + String.join("`, `", items.keySet()) + "`"));
    }

    /** {@code a:log/log} for {@code logg}. */
    private static Optional<String> nearItem(Collection<String> names, String name) {
        var byItem = new LinkedHashMap<String, String>();
        for (String each : names) {
            String item = unversioned(each);
            byItem.putIfAbsent(item.substring(item.lastIndexOf('/') + 1), each);
        }
        return NearestName.among(byItem.keySet(), name, 1).map(byItem::get);
    }

    private static String unversioned(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    /** Passes {@code value} as what {@code instantiation} imports under {@code name}. */
    public void argument(Node instantiation, String name, Node value) {
        if (!(instantiation.kind() instanceof Node.Instantiation(Package target))) {
            throw error("expected an instance of a component, found " + instantiation);
        }
        Item asked = target.world().imports().get(name);
        if (asked == null) {
            throw error("`" + target + "` does not import `" + name + "`")
                    .hint(near(target.world().imports(), name));
        }
        SequencedMap<String, Node> given = arguments(instantiation);
        if (given.containsKey(name)) {
            throw error("argument `" + name + "` is given twice");
        }
        Subtyping.mismatch(asked, value.item()).ifPresent(reason -> {
            throw error("argument `" + name + "` does not fit").because(reason);
        });
        arguments.getOrDefault(instantiation, given).put(name, value);
        edges.add(new Edge(value, instantiation, Relation.ARGUMENT));
    }

    /** Takes an argument back. */
    public void removeArgument(Node instantiation, String name) {
        Node value =
                arguments.getOrDefault(instantiation, new LinkedHashMap<>()).remove(name);
        for (int i = edges.size() - 1; value != null && i >= 0; i--) {
            if (edges.get(i).equals(new Edge(value, instantiation, Relation.ARGUMENT))) {
                edges.remove(i);
                return;
            }
        }
    }

    /** Exports a node from the composition. */
    public void export(Node node, String name) {
        if (exports.containsKey(name)) {
            throw error("`" + name + "` is exported already");
        }
        checkName("export", name);
        exports.put(name, node);
    }

    /** Calls a node something, for people: the name stands in the binary. */
    public void name(Node node, String name) {
        node.call(name);
    }

    /** All nodes, by index. */
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** What needs what, in the order in which it was said. */
    public List<Edge> edges() {
        return Collections.unmodifiableList(edges);
    }

    /** The arguments that an instantiation is given, in the order in which they were. */
    public SequencedMap<String, Node> arguments(Node instantiation) {
        return Collections.unmodifiableSequencedMap(arguments.getOrDefault(instantiation, new LinkedHashMap<>()));
    }

    /** Imports that were asked for, by name. */
    public SequencedMap<String, Node> imports() {
        return Collections.unmodifiableSequencedMap(imports);
    }

    /** Exports by name, definitions among them. */
    public SequencedMap<String, Node> exports() {
        return Collections.unmodifiableSequencedMap(exports);
    }

    /** The imports of an instantiation that it is not given: the composition imports them. */
    public SequencedMap<String, Item> missing(Node instantiation) {
        var missing = new LinkedHashMap<String, Item>();
        if (instantiation.kind() instanceof Node.Instantiation(Package target)) {
            missing.putAll(target.world().imports());
            missing.keySet().removeAll(arguments(instantiation).keySet());
        }
        return missing;
    }

    /**
     * The nodes so that each stands behind all that it needs; as they were made, where that leaves a choice.
     *
     * @throws CompositionException if nodes need each other
     */
    public List<Node> inOrder() {
        var waiting = new int[nodes.size()];
        edges.forEach(edge -> waiting[edge.to().index()]++);
        var ready = new PriorityQueue<Integer>();
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        var order = new ArrayList<Node>();
        var outgoing = new HashMap<Node, List<Node>>();
        edges.forEach(edge ->
                outgoing.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to()));
        while (!ready.isEmpty()) {
            Node node = nodes.get(ready.remove());
            order.add(node);
            for (Node next : outgoing.getOrDefault(node, List.of())) {
                if (--waiting[next.index()] == 0) {
                    ready.add(next.index());
                }
            }
        }
        if (order.size() < nodes.size()) {
            throw cycle(Set.copyOf(order));
        }
        return order;
    }

    private CompositionException cycle(Set<Node> done) {
        // each node that is left needs another one that is left: going back along them comes round
        Node at =
                nodes.stream().filter(node -> !done.contains(node)).findFirst().orElseThrow();
        var way = new ArrayList<Node>();
        while (!way.contains(at)) {
            way.add(at);
            Node needing = at;
            at = edges.stream()
                    .filter(edge -> edge.to() == needing && !done.contains(edge.from()))
                    .findFirst()
                    .orElseThrow()
                    .from();
        }
        List<String> circle = way.subList(way.indexOf(at), way.size()).stream()
                .map(node -> node.name().map(name -> "`" + name + "`, ").orElse("") + node + ", node " + node.index())
                .toList();
        return error("instances need each other in a circle, expected an order in which they can be made")
                .because(List.of(String.join("; needs ", circle)));
    }

    /** The graph in the language of Graphviz. */
    public String toDot() {
        var names = new HashMap<Node, String>();
        exports.forEach((name, node) -> names.put(node, name));
        var dot = new StringBuilder("digraph {\n");
        for (Node node : nodes) {
            String label = switch (node.kind()) {
                case Node.Import(String name) -> "import " + quoted(name);
                case Node.Instantiation(Package target) -> "instantiation of package " + quoted(target.toString());
                case Node.Alias(Node _, String export) -> "alias of export " + quoted(export);
                case Node.Definition(String name) -> "type definition " + quoted(name);
            };
            dot.append("    ").append(node.index()).append(" [ label = \"").append(label);
            dot.append("\"; kind = \"").append(node.item().word()).append('"');
            String export = names.get(node);
            dot.append(export == null ? "" : "; export = \"" + export + "\"").append("]\n");
        }
        for (Edge edge : edges) {
            dot.append("    ")
                    .append(edge.from().index())
                    .append(" -> ")
                    .append(edge.to().index());
            dot.append(" [ label = \"").append(edge.relation()).append("\" ]\n");
        }
        return dot.append("}\n").toString();
    }

    private static String quoted(String text) {
        return "\\\"" + text + "\\\"";
    }
}
