package tenon.types.component;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Resource types put in the place of others: Explainer.md, "Type Checking". A type that is shared stays shared, so that the work is
 * linear in what is in memory and not in what could be printed. Confined to one thread.
 */
public final class Substitution {
    private final Map<ResourceType, ResourceType> resources;
    private final IdentityHashMap<Object, Object> done = new IdentityHashMap<>();

    /** Puts each value in the place of its key. */
    public Substitution(Map<ResourceType, ResourceType> resources) {
        this.resources = Map.copyOf(resources);
    }

    /** As {@link #Substitution(Map)}; and where the very object that is a key of {@code values} stands, its value is put. */
    public Substitution(Map<ResourceType, ResourceType> resources, Map<ValueType, ValueType> values) {
        this(resources);
        done.putAll(values);
    }

    /** The type of one new instance of {@code type}: fresh resources in the place of the bound ones. */
    public static InstanceType freshen(InstanceType type) {
        if (type.resources().isEmpty()) {
            return type;
        }
        var fresh = new HashMap<ResourceType, ResourceType>();
        type.resources().forEach(resource -> fresh.put(resource, new ResourceType(resource.name())));
        return new InstanceType(List.of(), new Substitution(fresh).externs(type.exports()));
    }

    /** What stands in the place of {@code resource}; itself, if nothing does. */
    public ResourceType resource(ResourceType resource) {
        return resources.getOrDefault(resource, resource);
    }

    public DefinedType defined(DefinedType type) {
        return switch (type) {
            case ValueType value -> value(value);
            case FunctionType function -> function(function);
            case ResourceType resource -> resource(resource);
            case InstanceType instance -> instance(instance);
            case ComponentType component -> component(component);
        };
    }

    public ExternType extern(ExternType type) {
        return switch (type) {
            case FunctionType function -> function(function);
            case InstanceType instance -> instance(instance);
            case ComponentType component -> component(component);
            case CoreModuleType module -> module;
            case TypeExtern defined -> new TypeExtern(defined(defined.type()));
            case ValueExtern value -> new ValueExtern(value(value.type()));
        };
    }

    public SequencedMap<String, ExternType> externs(SequencedMap<String, ExternType> externs) {
        var result = new LinkedHashMap<String, ExternType>();
        externs.forEach((name, type) -> result.put(name, extern(type)));
        return result;
    }

    public InstanceType instance(InstanceType type) {
        return once(type, InstanceType.class, () -> new InstanceType(type.resources(), externs(type.exports())));
    }

    public ComponentType component(ComponentType type) {
        return once(
                type,
                ComponentType.class,
                () -> new ComponentType(
                        type.importedResources(),
                        type.exportedResources(),
                        externs(type.imports()),
                        externs(type.exports())));
    }

    public FunctionType function(FunctionType type) {
        return new FunctionType(
                type.params().stream()
                        .map(param -> new FunctionType.Parameter(param.label(), value(param.type())))
                        .toList(),
                optional(type.result()),
                type.async());
    }

    /** The type with the resources in its handles replaced. */
    public ValueType value(ValueType type) {
        return once(type, ValueType.class, () -> {
            ValueType replaced = replace(type);
            return changed(type, replaced) ? replaced : type;
        });
    }

    /** What nothing was replaced in stays the same object: people find its name by that. */
    private static boolean changed(ValueType type, ValueType replaced) {
        List<ValueType> before = type.parts();
        List<ValueType> after = replaced.parts();
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) != after.get(i)) {
                return true;
            }
        }
        return before.isEmpty() && !type.equals(replaced);
    }

    private <T> T once(T type, Class<T> kind, Supplier<T> compute) {
        Object known = done.get(type);
        if (known != null) {
            return kind.cast(known);
        }
        T computed = compute.get();
        done.put(type, computed);
        return computed;
    }

    private ValueType replace(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive -> primitive;
            case ListType list -> new ListType(value(list.element()));
            case FixedLengthListType list -> new FixedLengthListType(value(list.element()), list.length());
            case MapType map -> new MapType(value(map.key()), value(map.value()));
            case RecordType record ->
                new RecordType(record.fields().stream()
                        .map(field -> new RecordType.Field(field.label(), value(field.type())))
                        .toList());
            case TupleType tuple ->
                new TupleType(tuple.types().stream().map(this::value).toList());
            case VariantType variant ->
                new VariantType(variant.cases().stream()
                        .map(alternative -> new VariantType.Case(alternative.label(), optional(alternative.type())))
                        .toList());
            case EnumType labels -> labels;
            case FlagsType flags -> flags;
            case OptionType option -> new OptionType(value(option.some()));
            case ResultType result -> new ResultType(optional(result.ok()), optional(result.error()));
            case OwnType own -> new OwnType(resource(own.resource()));
            case BorrowType borrow -> new BorrowType(resource(borrow.resource()));
            case StreamType stream -> new StreamType(optional(stream.element()));
            case FutureType future -> new FutureType(optional(future.element()));
        };
    }

    private Optional<ValueType> optional(Optional<ValueType> type) {
        return type.map(this::value);
    }
}
