package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tenon.types.MalformedException;
import tenon.types.component.SemanticVersion;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.json.JsonReader;
import tenon.wit.json.JsonValue;

/** Puts what a section {@code package-docs} says into the graph that was read from the same binary. Confined to one run. */
final class DocumentedGraph {
    private final List<WitPackage> packages;
    private final List<Interface> interfaces;
    private final List<World> worlds;
    private final List<TypeDefinition> types;
    private final PackageGraph graph;
    private final long offset;

    private DocumentedGraph(PackageGraph graph, long offset) {
        this.graph = graph;
        this.offset = offset;
        this.packages = new ArrayList<>(graph.packages());
        this.interfaces = new ArrayList<>(graph.interfaces());
        this.worlds = new ArrayList<>(graph.worlds());
        this.types = new ArrayList<>(graph.types());
    }

    /**
     * The graph with remarks on its main package.
     *
     * @param json the section without its version
     * @param offset where the section starts, for errors: {@link MalformedException} if the section says something else than its shape
     *     allows, or names what the package does not have
     */
    static PackageGraph of(PackageGraph graph, String json, long offset) {
        var documented = new DocumentedGraph(graph, offset);
        documented.describe(documented.fields("the section", JsonReader.read(json, offset)));
        return new PackageGraph(
                documented.packages, documented.interfaces, documented.worlds, documented.types, graph.main());
    }

    /** The members of an object that were not asked for yet. */
    private final class Fields {
        private final String what;
        private final SequencedMap<String, JsonValue> rest;

        Fields(String what, JsonValue.Members object) {
            this.what = what;
            this.rest = new LinkedHashMap<>(object.members());
        }

        Optional<String> text(String name) {
            return switch (rest.remove(name)) {
                case null -> Optional.empty();
                case JsonValue.Nothing _ -> Optional.empty();
                case JsonValue.Text(String text) -> Optional.of(text);
                case JsonValue.Members _ -> throw error("`" + name + "` of " + what + " is no text");
            };
        }

        SequencedMap<String, JsonValue> members(String name) {
            JsonValue value = rest.remove(name);
            return value == null ? new LinkedHashMap<>() : fields("`" + name + "` of " + what, value).rest;
        }

        Stability stability() {
            JsonValue value = rest.remove("stability");
            return value == null ? Stability.UNKNOWN : DocumentedGraph.this.stability(what, value);
        }

        void end() {
            if (!rest.isEmpty()) {
                throw error(what + " has member `" + rest.firstEntry().getKey() + "`, which is not known");
            }
        }
    }

    private MalformedException error(String fact) {
        return new MalformedException(offset, fact + " (custom section `" + PackageDocs.SECTION + "`)");
    }

    private MalformedException missing(String what) {
        return error(what + " is not there");
    }

    private Fields fields(String what, JsonValue value) {
        if (value instanceof JsonValue.Members object) {
            return new Fields(what, object);
        }
        throw error(what + " is no object");
    }

    private Stability stability(String what, JsonValue value) {
        if (value.equals(new JsonValue.Text("unknown"))) {
            return Stability.UNKNOWN;
        }
        Fields kinds = fields("the stability of " + what, value);
        SequencedMap<String, JsonValue> stable = kinds.members("stable");
        SequencedMap<String, JsonValue> unstable = kinds.members("unstable");
        kinds.end();
        if (stable.isEmpty() == unstable.isEmpty()) {
            throw error("the stability of " + what + " is not one of `stable` and `unstable`");
        }
        Fields gates = fields("a gate of " + what, new JsonValue.Members(stable.isEmpty() ? unstable : stable));
        Optional<SemanticVersion> since = version(gates.text("since"));
        Optional<SemanticVersion> deprecated = version(gates.text("deprecated"));
        Optional<String> feature = gates.text("feature");
        gates.end();
        return stable.isEmpty()
                ? new Stability.Unstable(feature.orElseThrow(() -> missing("`feature` of " + what)), deprecated)
                : new Stability.Stable(since.orElseThrow(() -> missing("`since` of " + what)), deprecated);
    }

    private Optional<SemanticVersion> version(Optional<String> text) {
        return text.map(each -> SemanticVersion.parse(each).orElseThrow(() -> error("`" + each + "` is no version")));
    }

    private void describe(Fields fields) {
        WitPackage main = graph.get(graph.main());
        fields.members("worlds").forEach((name, value) -> {
            WorldId id = main.worlds().get(name);
            if (id == null) {
                throw missing("world `" + name + "`");
            }
            describe(id, fields("world `" + name + "`", value));
        });
        fields.members("interfaces").forEach((name, value) -> {
            InterfaceId id = main.interfaces().get(name);
            if (id == null) {
                throw missing("interface `" + name + "`");
            }
            describe(id, fields("interface `" + name + "`", value));
        });
        packages.set(
                graph.main().index(),
                new WitPackage(
                        main.name(), fields.text("docs").or(main::documentation), main.interfaces(), main.worlds()));
        fields.end();
    }

    private void describe(InterfaceId id, Fields fields) {
        Interface each = interfaces.get(id.index());
        fields.members("types").forEach((name, value) -> {
            TypeId type = each.types().get(name);
            if (type == null) {
                throw missing("type `" + name + "`");
            }
            describe(type, fields("type `" + name + "`", value));
        });
        var functions = new LinkedHashMap<>(each.functions());
        fields.members("funcs").forEach((name, value) -> {
            if (functions.computeIfPresent(name, (_, known) -> described(known, value)) == null) {
                throw missing("function `" + name + "`");
            }
        });
        var remarks = new Remarks(
                fields.text("docs").or(each.remarks()::documentation),
                fields.stability(),
                each.remarks().externalId());
        fields.end();
        interfaces.set(
                id.index(), new Interface(each.name(), each.owner(), each.types(), functions, remarks, each.copyOf()));
    }

    /** Documentation alone was written as a text once. */
    private Function described(Function function, JsonValue value) {
        Optional<String> externalId = function.remarks().externalId();
        Remarks remarks;
        if (value instanceof JsonValue.Text(String docs)) {
            remarks = new Remarks(Optional.of(docs), Stability.UNKNOWN, externalId);
        } else {
            Fields fields = fields("function `" + function.name() + "`", value);
            remarks = new Remarks(fields.text("docs"), fields.stability(), externalId);
            fields.end();
        }
        return new Function(function.name(), function.kind(), function.params(), function.result(), remarks);
    }

    private void describe(TypeId id, Fields fields) {
        TypeDefinition type = types.get(id.index());
        SequencedMap<String, JsonValue> items = fields.members("items");
        var remarks = new Remarks(
                fields.text("docs").or(type.remarks()::documentation),
                fields.stability(),
                type.remarks().externalId());
        fields.end();
        TypeKind kind = described(type.kind(), items);
        if (!items.isEmpty()) {
            throw missing("item `" + items.firstEntry().getKey() + "` of type `"
                    + type.name().orElse("") + "`");
        }
        types.set(id.index(), new TypeDefinition(type.name(), kind, type.owner(), remarks));
    }

    /** Takes from {@code items} those that the type has. */
    private TypeKind described(TypeKind kind, Map<String, JsonValue> items) {
        BiFunction<String, Optional<String>, Optional<String>> docs = (name, known) -> switch (items.remove(name)) {
            case null -> known;
            case JsonValue.Text(String text) -> Optional.of(text);
            case JsonValue.Members _, JsonValue.Nothing _ -> throw error("item `" + name + "` is no text");
        };
        return switch (kind) {
            case TypeKind.Record(List<TypeKind.Field> fields) ->
                new TypeKind.Record(fields.stream()
                        .map(each -> new TypeKind.Field(
                                each.name(), each.type(), docs.apply(each.name(), each.documentation())))
                        .toList());
            case TypeKind.Variant(List<TypeKind.Case> cases) ->
                new TypeKind.Variant(cases.stream()
                        .map(each -> new TypeKind.Case(
                                each.name(), each.type(), docs.apply(each.name(), each.documentation())))
                        .toList());
            case TypeKind.Enum(List<TypeKind.Label> labels) -> new TypeKind.Enum(labels(labels, docs));
            case TypeKind.Flags(List<TypeKind.Label> labels) -> new TypeKind.Flags(labels(labels, docs));
            default -> kind;
        };
    }

    private static List<TypeKind.Label> labels(
            List<TypeKind.Label> labels, BiFunction<String, Optional<String>, Optional<String>> docs) {
        return labels.stream()
                .map(each -> new TypeKind.Label(each.name(), docs.apply(each.name(), each.documentation())))
                .toList();
    }

    private void describe(WorldId id, Fields fields) {
        World world = worlds.get(id.index());
        var imports = new Side("import", world.imports());
        var exports = new Side("export", world.exports());
        fields.members("types").forEach((name, value) -> {
            if (!(imports.items.get(new World.Key.Plain(name)) instanceof World.Item.OfType(TypeId type))) {
                throw missing("type `" + name + "`");
            }
            describe(type, fields("type `" + name + "`", value));
        });
        // exports stood beside imports once
        fields.members("interfaces")
                .forEach((name, value) -> (imports.has(name) ? imports : exports).describeInterface(name, value));
        fields.members("interface_exports").forEach(exports::describeInterface);
        fields.members("funcs")
                .forEach((name, value) -> (imports.has(name) ? imports : exports).describeFunction(name, value));
        fields.members("func_exports").forEach(exports::describeFunction);
        fields.members("interface_import_stability").forEach(imports::gate);
        fields.members("interface_export_stability").forEach(exports::gate);
        fields.members("interface_import_docs").forEach(imports::document);
        fields.members("interface_export_docs").forEach(exports::document);
        var remarks = new Remarks(
                fields.text("docs").or(world.remarks()::documentation),
                fields.stability(),
                world.remarks().externalId());
        fields.end();
        worlds.set(id.index(), new World(world.name(), world.owner(), imports.items, exports.items, remarks));
    }

    /** All imports of a world, or all exports. */
    private final class Side {
        private final String word;
        private final SequencedMap<World.Key, World.Item> items;

        /** Interfaces, by the names that they have in the Component Model. */
        private final Map<String, World.Key> keys = new HashMap<>();

        Side(String word, SequencedMap<World.Key, World.Item> items) {
            this.word = word;
            this.items = new LinkedHashMap<>(items);
            items.forEach((key, item) -> {
                if (item instanceof World.Item.OfInterface) {
                    keys.put(graph.name(key), key);
                }
            });
        }

        boolean has(String name) {
            return items.containsKey(new World.Key.Plain(name));
        }

        void describeInterface(String name, JsonValue value) {
            var key = new World.Key.Plain(name);
            if (!(items.get(key) instanceof World.Item.OfInterface named)) {
                throw missing(word + " `" + name + "`");
            }
            describe(named.id(), fields("interface `" + name + "`", value));
            Stability stability = interfaces.get(named.id().index()).remarks().stability();
            items.put(
                    key, new World.Item.OfInterface(named.id(), named.remarks().with(stability)));
        }

        void describeFunction(String name, JsonValue value) {
            var key = new World.Key.Plain(name);
            if (!(items.get(key) instanceof World.Item.OfFunction(Function function))) {
                throw missing(word + " `" + name + "`");
            }
            items.put(key, new World.Item.OfFunction(described(function, value)));
        }

        void gate(String name, JsonValue value) {
            remark(name, known -> known.with(stability(word + " `" + name + "`", value)));
        }

        void document(String name, JsonValue value) {
            if (!(value instanceof JsonValue.Text(String docs))) {
                throw error("documentation of " + word + " `" + name + "` is no text");
            }
            remark(name, known -> new Remarks(Optional.of(docs), known.stability(), known.externalId()));
        }

        private void remark(String name, UnaryOperator<Remarks> change) {
            World.Key key = keys.get(name);
            if (key == null || !(items.get(key) instanceof World.Item.OfInterface named)) {
                throw missing(word + " `" + name + "`");
            }
            items.put(key, new World.Item.OfInterface(named.id(), change.apply(named.remarks())));
        }
    }
}
