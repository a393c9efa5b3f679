package tenon.wit.binary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import tenon.component.ExternalName.Attributes;
import tenon.types.component.InterfaceName;
import tenon.wasm.BinaryWriter;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.TypeId;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;

/**
 * Writes a package as a component that exports a type for each interface and world: WIT.md, "Package Format"; documentation and gates
 * stand behind, in a section of their own. Confined to one run.
 */
public final class PackageEncoder {
    private static final int CUSTOM_SECTION = 0;
    private static final int TYPE_SECTION = 7;
    private static final int EXPORT_SECTION = 11;
    private static final int TYPE_SORT = 0x03;

    private final PackageGraph graph;
    private final BinaryWriter out = new BinaryWriter();
    private int types;

    private PackageEncoder(PackageGraph graph) {
        this.graph = graph;
        out.write(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
    }

    /** The binary of one package of a graph. */
    public static byte[] encode(PackageGraph graph, PackageId id) {
        var encoder = new PackageEncoder(graph);
        WitPackage each = graph.get(id);
        each.interfaces().forEach((name, face) -> encoder.export(name, encoder.type(face)));
        each.worlds().forEach((name, world) -> encoder.export(name, encoder.type(world)));
        var docs = new BinaryWriter().writeName(PackageDocs.SECTION).write(PackageDocs.write(graph, id));
        encoder.out.writeSection(CUSTOM_SECTION, docs);
        return encoder.out.toByteArray();
    }

    /** One world as a type: that of a component which exports the world's own type under its name. */
    public static BinaryWriter encodeWorld(PackageGraph graph, WorldId id) {
        return new PackageEncoder(graph).type(id);
    }

    private void export(String name, BinaryWriter type) {
        out.writeSection(TYPE_SECTION, new BinaryWriter().writeU32(1).write(type));
        var export = new BinaryWriter().writeU32(1).writeByte(0x00).writeName(name);
        out.writeSection(
                EXPORT_SECTION, export.writeByte(TYPE_SORT).writeU32(types).writeByte(0x00));
        // the export is a type of its own
        types += 2;
    }

    private BinaryWriter type(InterfaceId id) {
        EncodedScope scope = EncodedScope.component(graph, null);
        importUsed(scope, graph.uses(id));
        int type = scope.instanceType(id, true);
        scope.export(name(id), Attributes.NONE, EncodedScope.INSTANCE, type);
        return scope.toType();
    }

    private String name(InterfaceId id) {
        return graph.name(id).map(InterfaceName::toString).orElseThrow();
    }

    private void importUsed(EncodedScope scope, SequencedSet<InterfaceId> used) {
        for (InterfaceId each : closure(used)) {
            scope.importInterface(name(each), Attributes.NONE, each, scope.instanceType(each, false));
        }
    }

    /** Interfaces with all that they use, each behind those that it uses. */
    private SequencedSet<InterfaceId> closure(SequencedSet<InterfaceId> used) {
        var closure = new LinkedHashSet<InterfaceId>();
        for (InterfaceId each : used) {
            if (!closure.contains(each)) {
                closure.addAll(closure(graph.uses(each)));
                closure.add(each);
            }
        }
        return closure;
    }

    private BinaryWriter type(WorldId id) {
        World world = graph.get(id);
        EncodedScope outer = EncodedScope.component(graph, null);
        EncodedScope scope = EncodedScope.component(graph, outer);
        var functions = new ArrayList<Function>();
        world.imports().forEach((key, item) -> {
            switch (item) {
                case World.Item.OfInterface named -> {
                    int type = scope.instanceType(named.id(), true);
                    if (key instanceof World.Key.OfInterface) {
                        scope.importInterface(graph.name(key), attributes(key, named), named.id(), type);
                    } else {
                        scope.importItem(graph.name(key), attributes(key, named), EncodedScope.INSTANCE, type);
                    }
                }
                case World.Item.OfType(TypeId type) -> scope.importType(graph.name(key), type);
                case World.Item.OfFunction(Function function) -> functions.add(function);
            }
        });
        functions.forEach(function -> scope.importItem(
                function.name(), attributes(function), EncodedScope.FUNCTION, scope.functionType(function)));
        world.exports().forEach((key, item) -> export(scope, key, item));
        int type = outer.define(scope.toType());
        WitPackage owner = graph.get(world.owner());
        var name = new InterfaceName(owner.name(), world.name());
        outer.export(name.toString(), Attributes.NONE, EncodedScope.COMPONENT, type);
        return outer.toType();
    }

    private void export(EncodedScope scope, World.Key key, World.Item item) {
        switch (item) {
            case World.Item.OfInterface named -> {
                int type = scope.instanceType(named.id(), true);
                scope.export(graph.name(key), attributes(key, named), EncodedScope.INSTANCE, type);
                if (key instanceof World.Key.OfInterface) {
                    scope.takeTypesFromLast(named.id());
                }
            }
            case World.Item.OfFunction(Function function) ->
                scope.export(
                        function.name(), attributes(function), EncodedScope.FUNCTION, scope.functionType(function));
            case World.Item.OfType _ -> throw new AssertionError("worlds export no types");
        }
    }

    private Attributes attributes(World.Key key, World.Item.OfInterface item) {
        Optional<String> implemented =
                key instanceof World.Key.Plain ? graph.name(item.id()).map(InterfaceName::toString) : Optional.empty();
        return new Attributes(implemented, Optional.empty(), item.remarks().externalId());
    }

    private static Attributes attributes(Function function) {
        return new Attributes(
                Optional.empty(), Optional.empty(), function.remarks().externalId());
    }
}
