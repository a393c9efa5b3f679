package tenon.wit.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.DefinedType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.InstanceType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PlainName;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.Owner;
import tenon.wit.Remarks;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** The types and functions of one interface, or of the world itself. Confined to one run. */
final class Scope {
    private final TypeTable table;
    private final Owner owner;
    private final SequencedMap<String, TypeId> types = new LinkedHashMap<>();
    private final SequencedMap<String, Function> functions = new LinkedHashMap<>();

    /** What a type is called here. */
    private final Map<DefinedType, TypeId> names = new IdentityHashMap<>();

    /** The same for types that WIT cannot write in place, by their parts. */
    private final Map<DefinedType, TypeId> shapes = new HashMap<>();

    Scope(TypeTable table, Owner owner) {
        this.table = table;
        this.owner = owner;
    }

    SequencedMap<String, TypeId> types() {
        return types;
    }

    SequencedMap<String, Function> functions() {
        return functions;
    }

    /** Adds an exported or imported type, unless one of this name is there: then they are the same. */
    void define(String name, DefinedType type) {
        TypeId known = types.get(name);
        TypeId id = known != null ? known : table.add(definition(name, type));
        types.put(name, id);
        if (!(type instanceof PrimitiveType)) {
            names.putIfAbsent(type, id);
            shapes.putIfAbsent(type, id);
            table.home(type, id);
        }
    }

    private TypeDefinition definition(String name, DefinedType type) {
        TypeId target = type instanceof PrimitiveType
                ? null
                : names.getOrDefault(type, table.home(type).orElse(null));
        TypeKind kind = target != null ? new TypeKind.Alias(target) : kind(name, type);
        return new TypeDefinition(Optional.of(name), kind, owner, Remarks.NONE);
    }

    private TypeKind kind(String name, DefinedType type) {
        return switch (type) {
            case ResourceType _ -> new TypeKind.Resource();
            case ValueType value -> kind(value);
            case FunctionType _, InstanceType _, ComponentType _ ->
                throw ComponentWorld.inexpressible("type `" + name + "` is no type of values");
        };
    }

    private TypeKind kind(ValueType value) {
        return switch (value) {
            case PrimitiveType primitive -> new TypeKind.Alias(new Type.Primitive(primitive));
            case RecordType record ->
                new TypeKind.Record(record.fields().stream()
                        .map(field -> new TypeKind.Field(field.label(), type(field.type()), Optional.empty()))
                        .toList());
            case VariantType variant ->
                new TypeKind.Variant(variant.cases().stream()
                        .map(each -> new TypeKind.Case(each.label(), each.type().map(this::type), Optional.empty()))
                        .toList());
            case EnumType labels -> new TypeKind.Enum(labels(labels.labels()));
            case FlagsType flags -> new TypeKind.Flags(labels(flags.labels()));
            case TupleType tuple ->
                new TypeKind.Tuple(tuple.types().stream().map(this::type).toList());
            case OptionType option -> new TypeKind.Option(type(option.some()));
            case ResultType result ->
                new TypeKind.Result(result.ok().map(this::type), result.error().map(this::type));
            case ListType list -> new TypeKind.ListOf(type(list.element()));
            case FixedLengthListType list -> new TypeKind.FixedLengthList(type(list.element()), list.length());
            case MapType map -> new TypeKind.MapOf(type(map.key()), type(map.value()));
            case OwnType own -> new TypeKind.Own(named(own.resource(), "a resource"));
            case BorrowType borrow -> new TypeKind.Borrow(named(borrow.resource(), "a resource"));
            case StreamType stream -> new TypeKind.Stream(stream.element().map(this::type));
            case FutureType future -> new TypeKind.Future(future.element().map(this::type));
        };
    }

    private static List<TypeKind.Label> labels(List<String> labels) {
        return labels.stream()
                .map(label -> new TypeKind.Label(label, Optional.empty()))
                .toList();
    }

    private Type type(ValueType value) {
        if (value instanceof PrimitiveType primitive) {
            return new Type.Primitive(primitive);
        }
        TypeId name = names.get(value);
        if (name != null) {
            return name;
        }
        boolean needsName = value instanceof RecordType
                || value instanceof VariantType
                || value instanceof EnumType
                || value instanceof FlagsType;
        if (needsName) {
            TypeId shape = shapes.get(value);
            return shape != null ? shape : named(value, "a record, variant, enum or flags");
        }
        return table.anonymous(kind(value));
    }

    /** What a type is called here; one that has a name elsewhere only is taken from there. */
    private TypeId named(DefinedType type, String what) {
        TypeId name = names.get(type);
        if (name != null) {
            return name;
        }
        TypeId home = table.home(type)
                .orElseThrow(() -> ComponentWorld.inexpressible(what + " has no name, since it is not exported"));
        String label = table.get(home).name().orElseThrow();
        while (types.containsKey(label)) {
            label += "-x";
        }
        define(label, type);
        return names.getOrDefault(type, home);
    }

    /** Adds a function of an interface, unless it is there. */
    void define(PlainName name, FunctionType type) {
        Function function = function(name, type);
        functions.putIfAbsent(function.name(), function);
    }

    Function function(PlainName name, FunctionType type) {
        FunctionKind kind = kind(name, type.async() || name.async());
        var params = new ArrayList<Function.Parameter>();
        type.params().forEach(param -> params.add(new Function.Parameter(param.label(), type(param.type()))));
        return new Function(
                kind.name(name.resource(), name.label()),
                kind,
                params,
                type.result().map(this::type),
                Remarks.NONE);
    }

    private FunctionKind kind(PlainName name, boolean async) {
        return FunctionKinds.of(name, async, types.get(name.resource()))
                .orElseThrow(() -> ComponentWorld.inexpressible(
                        "function `" + name + "` belongs to a resource that is not there"));
    }
}
