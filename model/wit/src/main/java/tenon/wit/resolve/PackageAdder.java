package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.PackageName;
import tenon.types.component.SemanticVersion;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageId;
import tenon.wit.Stability;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;
import tenon.wit.syntax.Spot;

/**
 * Adds a draft to a graph: what is gated off is left out, what other packages have is found, and indices of the draft become those of the
 * graph. Confined to one run.
 */
final class PackageAdder {
    private final GraphBuilder graph;
    private final Draft draft;
    private final Features features;
    private final Hints hints;
    private final PackageId id;

    /** By index of the draft; empty if it is gated off or not there yet. */
    private final List<Optional<TypeId>> types = new ArrayList<>();

    private final List<Optional<InterfaceId>> interfaces = new ArrayList<>();
    private final List<Optional<WorldId>> worlds = new ArrayList<>();
    private final Map<TypeId, TypeId> owns = new HashMap<>();

    private PackageAdder(GraphBuilder graph, Draft draft, Features features, Hints hints) {
        this.graph = graph;
        this.draft = draft;
        this.features = features;
        this.hints = hints;
        this.id = graph.addPackage(draft.name(), draft.syntax.documentation());
    }

    /** All packages that the draft uses are there. */
    static PackageId add(GraphBuilder graph, Draft draft, Features features, Hints hints) {
        var adder = new PackageAdder(graph, draft, features, hints);
        adder.checkReferences();
        adder.countInterfacesAndWorlds();
        adder.addTypes();
        adder.checkResources();
        adder.addInterfaces();
        adder.addWorlds();
        adder.checkOwners();
        adder.fillWorlds();
        adder.fillPackage();
        return adder.id;
    }

    private void checkReferences() {
        for (Draft.Reference each : draft.references) {
            PackageName name = each.item().packageName();
            PackageId found = graph.find(name).orElseThrow();
            if (isIncluded(each.stability(), each.item().spot())) {
                checkItem(graph.get(found), each);
            }
        }
    }

    private void checkItem(WitPackage found, Draft.Reference each) {
        String name = each.item().name();
        var known = each.world() ? found.worlds().keySet() : found.interfaces().keySet();
        if (!known.contains(name)) {
            boolean other = each.world()
                    ? found.interfaces().containsKey(name)
                    : found.worlds().containsKey(name);
            String what = each.world() ? "world" : "interface";
            throw each.item()
                    .spot()
                    .error(
                            other
                                    ? "`" + name + "` of package `" + found.name() + "` is "
                                            + (each.world()
                                                    ? "an interface, expected a world"
                                                    : "a world, expected an interface")
                                    : what + " `" + name + "` does not exist in package `" + found.name() + "`",
                            hints.missingForeign(found.name(), name, known, other));
        }
    }

    /** WIT.md, "Feature Gates". */
    private boolean isIncluded(Stability stability, Spot spot) {
        return switch (stability) {
            case Stability.Unknown _ -> true;
            case Stability.Unstable unstable -> features.has(unstable.feature());
            case Stability.Stable stable -> {
                SemanticVersion since = stable.since();
                InterfaceVersion version = draft.name()
                        .version()
                        .orElseThrow(() -> spot.error(
                                "a gate names version " + since + ", but package `" + draft.name() + "` has no version",
                                "a version stands behind the package's name: `package " + draft.name() + "@" + since
                                        + ";`"));
                if (version instanceof SemanticVersion own && since.compareTo(own) > 0) {
                    throw spot.error("a gate names version " + since + ", which package `" + draft.name()
                            + "` has not reached yet");
                }
                yield true;
            }
        };
    }

    private void countInterfacesAndWorlds() {
        int next = graph.nextInterface().index();
        for (Draft.Interface each : draft.interfaces) {
            boolean here = each instanceof Draft.DefinedInterface defined
                    && isIncluded(defined.remarks().stability(), defined.spot());
            interfaces.add(here ? Optional.of(new InterfaceId(next++)) : Optional.empty());
        }
        next = graph.nextWorld().index();
        for (Draft.OfWorld each : draft.worlds) {
            boolean here = each instanceof Draft.DefinedWorld defined
                    && isIncluded(defined.remarks().stability(), defined.spot());
            worlds.add(here ? Optional.of(new WorldId(next++)) : Optional.empty());
        }
    }

    private InterfaceId map(InterfaceId local, Spot spot) {
        if (draft.interfaces.get(local.index()) instanceof Draft.ForeignInterface(Draft.ForeignItem item)) {
            return graph.find(item.packageName())
                    .map(found -> graph.get(found).interfaces().get(item.name()))
                    .orElseThrow(() -> gatedOff("interface", spot));
        }
        return interfaces.get(local.index()).orElseThrow(() -> gatedOff("interface", spot));
    }

    private WorldId map(WorldId local, Spot spot) {
        if (draft.worlds.get(local.index()) instanceof Draft.ForeignWorld(Draft.ForeignItem item)) {
            return graph.find(item.packageName())
                    .map(found -> graph.get(found).worlds().get(item.name()))
                    .orElseThrow(() -> gatedOff("world", spot));
        }
        return worlds.get(local.index()).orElseThrow(() -> gatedOff("world", spot));
    }

    private static WitException gatedOff(String what, Spot spot) {
        return spot.error(
                "this needs a " + what + " that is gated off, since its feature is not switched on",
                "the same gate in front of this leaves it out, too");
    }

    private TypeId map(TypeId local, Spot spot) {
        if (draft.types.get(local.index()) instanceof Draft.ForeignType foreign) {
            TypeId found =
                    graph.get(map(foreign.from(), foreign.spot())).types().get(foreign.name());
            if (found == null) {
                throw foreign.spot().error("type `" + foreign.name() + "` does not exist in that interface");
            }
            return found;
        }
        return types.get(local.index()).orElseThrow(() -> gatedOff("type", spot));
    }

    /** A resource's name where a value is expected stands for a handle that owns it: WIT.md, "Handles". */
    private Type value(Type local, Spot spot) {
        if (!(local instanceof TypeId localId)) {
            return local;
        }
        TypeId mapped = map(localId, spot);
        if (!graph.isResource(mapped)) {
            return mapped;
        }
        TypeId own = owns.get(mapped);
        if (own == null) {
            own = graph.add(TypeDefinition.anonymous(new TypeKind.Own(mapped), Stability.UNKNOWN));
            owns.put(mapped, own);
        }
        return own;
    }

    private void addTypes() {
        for (Draft.Type each : draft.types) {
            types.add(
                    each instanceof Draft.DefinedType defined && isIncluded(defined.stability(), defined.spot())
                            ? Optional.of(graph.add(map(defined)))
                            : Optional.empty());
        }
    }

    private TypeDefinition map(Draft.DefinedType defined) {
        TypeDefinition type = defined.definition();
        TypeKind kind = switch (type.kind()) {
            // `type a = b` does not make `a` a handle if `b` is a resource: it is both
            case TypeKind.Alias(TypeId target) -> new TypeKind.Alias(map(target, defined.spot()));
            case TypeKind.Record(List<TypeKind.Field> fields) -> new TypeKind.Record(map(fields, defined));
            default -> type.kind().map(part -> value(part, defined.spot()), part -> map(part, defined.spot()));
        };
        return new TypeDefinition(type.name(), kind, owner(type.owner()), type.remarks());
    }

    private List<TypeKind.Field> map(List<TypeKind.Field> fields, Draft.DefinedType defined) {
        var mapped = new ArrayList<TypeKind.Field>();
        for (int i = 0; i < fields.size(); i++) {
            TypeKind.Field field = fields.get(i);
            mapped.add(new TypeKind.Field(
                    field.name(), value(field.type(), defined.parts().get(i)), field.documentation()));
        }
        return mapped;
    }

    /** What is gated off owns nothing; {@link #checkOwners} says so later. */
    private Owner owner(Owner local) {
        return switch (local) {
            case Owner.OfInterface(InterfaceId owner) ->
                interfaces.get(owner.index()).<Owner>map(Owner.OfInterface::new).orElse(Owner.NONE);
            case Owner.OfWorld(WorldId owner) ->
                worlds.get(owner.index()).<Owner>map(Owner.OfWorld::new).orElse(Owner.NONE);
            case Owner.None _ -> Owner.NONE;
        };
    }

    private void checkOwners() {
        for (int i = 0; i < draft.types.size(); i++) {
            if (types.get(i).isPresent()
                    && draft.types.get(i) instanceof Draft.DefinedType defined
                    && !(defined.definition().owner() instanceof Owner.None)
                    && owner(defined.definition().owner()) instanceof Owner.None) {
                boolean world = defined.definition().owner() instanceof Owner.OfWorld;
                throw defined.spot()
                        .error(
                                "this type is not gated, but its " + (world ? "world" : "interface")
                                        + " is gated off, since its feature is not switched on",
                                "what stands in a gated item needs the same gate");
            }
        }
    }

    private void checkResources() {
        for (Draft.RequiredResource each : draft.requiredResources) {
            boolean needed = draft.types.get(each.type().index()) instanceof Draft.ForeignType foreign
                    && isIncluded(foreign.stability(), foreign.spot());
            if (needed && !graph.isResource(map(each.type(), each.spot()))) {
                throw each.spot().error("the type is no resource, expected one in a handle");
            }
        }
    }

    private void addInterfaces() {
        for (int i = 0; i < draft.interfaces.size(); i++) {
            if (interfaces.get(i).isPresent() && draft.interfaces.get(i) instanceof Draft.DefinedInterface defined) {
                InterfaceId added = graph.add(map(defined), defined.spot());
                assert added.equals(interfaces.get(i).get()) : added;
            }
        }
    }

    private Interface map(Draft.DefinedInterface defined) {
        var mappedTypes = new LinkedHashMap<String, TypeId>();
        defined.types()
                .forEach((name, local) -> types.get(local.index()).ifPresent(type -> mappedTypes.put(name, type)));
        var functions = new LinkedHashMap<String, Function>();
        for (Draft.PlacedFunction each : defined.functions()) {
            if (isIncluded(each.function().remarks().stability(), each.spot())) {
                functions.put(each.function().name(), map(each.function(), each.spot()));
            }
        }
        var ordered = new LinkedHashMap<String, Function>();
        for (String name : Accessors.inOrder(List.copyOf(functions.keySet()))) {
            Function function = functions.get(name);
            assert function != null : name;
            ordered.put(name, function);
        }
        return new Interface(defined.name(), id, mappedTypes, ordered, defined.remarks());
    }

    private Function map(Function function, Spot spot) {
        FunctionKind kind = function.kind();
        FunctionKind mappedKind = kind.with(kind.resource().map(resource -> map(resource, spot)));
        List<Function.Parameter> params = function.params().stream()
                .map(param -> new Function.Parameter(param.name(), value(param.type(), spot)))
                .toList();
        Optional<Type> result = function.result().map(type -> value(type, spot));
        if (result.filter(graph::hasBorrow).isPresent()) {
            throw spot.error(
                    "function `" + function.name() + "` gives back a borrowed handle, expected owned ones in results");
        }
        return new Function(function.name(), mappedKind, params, result, function.remarks());
    }

    private void addWorlds() {
        for (int i = 0; i < draft.worlds.size(); i++) {
            if (worlds.get(i).isPresent() && draft.worlds.get(i) instanceof Draft.DefinedWorld defined) {
                var world = new World(
                        defined.name(), id, map(defined.imports()), map(defined.exports()), defined.remarks());
                WorldId added = graph.add(world);
                assert added.equals(worlds.get(i).get()) : added;
            }
        }
    }

    private SequencedMap<World.Key, World.Item> map(List<Draft.PlacedItem> items) {
        var mapped = new LinkedHashMap<World.Key, World.Item>();
        for (Draft.PlacedItem each : items) {
            if (isIncluded(stability(each.item()), each.spot())) {
                World.Key key = each.key() instanceof World.Key.OfInterface(InterfaceId local)
                        ? new World.Key.OfInterface(map(local, each.spot()))
                        : each.key();
                World.Item item = switch (each.item()) {
                    case World.Item.OfInterface named ->
                        new World.Item.OfInterface(map(named.id(), each.spot()), named.remarks());
                    case World.Item.OfFunction(Function function) ->
                        new World.Item.OfFunction(map(function, each.spot()));
                    case World.Item.OfType(TypeId type) -> new World.Item.OfType(map(type, each.spot()));
                };
                mapped.put(key, item);
            }
        }
        return mapped;
    }

    private Stability stability(World.Item item) {
        return switch (item) {
            case World.Item.OfInterface named -> named.remarks().stability();
            case World.Item.OfFunction(Function function) -> function.remarks().stability();
            case World.Item.OfType(TypeId type) -> draft.types.get(type.index()).stability();
        };
    }

    /** Worlds are in an order in which each stands behind those that it includes. */
    private void fillWorlds() {
        for (int i = 0; i < draft.worlds.size(); i++) {
            if (worlds.get(i).isPresent() && draft.worlds.get(i) instanceof Draft.DefinedWorld defined) {
                WorldId world = worlds.get(i).get();
                var filler = new WorldFiller(graph, id, world, defined.spot());
                for (Draft.Include include : defined.includes()) {
                    if (isIncluded(include.stability(), include.spot())) {
                        boolean foreign = draft.worlds.get(include.world().index()) instanceof Draft.ForeignWorld;
                        filler.include(map(include.world(), include.spot()), include, foreign);
                    }
                }
                filler.fill();
            }
        }
    }

    private void fillPackage() {
        var named = new LinkedHashMap<String, InterfaceId>();
        for (Optional<InterfaceId> each : interfaces) {
            each.ifPresent(found -> graph.get(found).name().ifPresent(name -> named.put(name, found)));
        }
        var namedWorlds = new LinkedHashMap<String, WorldId>();
        for (Optional<WorldId> each : worlds) {
            each.ifPresent(found -> namedWorlds.put(graph.get(found).name(), found));
        }
        graph.fill(id, named, namedWorlds);
    }
}
