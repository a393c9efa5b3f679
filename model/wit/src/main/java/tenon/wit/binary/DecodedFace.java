package tenon.wit.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import tenon.component.ExternalName;
import tenon.component.TypeExpression;
import tenon.types.component.PlainName;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** The types and functions of an interface or world; what is there already stays. Confined to one run. */
final class DecodedFace {
    private final TypeTable table;
    private final Owner owner;
    private final Predicate<InterfaceId> hasName;
    private final SequencedMap<String, TypeId> types = new LinkedHashMap<>();
    private final SequencedMap<String, Function> functions = new LinkedHashMap<>();

    /** {@code hasName} says of an interface whether it is one that others can take types from. */
    DecodedFace(TypeTable table, Owner owner, Predicate<InterfaceId> hasName) {
        this.table = table;
        this.owner = owner;
        this.hasName = hasName;
    }

    SequencedMap<String, TypeId> types() {
        return types;
    }

    SequencedMap<String, Function> functions() {
        return functions;
    }

    /** Takes over what an instance has. */
    void read(SequencedMap<String, DecodedItem.Named> exports) {
        for (DecodedItem.Named each : exports.values()) {
            switch (each.item()) {
                case DecodedItem.OfType(DecodedType type) -> define(each.name(), type);
                case DecodedItem.OfFunction(DecodedType type) -> {
                    Function function = function(each.name(), type);
                    functions.putIfAbsent(function.name(), function);
                }
                case DecodedItem.OfInstance _,
                        DecodedItem.OfComponentType _,
                        DecodedItem.OfComponent _,
                        DecodedItem.Other _ ->
                    throw ComponentWorld.inexpressible("`" + each.name() + "` of an interface is a "
                            + each.item().sort());
            }
        }
    }

    /** Gives a type its name here. */
    TypeId define(ExternalName name, DecodedType type) {
        TypeId known = types.get(name.text());
        if (known != null) {
            if (!type.isNamed()) {
                type.name(known);
            }
            return known;
        }
        if (type.isNamed()) {
            String other = table.get(type.name().orElseThrow()).name().orElse("");
            throw ComponentWorld.inexpressible(
                    "type `" + name + "` is exported under two names, and was `" + other + "` before");
        }
        Optional<TypeId> target = type.name();
        target.ifPresent(id -> requireUsable(name, id));
        TypeKind kind = target.<TypeKind>map(TypeKind.Alias::new).orElseGet(() -> kind(type));
        TypeId id = table.add(new TypeDefinition(Optional.of(name.text()), kind, owner, remarks(name)));
        type.name(id);
        types.put(name.text(), id);
        return id;
    }

    /** {@code use} takes types from interfaces that have names. */
    private void requireUsable(ExternalName name, TypeId target) {
        Owner home = table.get(target).owner();
        boolean usable = home.equals(owner) || home instanceof Owner.OfInterface(InterfaceId id) && hasName.test(id);
        if (!usable) {
            throw ComponentWorld.inexpressible("type `" + name + "` is one that no interface with a name has");
        }
    }

    private static Remarks remarks(ExternalName name) {
        return new Remarks(
                Optional.empty(), Stability.UNKNOWN, name.attributes().externalId());
    }

    Function function(ExternalName name, DecodedType type) {
        if (name.name() instanceof PlainName plain) {
            return function(plain, type, remarks(name));
        }
        throw ComponentWorld.inexpressible("function `" + name + "` has no plain name");
    }

    private Function function(PlainName name, DecodedType type, Remarks remarks) {
        if (!(type.expression() instanceof TypeExpression.FunctionOf function)) {
            throw new AssertionError("no function: " + type.expression());
        }
        DecodedLevel level = type.level();
        var params = new ArrayList<Function.Parameter>();
        for (TypeExpression.Labelled param : function.params()) {
            params.add(new Function.Parameter(param.label(), value(param.type(), level)));
        }
        FunctionKind kind = kind(name, function.async() || name.async());
        return new Function(
                kind.name(name.resource(), name.label()),
                kind,
                params,
                function.result().map(result -> value(result, level)),
                remarks);
    }

    private FunctionKind kind(PlainName name, boolean async) {
        return FunctionKinds.of(name, async, types.get(name.resource()))
                .orElseThrow(() -> ComponentWorld.inexpressible(
                        "function `" + name + "` belongs to a resource that is not there"));
    }

    private Type value(TypeExpression.ValueReference reference, DecodedLevel level) {
        return switch (reference) {
            case TypeExpression.Primitive primitive -> new Type.Primitive(primitive.type());
            case TypeExpression.TypeIndex(int index) -> value(level.type(index));
        };
    }

    private Type value(DecodedType type) {
        if (type.name().isPresent()) {
            return type.name().get();
        }
        if (type.expression() instanceof TypeExpression.Primitive primitive) {
            return new Type.Primitive(primitive.type());
        }
        if (type.inPlace().isPresent()) {
            return type.inPlace().get();
        }
        TypeKind kind = kind(type);
        boolean named = kind instanceof TypeKind.Record
                || kind instanceof TypeKind.Variant
                || kind instanceof TypeKind.Enum
                || kind instanceof TypeKind.Flags
                || kind instanceof TypeKind.Resource;
        if (named) {
            throw ComponentWorld.inexpressible("a record, variant, enum, resource or flags has no name");
        }
        TypeId id = table.anonymous(kind);
        type.inPlace(id);
        return id;
    }

    private TypeId resource(int index, DecodedLevel level) {
        return level.type(index)
                .name()
                .orElseThrow(() -> ComponentWorld.inexpressible("a resource in a handle has no name"));
    }

    private TypeKind kind(DecodedType type) {
        DecodedLevel level = type.level();
        return switch (type.expression()) {
            case TypeExpression.Primitive primitive -> new TypeKind.Alias(new Type.Primitive(primitive.type()));
            case TypeExpression.RecordOf record ->
                new TypeKind.Record(record.fields().stream()
                        .map(field -> new TypeKind.Field(field.label(), value(field.type(), level), Optional.empty()))
                        .toList());
            case TypeExpression.VariantOf variant ->
                new TypeKind.Variant(variant.cases().stream()
                        .map(each -> new TypeKind.Case(
                                each.label(), each.type().map(part -> value(part, level)), Optional.empty()))
                        .toList());
            case TypeExpression.EnumOf labels -> new TypeKind.Enum(labels(labels.labels()));
            case TypeExpression.FlagsOf flags -> new TypeKind.Flags(labels(flags.labels()));
            case TypeExpression.ListOf list -> new TypeKind.ListOf(value(list.element(), level));
            case TypeExpression.FixedLengthListOf list ->
                new TypeKind.FixedLengthList(value(list.element(), level), list.length());
            case TypeExpression.TupleOf tuple ->
                new TypeKind.Tuple(
                        tuple.types().stream().map(part -> value(part, level)).toList());
            case TypeExpression.OptionOf option -> new TypeKind.Option(value(option.some(), level));
            case TypeExpression.ResultOf result ->
                new TypeKind.Result(
                        result.ok().map(part -> value(part, level)),
                        result.error().map(part -> value(part, level)));
            case TypeExpression.OwnOf own -> new TypeKind.Own(resource(own.resource(), level));
            case TypeExpression.BorrowOf borrow -> new TypeKind.Borrow(resource(borrow.resource(), level));
            case TypeExpression.StreamOf stream ->
                new TypeKind.Stream(stream.element().map(part -> value(part, level)));
            case TypeExpression.FutureOf future ->
                new TypeKind.Future(future.element().map(part -> value(part, level)));
            case TypeExpression.MapOf map -> new TypeKind.MapOf(value(map.key(), level), value(map.value(), level));
            case TypeExpression.ResourceOf _ -> new TypeKind.Resource();
            case TypeExpression.FunctionOf _, TypeExpression.ComponentOf _, TypeExpression.InstanceOf _ ->
                throw ComponentWorld.inexpressible("a type is not one of values");
        };
    }

    private static List<TypeKind.Label> labels(List<String> labels) {
        return labels.stream()
                .map(label -> new TypeKind.Label(label, Optional.empty()))
                .toList();
    }
}
