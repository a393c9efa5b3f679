package tenon.wit.binary;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import tenon.wasm.BinaryWriter;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.json.JsonValue;

/**
 * Documentation and gates of a package, which a component has no place for, as custom section {@code package-docs}: a version, then JSON.
 * The shape is the one that wit-parser, which thought it up, reads and writes. What has nothing to say is left out.
 */
final class PackageDocs {
    static final String SECTION = "package-docs";
    static final int VERSION = 1;

    private final PackageGraph graph;

    private PackageDocs(PackageGraph graph) {
        this.graph = graph;
    }

    /** The content of the section, without its name. */
    static BinaryWriter write(PackageGraph graph, PackageId id) {
        var docs = new PackageDocs(graph).describe(graph.get(id));
        return new BinaryWriter().writeByte(VERSION).write(docs.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An object of which members without content are left out. */
    private static final class Fields {
        private final SequencedMap<String, JsonValue> members = new LinkedHashMap<>();

        Fields text(String name, Optional<String> text) {
            text.ifPresent(value -> members.put(name, new JsonValue.Text(value)));
            return this;
        }

        Fields remarks(Remarks remarks) {
            return text("docs", remarks.documentation()).stability("stability", remarks.stability());
        }

        Fields stability(String name, Stability stability) {
            switch (stability) {
                case Stability.Unknown _ -> {}
                case Stability.Stable stable -> {
                    var gates = new Fields()
                            .text("since", Optional.of(stable.since().toString()))
                            .text("deprecated", stable.deprecated().map(Object::toString));
                    object(name, new Fields().object("stable", gates));
                }
                case Stability.Unstable unstable -> {
                    var gates = new Fields()
                            .text("feature", Optional.of(unstable.feature()))
                            .text("deprecated", unstable.deprecated().map(Object::toString));
                    object(name, new Fields().object("unstable", gates));
                }
            }
            return this;
        }

        Fields object(String name, Fields content) {
            if (!content.members.isEmpty()) {
                members.put(name, content.toJson());
            }
            return this;
        }

        JsonValue.Members toJson() {
            return new JsonValue.Members(members);
        }
    }

    private JsonValue describe(WitPackage each) {
        var worlds = new Fields();
        each.worlds().forEach((name, id) -> worlds.object(name, world(id)));
        var interfaces = new Fields();
        each.interfaces().forEach((name, id) -> interfaces.object(name, face(id)));
        return new Fields()
                .text("docs", each.documentation())
                .object("worlds", worlds)
                .object("interfaces", interfaces)
                .toJson();
    }

    private Fields world(WorldId id) {
        World world = graph.get(id);
        var types = new Fields();
        var imports = new Side();
        var exports = new Side();
        world.imports().forEach((key, item) -> {
            if (item instanceof World.Item.OfType(TypeId type)) {
                types.object(graph.name(key), type(type));
            } else {
                imports.add(key, item);
            }
        });
        world.exports().forEach(exports::add);
        return new Fields()
                .remarks(world.remarks())
                .object("interfaces", imports.interfaces)
                .object("types", types)
                .object("funcs", imports.functions)
                .object("interface_exports", exports.interfaces)
                .object("func_exports", exports.functions)
                .object("interface_import_stability", imports.stability)
                .object("interface_export_stability", exports.stability)
                .object("interface_import_docs", imports.docs)
                .object("interface_export_docs", exports.docs);
    }

    /** All imports of a world, or all exports. */
    private final class Side {
        /** Those that are written in the world. */
        private final Fields interfaces = new Fields();

        private final Fields functions = new Fields();

        /** Of interfaces that have a name of their own, and so remarks of their own. */
        private final Fields stability = new Fields();

        private final Fields docs = new Fields();

        void add(World.Key key, World.Item item) {
            String name = graph.name(key);
            switch (item) {
                case World.Item.OfInterface named -> {
                    if (graph.get(named.id()).name().isEmpty()) {
                        interfaces.object(name, face(named.id()));
                    } else {
                        stability.stability(name, named.remarks().stability());
                        docs.text(name, named.remarks().documentation());
                    }
                }
                case World.Item.OfFunction(Function function) ->
                    functions.object(name, new Fields().remarks(function.remarks()));
                case World.Item.OfType _ -> throw new AssertionError("worlds export no types");
            }
        }
    }

    private Fields face(InterfaceId id) {
        Interface each = graph.get(id);
        var functions = new Fields();
        each.functions().forEach((name, function) -> functions.object(name, new Fields().remarks(function.remarks())));
        var types = new Fields();
        each.types().forEach((name, type) -> types.object(name, type(type)));
        return new Fields().remarks(each.remarks()).object("funcs", functions).object("types", types);
    }

    private Fields type(TypeId id) {
        TypeDefinition type = graph.get(id);
        var items = new Fields();
        Consumer<TypeKind.Label> label = each -> items.text(each.name(), each.documentation());
        switch (type.kind()) {
            case TypeKind.Record(List<TypeKind.Field> fields) ->
                fields.forEach(each -> items.text(each.name(), each.documentation()));
            case TypeKind.Variant(List<TypeKind.Case> cases) ->
                cases.forEach(each -> items.text(each.name(), each.documentation()));
            case TypeKind.Enum(List<TypeKind.Label> labels) -> labels.forEach(label);
            case TypeKind.Flags(List<TypeKind.Label> labels) -> labels.forEach(label);
            default -> {}
        }
        return new Fields().remarks(type.remarks()).object("items", items);
    }
}
