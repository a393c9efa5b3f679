package tenon.compose.encode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.ComponentFeatures;
import tenon.component.ComponentInstance;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.ExternalName.Attributes;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.component.write.ComponentWriter;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.graph.Package;
import tenon.compose.source.CompositionException;
import tenon.compose.type.FunctionType;
import tenon.compose.type.ImportMerge;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.ModuleType;
import tenon.compose.type.ResourceType;
import tenon.compose.type.Type;
import tenon.compose.type.ValueType;
import tenon.compose.type.WorldType;
import tenon.types.InvalidException;
import tenon.types.Place;
import tenon.types.component.PlainName;
import tenon.wasm.BinaryWriter;

/**
 * Makes a component of a graph. Imports stand first, instances in front of what may need their types; then all other nodes in the order of
 * {@link CompositionGraph#inOrder}. The same graph gives the same bytes. Confined to one run.
 */
public final class GraphEncoder {
    private final CompositionGraph graph;
    private final Dependencies dependencies;
    private final ComponentWriter writer = new ComponentWriter();
    private final Map<String, Attributes> importAttributes = new HashMap<>();
    private final TypeScope types = TypeScope.of(new Sink.Whole(writer, importAttributes));
    private final Map<Node, Integer> indices = new HashMap<>();
    private final Map<Package, Integer> components = new HashMap<>();

    /** By instantiation: what it gets from the composition's imports. */
    private final Map<Node, List<ComponentInstance.Argument>> passed = new HashMap<>();

    private GraphEncoder(CompositionGraph graph, Dependencies dependencies) {
        this.graph = graph;
        this.dependencies = dependencies;
    }

    /**
     * The binary of the composition. It is not validated.
     *
     * @param version of the tool that is noted as the one that made it; empty if none shall be noted
     * @throws ConflictException if what instances import cannot be one import of the composition, or if interfaces that share a resource
     *     come from several instances
     * @throws CompositionException if nodes need each other in a circle
     */
    public static byte[] encode(CompositionGraph graph, Dependencies dependencies, Optional<String> version) {
        return new GraphEncoder(graph, dependencies).encode(version);
    }

    /**
     * Makes sure that a composition is a valid component.
     *
     * @throws CompositionException if it is none: each argument fits by itself, but some do not go together
     */
    public static void requireValid(byte[] composition) {
        requireValid(composition, ComponentFeatures.DEFAULT);
    }

    /** The same, for one that may use {@code features}. */
    public static void requireValid(byte[] composition, ComponentFeatures features) {
        try {
            World.of(ComponentDecoder.decode(composition, features));
        } catch (InvalidException invalid) {
            throw CompositionException.at(
                            Place.NOWHERE, "what is composed is no valid component: " + invalid.getMessage())
                    .hint("types that are used together must come from one instance");
        }
    }

    private byte[] encode(Optional<String> version) {
        List<Node> order = graph.inOrder();
        ResourceIdentity.check(graph);
        imports();
        for (Node node : order) {
            switch (node.kind()) {
                case Node.Import _ -> {}
                case Node.Instantiation(Package target) -> indices.put(node, instantiate(node, target));
                case Node.Alias(Node source, String export) ->
                    indices.put(node, writer.instanceExport(node.item().sort(), index(source), export));
                case Node.Definition(String name) ->
                    indices.put(node, define(name, node.item().type()));
            }
        }
        graph.exports().forEach(this::export);
        graph.nodes()
                .forEach(node ->
                        node.name().ifPresent(name -> writer.name(node.item().sort(), index(node), name)));
        writer.writeNames();
        version.ifPresent(text -> writer.custom("producers", producers(text)));
        return writer.toByteArray();
    }

    private void export(String name, Node node) {
        if (node.kind() instanceof Node.Definition) {
            // exported where it is defined
            return;
        }
        var item = new SortIndex(node.item().sort(), index(node));
        int index = writer.export(Sink.name(name, exportAttributes(name, node)), item, types.ascription(node.item()));
        if (node.item() instanceof Item.OfType(Type type)) {
            types.show(type, index);
        }
    }

    private int index(Node node) {
        Integer index = indices.get(node);
        if (index == null) {
            throw new AssertionError(node + " is not written yet");
        }
        return index;
    }

    /** The tool conventions' section {@code producers}. */
    private static byte[] producers(String version) {
        return new BinaryWriter()
                .writeU32(1)
                .writeName("processed-by")
                .writeU32(1)
                .writeName("tenon")
                .writeName(version)
                .toByteArray();
    }

    private record Passed(Node instantiation, String name) {}

    private void imports() {
        var merge = new ImportMerge();
        var passing = new ArrayList<Passed>();
        var first = new HashMap<String, Node>();
        for (Node node : graph.nodes()) {
            graph.missing(node).forEach((name, item) -> {
                Node explicit = graph.imports().get(name);
                if (explicit != null) {
                    throw new ConflictException(
                            "`" + name + "` is imported, and " + node + " would import it once more",
                            explicit,
                            node,
                            List.of());
                }
                add(merge, name, item, node, first);
                carry(merge.importName(name), name, node);
                passing.add(new Passed(node, name));
            });
        }
        graph.imports().forEach((name, node) -> add(merge, name, node.item(), node, first));
        SequencedMap<String, SortIndex> written = write(merge);
        for (Passed each : passing) {
            passed.computeIfAbsent(each.instantiation(), _ -> new ArrayList<>())
                    .add(new ComponentInstance.Argument(
                            each.name(), written.getOrDefault(merge.importName(each.name()), NONE)));
        }
        graph.imports()
                .forEach((name, node) -> indices.put(
                        node, written.getOrDefault(merge.importName(name), NONE).index()));
    }

    /** What a component says about its import is true of the composition's, too, if that has the same name. */
    private void carry(String imported, String name, Node node) {
        if (imported.equals(name) && node.kind() instanceof Node.Instantiation(Package target)) {
            Attributes attributes = target.world().importAttributes().get(name);
            if (attributes != null) {
                importAttributes.putIfAbsent(name, attributes);
            }
        }
    }

    /** What a component says about its export, if that keeps its name; under another one it implements what it did. */
    private static Attributes exportAttributes(String name, Node node) {
        if (!(node.kind() instanceof Node.Alias(Node source, String export))
                || !(source.kind() instanceof Node.Instantiation(Package target))) {
            return Attributes.NONE;
        }
        Attributes said = target.world().exportAttributes().getOrDefault(export, Attributes.NONE);
        return name.equals(export)
                ? said
                : new Attributes(
                        said.implemented().filter(_ -> name.indexOf(':') < 0), Optional.empty(), Optional.empty());
    }

    private static final SortIndex NONE = new SortIndex(Sort.FUNC, -1);

    private static void add(ImportMerge merge, String name, Item item, Node node, Map<String, Node> first) {
        try {
            merge.add(name, item);
        } catch (CompositionException conflict) {
            String imported = merge.importName(name);
            throw new ConflictException(
                    "`" + name + "` cannot be one import of the composition",
                    first.getOrDefault(imported, node),
                    node,
                    conflict.reasons());
        }
        first.putIfAbsent(merge.importName(name), node);
    }

    /** Instances stand first, so that a type that is imported can be taken from one of them. */
    private SequencedMap<String, SortIndex> write(ImportMerge merge) {
        var written = new LinkedHashMap<String, SortIndex>();
        for (boolean instances : new boolean[] {true, false}) {
            merge.imports().forEach((name, item) -> {
                if (instances == item instanceof Item.Instance) {
                    written.put(name, new SortIndex(item.sort(), types.importItem(name, item)));
                }
            });
        }
        return written;
    }

    private int define(String name, Type type) {
        int index = switch (type) {
            case InterfaceType face -> types.interfaceDefinition(face);
            case WorldType world -> types.worldDefinition(world);
            case ValueType.Defined defined
            when defined.shape() instanceof ValueType.Alias(ValueType.Defined target) ->
                types.known(target).orElseGet(() -> types.index(defined, ""));
            case ValueType _, FunctionType _, ModuleType _ -> types.index(type, "");
            case ResourceType _ -> throw new AssertionError("a resource is not defined by a composition");
        };
        int exported = writer.export(Sink.name(name), new SortIndex(Sort.TYPE, index), Optional.empty());
        types.remember(type, exported);
        return exported;
    }

    private int instantiate(Node node, Package target) {
        Integer known = components.get(target);
        int component = known != null ? known : component(target);
        components.put(target, component);
        var arguments = new ArrayList<ComponentInstance.Argument>();
        graph.arguments(node)
                .reversed()
                .forEach((name, value) -> arguments.add(new ComponentInstance.Argument(
                        name, new SortIndex(value.item().sort(), index(value)))));
        arguments.addAll(passed.getOrDefault(node, List.of()));
        return writer.instance(component, arguments);
    }

    private int component(Package target) {
        return switch (dependencies) {
            case EMBEDDED ->
                writer.component(target.binary()
                        .orElseThrow(() -> CompositionException.at(
                                Place.NOWHERE,
                                "of `" + target + "` only the type is known, expected a component to embed")));
            case IMPORTED -> {
                var attributes =
                        new ExternalName.Attributes(Optional.empty(), Optional.empty(), Optional.of(target.toString()));
                String name = target.toString().replaceAll("[^a-zA-Z0-9]+", "-");
                yield importComponent(new ExternalName(name, PlainName.of(name), attributes), target);
            }
            case IMPORTED_BY_OLD_NAME -> {
                String range =
                        target.version().map(version -> "@{>=" + version + "}").orElse("");
                yield importComponent(Sink.name("unlocked-dep=<" + target.name() + range + ">"), target);
            }
        };
    }

    private int importComponent(ExternalName name, Package target) {
        int type = types.component(target.world());
        return writer.importItem(name, new ExternDescription.ComponentUse(type));
    }
}
