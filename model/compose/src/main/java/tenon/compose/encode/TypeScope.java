package tenon.compose.encode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExternDescription;
import tenon.component.Sort;
import tenon.component.TypeExpression;
import tenon.compose.source.CompositionException;
import tenon.compose.type.FunctionType;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Item;
import tenon.compose.type.ModuleType;
import tenon.compose.type.ResourceType;
import tenon.compose.type.TrackedName;
import tenon.compose.type.Type;
import tenon.compose.type.Use;
import tenon.compose.type.ValueType;
import tenon.compose.type.WorldType;
import tenon.types.Place;
import tenon.types.component.CoreModuleType;
import tenon.types.core.RecGroup;

/**
 * One index space of types that is being written: a component's, or that of a component or instance type. A named type is written once, and
 * then referred to by the index of its import, export or alias. Confined to one run.
 */
final class TypeScope {
    private final Sink sink;

    /** By name: the index in the scope around of a type that is used here. */
    private final Map<String, Integer> used;

    private final Map<Type, Integer> indices = new HashMap<>();

    /** Types of instances that are exported under names of their own. */
    private final Set<Type> shown = new HashSet<>();

    /** The instances from which types can be taken: those that are imported, then those that are exported. */
    private final List<Instance> instances = new ArrayList<>();

    /** By name: types of imported instances that a world uses. */
    private final Map<String, Integer> aliases = new HashMap<>();

    private record Instance(int index, InterfaceType type, boolean imported) {}

    private TypeScope(Sink sink, Map<String, Integer> used) {
        this.sink = sink;
        this.used = used;
    }

    /** The scope of a component. */
    static TypeScope of(Sink sink) {
        return new TypeScope(sink, Map.of());
    }

    /** The index of a type; {@code name} is that of the import or export that it is for, empty if it is for none. */
    int index(Type type, String name) {
        Integer known = indices.get(type);
        if (known != null) {
            return known;
        }
        int index = used(name).orElseGet(() -> write(type));
        indices.put(type, index);
        return index;
    }

    /** Notes that a type is referred to by this index from now on. */
    void remember(Type type, int index) {
        indices.put(type, index);
    }

    /** Notes that a type of an instance is exported, and referred to by this index from now on. */
    void show(Type type, int index) {
        indices.put(type, index);
        shown.add(type);
    }

    /**
     * The type with which an item must be exported if its own one mentions types that are exported under names: Explainer.md, "Type
     * Checking", has whoever imports it know those names, and not what they stand for inside.
     */
    Optional<ExternDescription> ascription(Item item) {
        return switch (item) {
            case Item.Function(FunctionType function)
            when mentions(parts(function), new HashSet<>()) ->
                Optional.of(new ExternDescription.FunctionUse(function(function)));
            case Item.OfType(ValueType.Defined type)
            when mentions(parts(type), new HashSet<>()) ->
                Optional.of(new ExternDescription.TypeEqual(write(type.shape())));
            case Item.Function _, Item.OfType _, Item.Instance _, Item.Component _, Item.Module _, Item.Value _ ->
                Optional.empty();
        };
    }

    private static List<ValueType> parts(FunctionType function) {
        return Stream.concat(function.params().stream().map(FunctionType.Parameter::type), function.result().stream())
                .toList();
    }

    private static List<ValueType> parts(ValueType type) {
        var parts = new ArrayList<ValueType>();
        type.parts(parts::add);
        return parts;
    }

    private boolean mentions(List<ValueType> types, Set<ValueType> seen) {
        return types.stream()
                .filter(seen::add)
                .anyMatch(type -> shown.contains(type)
                        || switch (type) {
                            case ValueType.Primitive _ -> false;
                            case ValueType.Own(ResourceType resource) -> isShown(resource);
                            case ValueType.Borrow(ResourceType resource) -> isShown(resource);
                            case ValueType.Defined _ -> mentions(parts(type), seen);
                        });
    }

    private boolean isShown(ResourceType resource) {
        return shown.stream()
                .anyMatch(type -> type instanceof ResourceType other && other.origin() == resource.origin());
    }

    Optional<Integer> known(Type type) {
        return Optional.ofNullable(indices.get(type));
    }

    /** A type that is taken from another interface under this name. */
    private Optional<Integer> used(String name) {
        Integer alias = aliases.get(name);
        if (alias != null) {
            return Optional.of(alias);
        }
        return Optional.ofNullable(used.get(name)).map(index -> sink.alias(Sink.outer(index)));
    }

    private int write(Type type) {
        return switch (type) {
            case ResourceType resource -> resource(resource);
            case FunctionType function -> function(function);
            case ValueType value -> write(value);
            case InterfaceType face -> instance(face, false);
            case WorldType world -> component(world);
            case ModuleType module -> module(module.type());
        };
    }

    /** The index of a resource type that is there. */
    private int resource(ResourceType resource) {
        Integer known = indices.get(resource);
        if (known != null) {
            return known;
        }
        for (Map.Entry<Type, Integer> each : indices.entrySet()) {
            if (each.getKey() instanceof ResourceType other && other.origin() == resource.origin()) {
                return each.getValue();
            }
        }
        return fromInstance(resource).orElseThrow(() -> inexpressible(resource + " is used, but not imported"));
    }

    private static CompositionException inexpressible(String fact) {
        return CompositionException.at(Place.NOWHERE, fact);
    }

    private int function(FunctionType function) {
        List<TypeExpression.Labelled> params = labelled(function.params());
        Optional<TypeExpression.ValueReference> result = function.result().map(this::value);
        return sink.type(new TypeExpression.FunctionOf(params, result, function.async()));
    }

    private List<TypeExpression.Labelled> labelled(List<FunctionType.Parameter> params) {
        return params.stream()
                .map(param -> new TypeExpression.Labelled(param.name(), value(param.type())))
                .toList();
    }

    private TypeExpression.ValueReference value(ValueType type) {
        if (type instanceof ValueType.Primitive(var primitive) && !indices.containsKey(type)) {
            return new TypeExpression.Primitive(primitive);
        }
        Integer known = indices.get(type);
        if (known != null) {
            return new TypeExpression.TypeIndex(known);
        }
        int index = type instanceof ValueType.Defined ? fromInstance(type).orElseGet(() -> write(type)) : write(type);
        indices.put(type, index);
        return new TypeExpression.TypeIndex(index);
    }

    /** Takes a type from the instance that exports it, if there is one, so that it keeps its name. */
    private Optional<Integer> fromInstance(Type type) {
        for (Instance instance : instances) {
            for (Map.Entry<String, Item> export : instance.type().exports().entrySet()) {
                if (export.getValue() instanceof Item.OfType(Type exported) && same(exported, type)) {
                    int index = sink.alias(Sink.exported(Sort.TYPE, instance.index(), export.getKey()));
                    indices.put(type, index);
                    return Optional.of(index);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean same(Type exported, Type type) {
        return exported == type
                || exported instanceof ResourceType a && type instanceof ResourceType b && a.origin() == b.origin();
    }

    private int write(ValueType type) {
        return switch (type) {
            case ValueType.Primitive(var primitive) -> sink.type(new TypeExpression.Primitive(primitive));
            case ValueType.Own(ResourceType resource) -> sink.type(new TypeExpression.OwnOf(resource(resource)));
            case ValueType.Borrow(ResourceType resource) -> sink.type(new TypeExpression.BorrowOf(resource(resource)));
            case ValueType.Defined defined -> write(defined.shape());
        };
    }

    private int write(ValueType.Shape shape) {
        return switch (shape) {
            case ValueType.Alias(ValueType target) -> write(target);
            case ValueType.Record(var fields) -> sink.type(new TypeExpression.RecordOf(labelled(fields)));
            case ValueType.Variant(var cases) ->
                sink.type(new TypeExpression.VariantOf(cases.stream()
                        .map(each -> new TypeExpression.CaseOf(
                                each.name(), each.type().map(this::value)))
                        .toList()));
            case ValueType.Enum(var labels) -> sink.type(new TypeExpression.EnumOf(labels));
            case ValueType.Flags(var labels) -> sink.type(new TypeExpression.FlagsOf(labels));
            case ValueType.Tuple(var types) ->
                sink.type(new TypeExpression.TupleOf(
                        types.stream().map(this::value).toList()));
            case ValueType.ListOf(var element) -> sink.type(new TypeExpression.ListOf(value(element)));
            case ValueType.FixedLengthList(var element, long length) ->
                sink.type(new TypeExpression.FixedLengthListOf(value(element), length));
            case ValueType.MapOf(var key, var value) -> {
                TypeExpression.ValueReference first = value(key);
                yield sink.type(new TypeExpression.MapOf(first, value(value)));
            }
            case ValueType.Option(var some) -> sink.type(new TypeExpression.OptionOf(value(some)));
            case ValueType.Result(var ok, var error) -> {
                Optional<TypeExpression.ValueReference> first = ok.map(this::value);
                yield sink.type(new TypeExpression.ResultOf(first, error.map(this::value)));
            }
            case ValueType.Stream(var element) -> sink.type(new TypeExpression.StreamOf(element.map(this::value)));
            case ValueType.Future(var element) -> sink.type(new TypeExpression.FutureOf(element.map(this::value)));
        };
    }

    private int module(CoreModuleType module) {
        var lines = new ArrayList<CoreTypeDefinition.ModuleDeclaration>();
        module.types().forEach(type -> lines.add(new CoreTypeDefinition.Group(new RecGroup(List.of(type)), 0)));
        module.imports()
                .forEach(each ->
                        lines.add(new CoreTypeDefinition.ModuleImport(each.module(), each.name(), each.type(), 0)));
        module.exports().forEach((name, type) -> lines.add(new CoreTypeDefinition.ModuleExport(name, type, 0)));
        return sink.coreType(new CoreTypeDefinition.ModuleType(lines, 0));
    }

    /** An instance type; {@code typesOnly} leaves out what nobody can take from a mere dependency. */
    int instance(InterfaceType face, boolean typesOnly) {
        face.uses().values().forEach(use -> importInterface(use.from()));
        var inner = new TypeScope(new Sink.Declarations(), aliases(face.uses(), face.exports()));
        face.exports().forEach((name, item) -> {
            if (!typesOnly || item instanceof Item.OfType) {
                inner.export(name, item);
            }
        });
        return sink.type(new TypeExpression.InstanceOf(inner.lines()));
    }

    private List<Declaration> lines() {
        return sink instanceof Sink.Declarations(var lines, var _) ? List.copyOf(lines) : List.of();
    }

    /** Takes what is used out of the instances that export it; by name, the index here. */
    private Map<String, Integer> aliases(SequencedMap<String, Use> uses, SequencedMap<String, Item> items) {
        var found = new HashMap<String, Integer>();
        uses.forEach((name, use) -> {
            Instance instance = instance(use.from()).orElseThrow();
            int index = sink.alias(Sink.exported(Sort.TYPE, instance.index(), use.name()));
            found.put(name, index);
            if (use.from().exports().get(use.name()) instanceof Item.OfType(Type type)) {
                indices.put(type, index);
            }
            if (items.get(name) instanceof Item.OfType(Type type)) {
                indices.put(type, index);
            }
        });
        return found;
    }

    /** The instance of this very interface, or else the imported one of its name, in any version of its track. */
    private Optional<Instance> instance(InterfaceType face) {
        String id = face.id().orElse("");
        return instances.stream()
                .filter(each -> each.type() == face)
                .findFirst()
                .or(() -> imported(other -> other.equals(id)))
                .or(() -> imported(other -> TrackedName.compatible(other, id)));
    }

    private Optional<Instance> imported(Predicate<String> name) {
        return instances.stream()
                .filter(each -> each.imported() && each.type().id().filter(name).isPresent())
                .findFirst();
    }

    /** Imports an interface that is needed for its types. */
    private void importInterface(InterfaceType face) {
        if (instance(face).isPresent()) {
            return;
        }
        String id = face.id()
                .orElseThrow(() -> inexpressible("a type is used that comes from an interface without a name"));
        int type = instance(face, sink instanceof Sink.Declarations);
        int index = sink.importItem(id, new ExternDescription.InstanceUse(type));
        instances.add(new Instance(index, face, true));
    }

    /** Whether the interface is imported already, and as which instance. */
    Optional<Integer> imported(InterfaceType face) {
        return face.id().isEmpty() ? Optional.empty() : instance(face).map(Instance::index);
    }

    /** A component type. */
    int component(WorldType world) {
        var inner = new TypeScope(new Sink.Declarations(), Map.of());
        world.uses().values().forEach(use -> inner.importInterface(use.from()));
        inner.aliases.putAll(inner.aliases(world.uses(), world.imports()));
        world.imports().forEach(inner::importItem);
        world.exports().forEach(inner::export);
        return sink.type(new TypeExpression.ComponentOf(inner.lines()));
    }

    /** The type that stands for an interface where it is defined: a component type that exports an instance of it. */
    int interfaceDefinition(InterfaceType face) {
        var inner = new TypeScope(new Sink.Declarations(), Map.of());
        int type = inner.instance(face, false);
        inner.sink.export(face.id().orElse(""), new ExternDescription.InstanceUse(type));
        return sink.type(new TypeExpression.ComponentOf(inner.lines()));
    }

    /** The type that stands for a world where it is defined: a component type that exports a component of it. */
    int worldDefinition(WorldType world) {
        var inner = new TypeScope(new Sink.Declarations(), Map.of());
        int type = inner.component(world);
        inner.sink.export(world.id().orElse(""), new ExternDescription.ComponentUse(type));
        return sink.type(new TypeExpression.ComponentOf(inner.lines()));
    }

    /** Imports an item, or finds the interface that is imported already; the index in the space of its sort. */
    int importItem(String name, Item item) {
        return switch (item) {
            case Item.OfType(ResourceType resource) -> {
                int index = sink.importItem(name, Sink.equal(bound(resource, name)));
                indices.put(resource, index);
                yield index;
            }
            case Item.OfType(Type type) -> {
                int index = sink.importItem(name, new ExternDescription.TypeEqual(index(type, name)));
                indices.put(type, index);
                yield index;
            }
            case Item.Instance(InterfaceType face) -> {
                Optional<Integer> there = imported(face);
                if (there.isPresent()) {
                    yield there.get();
                }
                int type = index(face, name);
                int index = sink.importItem(name, new ExternDescription.InstanceUse(type));
                instances.add(new Instance(index, face, true));
                yield index;
            }
            case Item.Function _, Item.Component _, Item.Module _, Item.Value _ ->
                sink.importItem(name, description(name, item));
        };
    }

    /** What a resource type is equal to; nothing if it is new. */
    private Optional<Integer> bound(ResourceType resource, String name) {
        return used(name).or(() -> resource.source().map(this::resource));
    }

    private void export(String name, Item item) {
        switch (item) {
            case Item.OfType(ResourceType resource) ->
                indices.put(resource, sink.export(name, Sink.equal(bound(resource, name))));
            case Item.OfType(Type type) ->
                indices.put(type, sink.export(name, new ExternDescription.TypeEqual(index(type, name))));
            case Item.Instance(InterfaceType face) ->
                instances.add(new Instance(sink.export(name, description(name, item)), face, false));
            case Item.Function _, Item.Component _, Item.Module _, Item.Value _ ->
                sink.export(name, description(name, item));
        }
    }

    private ExternDescription description(String name, Item item) {
        return switch (item) {
            case Item.Function(FunctionType type) -> new ExternDescription.FunctionUse(index(type, name));
            case Item.Instance(InterfaceType type) -> new ExternDescription.InstanceUse(index(type, name));
            case Item.Component(WorldType type) -> new ExternDescription.ComponentUse(index(type, name));
            case Item.Module(ModuleType type) -> new ExternDescription.ModuleUse(index(type, name));
            case Item.Value(ValueType type) -> new ExternDescription.ValueOf(value(type));
            case Item.OfType(Type type) -> new ExternDescription.TypeEqual(index(type, name));
        };
    }
}
