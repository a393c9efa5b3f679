package tenon.compose.type;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import tenon.compose.source.CompositionException;
import tenon.types.Place;

/**
 * The imports of a composition: what several components ask for under one name, or under names of one version track, becomes one import that
 * satisfies them all. Types are copied, so that those of the components stay as they are. Confined to one run.
 */
public final class ImportMerge {
    private final SequencedMap<String, Item> imports = new LinkedHashMap<>();

    /** By name of an interface: what it has become, whether it is imported itself or only used. */
    private final Map<String, InterfaceType> faces = new HashMap<>();

    private final Map<Type, Type> copies = new HashMap<>();
    private final Set<Pair> merged = new HashSet<>();

    /** By name: the one of a higher version that it was merged into. */
    private final Map<String, String> higher = new HashMap<>();

    private record Pair(InterfaceType into, InterfaceType from) {}

    /** Nothing is imported yet. */
    public ImportMerge() {}

    /** What is imported, in order. */
    public SequencedMap<String, Item> imports() {
        return imports;
    }

    /** The name under which what was added as {@code name} is imported. */
    public String importName(String name) {
        return higher.getOrDefault(name, name);
    }

    /**
     * Adds an import.
     *
     * @throws CompositionException if it cannot be the same as what is imported under the name already
     */
    public void add(String name, Item item) {
        Optional<String> known = imports.containsKey(name)
                ? Optional.of(name)
                : imports.keySet().stream()
                        .filter(other -> TrackedName.compatible(other, name))
                        .findFirst();
        if (known.isEmpty()) {
            imports.put(name, copy(item));
            return;
        }
        Item existing = imports.getOrDefault(known.get(), item);
        merge(existing, item, List.of());
        if (TrackedName.higher(name, known.get())) {
            imports.remove(known.get());
            imports.put(name, existing);
            higher.replaceAll((_, target) -> target.equals(known.get()) ? name : target);
            higher.put(known.get(), name);
        } else if (!name.equals(known.get())) {
            higher.put(name, known.get());
        }
    }

    private static CompositionException conflict(List<String> path, String fact) {
        return CompositionException.at(Place.NOWHERE, "types conflict")
                .because(Stream.concat(path.stream(), Stream.of(fact)).toList());
    }

    private void merge(Item existing, Item item, List<String> path) {
        if (existing instanceof Item.Instance(InterfaceType into)
                && item instanceof Item.Instance(InterfaceType from)) {
            merge(into, from, path);
            copies.put(from, into);
            return;
        }
        if (existing.sort() != item.sort()) {
            throw conflict(path, existing.word() + " cannot be the same as " + item.word());
        }
        Subtyping.difference(existing, item).ifPresent(reason -> {
            throw conflict(path, String.join(": ", reason));
        });
        copies.put(item.type(), existing.type());
    }

    private void merge(InterfaceType into, InterfaceType from, List<String> path) {
        if (into == from || !merged.add(new Pair(into, from))) {
            return;
        }
        from.uses().forEach((name, use) -> {
            InterfaceType home = face(use.from());
            Use known = into.uses().get(name);
            if (known != null && (known.from() != home || !known.name().equals(use.name()))) {
                throw conflict(
                        path,
                        "type `" + name + "` comes from `" + known.from().id().orElse("") + "` for one, and from `"
                                + home.id().orElse("") + "` for the other");
            }
            into.uses().putIfAbsent(name, new Use(home, use.name()));
        });
        from.exports().forEach((name, item) -> {
            Item known = into.exports().get(name);
            if (known == null) {
                into.exports().put(name, copy(item));
            } else {
                merge(
                        known,
                        item,
                        Stream.concat(path.stream(), Stream.of("export `" + name + "`"))
                                .toList());
            }
        });
        from.id()
                .filter(name ->
                        into.id().filter(own -> TrackedName.higher(name, own)).isPresent())
                .ifPresent(into::rename);
    }

    private Item copy(Item item) {
        return switch (item) {
            case Item.Function(FunctionType type) -> new Item.Function(function(type));
            case Item.Instance(InterfaceType type) -> new Item.Instance(face(type));
            case Item.Component(WorldType type) -> new Item.Component(world(type));
            case Item.Module _ -> item;
            case Item.Value(ValueType type) -> new Item.Value(value(type));
            case Item.OfType(Type type) -> new Item.OfType(copy(type));
        };
    }

    private Type copy(Type type) {
        return switch (type) {
            case ResourceType resource -> resource(resource);
            case FunctionType function -> function(function);
            case ValueType value -> value(value);
            case InterfaceType face -> face(face);
            case WorldType world -> world(world);
            case ModuleType module -> module;
        };
    }

    private ResourceType resource(ResourceType resource) {
        if (copies.get(resource) instanceof ResourceType known) {
            return known;
        }
        ResourceType copy;
        if (resource.source().isPresent()) {
            Optional<InterfaceType> owner = resource.owner().map(this::face);
            // what it is taken from must be there
            owner.ifPresent(face -> face.id()
                    .filter(id -> imports.keySet().stream().noneMatch(name -> TrackedName.compatible(name, id)))
                    .ifPresent(id -> imports.put(id, new Item.Instance(face))));
            copy = ResourceType.alias(
                    resource.name(), resource(resource.source().get()), owner);
        } else {
            copy = new ResourceType(resource.name());
        }
        copies.put(resource, copy);
        return copy;
    }

    private FunctionType function(FunctionType function) {
        if (copies.get(function) instanceof FunctionType known) {
            return known;
        }
        var copy = new FunctionType(params(function.params()), function.result().map(this::value), function.async());
        copies.put(function, copy);
        return copy;
    }

    private List<FunctionType.Parameter> params(List<FunctionType.Parameter> params) {
        return params.stream()
                .map(param -> new FunctionType.Parameter(param.name(), value(param.type())))
                .toList();
    }

    private ValueType value(ValueType type) {
        if (copies.get(type) instanceof ValueType known) {
            return known;
        }
        ValueType copy = switch (type) {
            case ValueType.Primitive _ -> type;
            case ValueType.Own(ResourceType resource) -> new ValueType.Own(resource(resource));
            case ValueType.Borrow(ResourceType resource) -> new ValueType.Borrow(resource(resource));
            case ValueType.Defined defined -> new ValueType.Defined(shape(defined.shape()));
        };
        copies.put(type, copy);
        return copy;
    }

    private ValueType.Shape shape(ValueType.Shape shape) {
        return switch (shape) {
            case ValueType.Record(var fields) -> new ValueType.Record(params(fields));
            case ValueType.Variant(var cases) ->
                new ValueType.Variant(cases.stream()
                        .map(each -> new ValueType.Case(each.name(), each.type().map(this::value)))
                        .toList());
            case ValueType.Enum _, ValueType.Flags _ -> shape;
            case ValueType.Tuple(var types) ->
                new ValueType.Tuple(types.stream().map(this::value).toList());
            case ValueType.ListOf(var element) -> new ValueType.ListOf(value(element));
            case ValueType.FixedLengthList(var element, long length) ->
                new ValueType.FixedLengthList(value(element), length);
            case ValueType.MapOf(var key, var value) -> new ValueType.MapOf(value(key), value(value));
            case ValueType.Option(var some) -> new ValueType.Option(value(some));
            case ValueType.Result(var ok, var error) ->
                new ValueType.Result(ok.map(this::value), error.map(this::value));
            case ValueType.Stream(var element) -> new ValueType.Stream(element.map(this::value));
            case ValueType.Future(var element) -> new ValueType.Future(element.map(this::value));
            case ValueType.Alias(var target) -> new ValueType.Alias(value(target));
        };
    }

    /** A named interface is one, whoever uses it, in any version of its track. */
    private InterfaceType face(InterfaceType face) {
        Optional<InterfaceType> known = face.id().flatMap(this::known);
        if (known.isPresent()) {
            merge(known.get(), face, List.of("interface `" + face.id().orElse("") + "`"));
            copies.put(face, known.get());
            return known.get();
        }
        if (copies.get(face) instanceof InterfaceType copy) {
            return copy;
        }
        var copy = new InterfaceType(face.id());
        copies.put(face, copy);
        face.uses().forEach((name, use) -> copy.uses().put(name, new Use(face(use.from()), use.name())));
        face.exports().forEach((name, item) -> copy.exports().put(name, copy(item)));
        face.id().ifPresent(id -> faces.put(id, copy));
        return copy;
    }

    private Optional<InterfaceType> known(String id) {
        InterfaceType exact = faces.get(id);
        return exact != null
                ? Optional.of(exact)
                : faces.entrySet().stream()
                        .filter(each -> TrackedName.compatible(each.getKey(), id))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    private WorldType world(WorldType world) {
        if (copies.get(world) instanceof WorldType known) {
            return known;
        }
        // a component that is imported has imports of its own, which nothing is merged into
        copies.put(world, world);
        return world;
    }
}
