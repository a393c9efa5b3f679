package tenon.wit.component;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import tenon.types.component.ComponentType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.World;
import tenon.wit.WorldId;

/**
 * Interfaces and worlds as types of the Component Model: WIT.md, "Package Format". Raises a {@link tenon.wit.WitException} for types that
 * are larger or nested deeper than a component may have them.
 */
public final class ComponentTypes {
    private final PackageGraph graph;
    private final TypeView imports;

    private ComponentTypes(PackageGraph graph) {
        this.graph = graph;
        this.imports = TypeView.of(graph);
    }

    /**
     * The type of an instance of an interface. It binds the interface's own resources; those of interfaces that it uses are resource types
     * unlike all others.
     */
    public static InstanceType of(PackageGraph graph, InterfaceId id) {
        var types = new ComponentTypes(graph);
        TypeView own = types.imports.with(Set.of(id));
        SequencedMap<String, ExternType> exports = types.externs(own, id);
        return new InstanceType(own.resources(), exports);
    }

    /** The type of a component of a world: an interface that is exported has other resources than the same one imported. */
    public static ComponentType of(PackageGraph graph, WorldId id) {
        return new ComponentTypes(graph).component(graph.get(id));
    }

    private ComponentType component(World world) {
        var importedResources = new ArrayList<ResourceType>();
        SequencedMap<String, ExternType> imported = items(world.imports(), imports, importedResources);
        importedResources.addAll(0, imports.resources());
        var exported = new HashSet<InterfaceId>();
        for (World.Key key : world.exports().keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)) {
                exported.add(id);
            }
        }
        TypeView exports = imports.with(exported);
        var exportedResources = new ArrayList<ResourceType>();
        SequencedMap<String, ExternType> offered = items(world.exports(), exports, exportedResources);
        exportedResources.addAll(0, exports.resources());
        return new ComponentType(importedResources, exportedResources, imported, offered);
    }

    /** Adds to {@code resources} those of interfaces that stand under a plain name, each of which has its own. */
    private SequencedMap<String, ExternType> items(
            SequencedMap<World.Key, World.Item> items, TypeView view, List<ResourceType> resources) {
        var externs = new LinkedHashMap<String, ExternType>();
        items.forEach((key, item) -> {
            ExternType type = switch (item) {
                case World.Item.OfFunction(Function function) -> function(view, function);
                case World.Item.OfType(TypeId id) -> new TypeExtern(view.defined(id));
                case World.Item.OfInterface named -> {
                    TypeView own = key instanceof World.Key.Plain ? view.with(Set.of(named.id())) : view;
                    var instance = new InstanceType(List.of(), externs(own, named.id()));
                    if (key instanceof World.Key.Plain) {
                        resources.addAll(own.resources());
                    }
                    yield instance;
                }
            };
            externs.put(graph.name(key), type);
        });
        return externs;
    }

    private SequencedMap<String, ExternType> externs(TypeView view, InterfaceId id) {
        Interface each = graph.get(id);
        var externs = new LinkedHashMap<String, ExternType>();
        each.types().forEach((name, type) -> externs.put(name, new TypeExtern(view.defined(type))));
        each.functions().forEach((name, function) -> externs.put(name, function(view, function)));
        return externs;
    }

    private static FunctionType function(TypeView view, Function function) {
        var params = new ArrayList<FunctionType.Parameter>();
        function.params()
                .forEach(param -> params.add(new FunctionType.Parameter(param.name(), view.value(param.type()))));
        return new FunctionType(
                params, function.result().map(view::value), function.kind().async());
    }
}
