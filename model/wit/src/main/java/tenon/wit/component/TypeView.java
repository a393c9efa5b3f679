package tenon.wit.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.types.Place;
import tenon.types.component.BorrowType;
import tenon.types.component.DefinedType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;
import tenon.wit.Diagnostic;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitException;

/**
 * The types of a graph as the Component Model has them, seen from one side of a world: resources of some interfaces are this view's own,
 * those of all others are its parent's. A type of a graph is the same object each time. Confined to one run.
 */
final class TypeView {
    /** As for components: types of more parts, or nested deeper, are refused. */
    private static final long MOST_PARTS = 1_000_000;

    private static final int DEEPEST = 100;

    /** Aliases count here, too; what is deeper would not fit on the stack. */
    private static final int DEEPEST_CHAIN = 1000;

    private final PackageGraph graph;
    private final @Nullable TypeView parent;
    private final Set<InterfaceId> own;
    private final Map<TypeId, DefinedType> known = new HashMap<>();
    private final List<ResourceType> resources = new ArrayList<>();
    private final Map<ValueType, Measure> measures;
    private int nesting;

    /** {@code parts} counts a type that is there twice twice. */
    private record Measure(long parts, int depth) {}

    private TypeView(
            PackageGraph graph, @Nullable TypeView parent, Set<InterfaceId> own, Map<ValueType, Measure> measures) {
        this.graph = graph;
        this.parent = parent;
        this.own = own;
        this.measures = measures;
    }

    /** All types are its own. */
    static TypeView of(PackageGraph graph) {
        return new TypeView(graph, null, Set.of(), new IdentityHashMap<>());
    }

    /** The same, but for types of these interfaces. */
    TypeView with(Set<InterfaceId> interfaces) {
        return new TypeView(graph, this, Set.copyOf(interfaces), measures);
    }

    /** The resource types that are this view's own, as far as they were asked for. */
    List<ResourceType> resources() {
        return resources;
    }

    DefinedType defined(TypeId id) {
        TypeView home = home(graph.get(id));
        DefinedType type = home.known.get(id);
        if (type == null) {
            if (++nesting > DEEPEST_CHAIN) {
                throw tooLarge(id);
            }
            type = make(id, home);
            nesting--;
            home.known.put(id, type);
        }
        return type;
    }

    /** Types without an owner may be made of any others, so that each view has them itself. */
    private TypeView home(TypeDefinition type) {
        if (parent == null || type.owner() instanceof Owner.None) {
            return this;
        }
        boolean here = type.owner() instanceof Owner.OfInterface(InterfaceId id) && own.contains(id);
        return here ? this : parent.home(type);
    }

    private DefinedType make(TypeId id, TypeView home) {
        TypeDefinition definition = graph.get(id);
        if (definition.kind() instanceof TypeKind.Alias(Type target)) {
            return switch (target) {
                case Type.Primitive primitive -> primitive.type();
                case TypeId other -> defined(other);
            };
        }
        if (definition.kind() instanceof TypeKind.Resource) {
            var resource = new ResourceType(definition.name().orElse(""));
            home.resources.add(resource);
            return resource;
        }
        ValueType value = make(definition.kind());
        measure(id, value);
        return value;
    }

    private void measure(TypeId id, ValueType value) {
        long parts = 1;
        int depth = 0;
        for (ValueType part : value.parts()) {
            Measure measure = measures.getOrDefault(part, new Measure(1, 1));
            parts += measure.parts();
            depth = Math.max(depth, measure.depth());
        }
        if (parts > MOST_PARTS || depth >= DEEPEST) {
            throw tooLarge(id);
        }
        measures.put(value, new Measure(parts, depth + 1));
    }

    private WitException tooLarge(TypeId id) {
        String name = graph.get(id).name().map(known -> "type `" + known + "`").orElse("a type");
        return new WitException(Diagnostic.of(
                Place.NOWHERE,
                name + " has too many parts or is nested too deep, expected at most " + MOST_PARTS + " parts and "
                        + DEEPEST + " levels"));
    }

    private ValueType make(TypeKind kind) {
        return switch (kind) {
            case TypeKind.Alias _, TypeKind.Resource _ -> throw new AssertionError("made by themselves");
            case TypeKind.Own(TypeId resource) -> new OwnType(resource(resource));
            case TypeKind.Borrow(TypeId resource) -> new BorrowType(resource(resource));
            case TypeKind.Record(List<TypeKind.Field> fields) ->
                new RecordType(fields.stream()
                        .map(field -> new RecordType.Field(field.name(), value(field.type())))
                        .toList());
            case TypeKind.Variant(List<TypeKind.Case> cases) ->
                new VariantType(cases.stream()
                        .map(each ->
                                new VariantType.Case(each.name(), each.type().map(this::value)))
                        .toList());
            case TypeKind.Enum(List<TypeKind.Label> labels) -> new EnumType(names(labels));
            case TypeKind.Flags(List<TypeKind.Label> labels) -> new FlagsType(names(labels));
            case TypeKind.Tuple(List<Type> types) ->
                new TupleType(types.stream().map(this::value).toList());
            case TypeKind.Option(Type some) -> new OptionType(value(some));
            case TypeKind.Result(Optional<Type> ok, Optional<Type> error) ->
                new ResultType(ok.map(this::value), error.map(this::value));
            case TypeKind.ListOf(Type element) -> new ListType(value(element));
            case TypeKind.FixedLengthList(Type element, long length) -> new FixedLengthListType(value(element), length);
            case TypeKind.MapOf(Type key, Type value) -> new MapType(value(key), value(value));
            case TypeKind.Future(Optional<Type> element) -> new FutureType(element.map(this::value));
            case TypeKind.Stream(Optional<Type> element) -> new StreamType(element.map(this::value));
        };
    }

    private static List<String> names(List<TypeKind.Label> labels) {
        return labels.stream().map(TypeKind.Label::name).toList();
    }

    private ResourceType resource(TypeId id) {
        if (defined(id) instanceof ResourceType resource) {
            return resource;
        }
        throw new AssertionError("no resource: " + graph.get(id));
    }

    ValueType value(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> primitive.type();
            case TypeId id ->
                switch (defined(id)) {
                    case ValueType value -> value;
                    case ResourceType resource -> new OwnType(resource);
                    case DefinedType other -> throw new AssertionError("no type of values: " + other);
                };
        };
    }
}
