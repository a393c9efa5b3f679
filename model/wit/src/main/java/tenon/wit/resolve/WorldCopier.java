package tenon.wit.resolve;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageId;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/** Copies what one world defines itself into another: types, functions, and interfaces without a name. Confined to one run. */
final class WorldCopier {
    private final GraphBuilder graph;
    private final PackageId newPackage;
    private final Spot spot;
    private final Map<TypeId, TypeId> types;
    private final Owner oldOwner;
    private final Owner newOwner;

    /** {@code spot} is where an error points at. */
    WorldCopier(GraphBuilder graph, PackageId newPackage, WorldId from, WorldId to, Spot spot) {
        this(graph, newPackage, spot, new HashMap<>(), new Owner.OfWorld(from), new Owner.OfWorld(to));
    }

    private WorldCopier(
            GraphBuilder graph,
            PackageId newPackage,
            Spot spot,
            Map<TypeId, TypeId> types,
            Owner oldOwner,
            Owner newOwner) {
        this.graph = graph;
        this.newPackage = newPackage;
        this.spot = spot;
        this.types = types;
        this.oldOwner = oldOwner;
        this.newOwner = newOwner;
    }

    /**
     * Copies an interface with all its types into a package.
     *
     * @param types what types of other interfaces have become; gets what those of this one become
     */
    static InterfaceId copy(GraphBuilder graph, PackageId newPackage, Map<TypeId, TypeId> types, InterfaceId id) {
        return new WorldCopier(graph, newPackage, Spot.NOWHERE, types, Owner.NONE, Owner.NONE).copy(id);
    }

    /** The copy of an import or export with a plain name, which becomes {@code name}. */
    World.Item copy(World.Item item, String name) {
        return switch (item) {
            case World.Item.OfType(TypeId type) -> new World.Item.OfType(copy(type, Optional.of(name)));
            case World.Item.OfFunction(Function function) -> new World.Item.OfFunction(copy(function, name));
            case World.Item.OfInterface named ->
                graph.get(named.id()).name().isPresent()
                        ? named
                        : new World.Item.OfInterface(copy(named.id()), named.remarks());
        };
    }

    private TypeId copy(TypeId id, Optional<String> newName) {
        TypeId known = types.get(id);
        if (known != null) {
            return known;
        }
        TypeDefinition type = graph.get(id);
        if (!type.owner().equals(oldOwner) && !(type.owner() instanceof Owner.None)) {
            return id;
        }
        TypeKind kind = type.kind() instanceof TypeKind.Alias(TypeId target)
                ? new TypeKind.Alias(target(target))
                : type.kind().map(this::copy, part -> copy(part, Optional.empty()));
        Owner owner = type.owner().equals(oldOwner) ? newOwner : type.owner();
        TypeId added =
                graph.add(new TypeDefinition(newName.isPresent() ? newName : type.name(), kind, owner, type.remarks()));
        types.put(id, added);
        return added;
    }

    /** An alias of something outside stays one. */
    private TypeId target(TypeId target) {
        return graph.get(target).owner().equals(oldOwner)
                ? copy(target, Optional.empty())
                : types.getOrDefault(target, target);
    }

    private Type copy(Type type) {
        return type instanceof TypeId id ? copy(id, Optional.empty()) : type;
    }

    private Function copy(Function function, String name) {
        return new Function(
                name,
                function.kind().with(function.kind().resource().map(resource -> copy(resource, Optional.empty()))),
                function.params().stream()
                        .map(param -> new Function.Parameter(param.name(), copy(param.type())))
                        .toList(),
                function.result().map(this::copy),
                function.remarks());
    }

    private InterfaceId copy(InterfaceId id) {
        Interface old = graph.get(id);
        var inner = new WorldCopier(
                graph,
                newPackage,
                spot,
                types,
                new Owner.OfInterface(id),
                new Owner.OfInterface(graph.nextInterface()));
        var newTypes = new LinkedHashMap<String, TypeId>();
        old.types().forEach((name, type) -> newTypes.put(name, inner.copy(type, Optional.empty())));
        var functions = new LinkedHashMap<String, Function>();
        old.functions().forEach((name, function) -> functions.put(name, inner.copy(function, name)));
        return graph.add(
                new Interface(old.name(), newPackage, newTypes, functions, old.remarks(), Optional.of(id)), spot);
    }
}
