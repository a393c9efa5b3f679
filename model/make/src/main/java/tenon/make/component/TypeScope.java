package tenon.make.component;

import java.util.List;
import java.util.Optional;
import tenon.component.ExternalName;
import tenon.component.ExternalName.Attributes;
import tenon.component.TypeExpression;
import tenon.component.TypeExpression.ValueReference;
import tenon.component.write.ComponentWriter;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.Remarks;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/**
 * Types of a graph being written to one index space, each when it is first asked for.
 *
 * @param home the interface whose types are defined here; those of all others are brought in
 */
record TypeScope(PackageGraph graph, Optional<InterfaceId> home, TypeMaps maps, Target target) {

    /** Where types are written to. */
    interface Target {
        /** Writes a type; gives its index. */
        int define(TypeExpression type);

        /** Gives a name to a type; gives the index of what has the name. */
        int named(ExternalName name, int index);

        /** Writes a resource; gives its index. */
        int resource(ExternalName name);

        /** Brings in a type of another interface; gives its index. */
        int foreign(InterfaceId owner, TypeId id);
    }

    static ExternalName name(String text, Remarks remarks) {
        ExternalName plain = ComponentWriter.plain(text);
        return new ExternalName(
                text, plain.name(), new Attributes(Optional.empty(), Optional.empty(), remarks.externalId()));
    }

    int function(Function function) {
        var signature = new TypeMaps.Signature(function.kind().async(), function.params(), function.result());
        Integer known = maps.functions.get(signature);
        if (known == null) {
            List<TypeExpression.Labelled> params = function.params().stream()
                    .map(param -> new TypeExpression.Labelled(param.name(), value(param.type())))
                    .toList();
            Optional<ValueReference> result = function.result().map(this::value);
            known = target.define(new TypeExpression.FunctionOf(
                    params, result, function.kind().async()));
            maps.functions.put(signature, known);
        }
        return known;
    }

    ValueReference value(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> new TypeExpression.Primitive(primitive.type());
            case TypeId id -> ofId(id);
        };
    }

    private Optional<ValueReference> value(Optional<Type> type) {
        return type.map(this::value);
    }

    /** The index of a type, which is no primitive one without a name. */
    int index(TypeId id) {
        return switch (ofId(id)) {
            case TypeExpression.TypeIndex(int index) -> index;
            case TypeExpression.Primitive primitive -> target.define(primitive);
        };
    }

    private ValueReference ofId(TypeId id) {
        Optional<Integer> known = maps.find(graph, id);
        if (known.isPresent()) {
            return new TypeExpression.TypeIndex(known.get());
        }
        TypeDefinition type = graph.get(id);
        if (type.owner() instanceof Owner.OfInterface(InterfaceId owner)
                && home.filter(owner::equals).isEmpty()) {
            return put(id, target.foreign(owner, id));
        }
        if (type.kind() instanceof TypeKind.Resource) {
            return put(id, target.resource(name(type.name().orElseThrow(), type.remarks())));
        }
        ValueReference value = type.kind() instanceof TypeKind.Alias(Type aliased)
                ? value(aliased)
                : new TypeExpression.TypeIndex(target.define(expression(type.kind())));
        if (type.name().isPresent()) {
            int index = value instanceof TypeExpression.TypeIndex(int defined)
                    ? defined
                    : target.define((TypeExpression.Primitive) value);
            return put(id, target.named(name(type.name().get(), type.remarks()), index));
        }
        if (value instanceof TypeExpression.TypeIndex(int index)) {
            maps.put(graph, id, index);
        }
        return value;
    }

    private ValueReference put(TypeId id, int index) {
        maps.put(graph, id, index);
        return new TypeExpression.TypeIndex(index);
    }

    private TypeExpression expression(TypeKind kind) {
        return switch (kind) {
            case TypeKind.Resource _, TypeKind.Alias _ -> throw new AssertionError("not defined in place: " + kind);
            case TypeKind.Own(TypeId resource) -> new TypeExpression.OwnOf(index(resource));
            case TypeKind.Borrow(TypeId resource) -> new TypeExpression.BorrowOf(index(resource));
            case TypeKind.Record(List<TypeKind.Field> fields) ->
                new TypeExpression.RecordOf(fields.stream()
                        .map(field -> new TypeExpression.Labelled(field.name(), value(field.type())))
                        .toList());
            case TypeKind.Variant(List<TypeKind.Case> cases) ->
                new TypeExpression.VariantOf(cases.stream()
                        .map(each -> new TypeExpression.CaseOf(each.name(), value(each.type())))
                        .toList());
            case TypeKind.Enum(List<TypeKind.Label> labels) -> new TypeExpression.EnumOf(names(labels));
            case TypeKind.Flags(List<TypeKind.Label> labels) -> new TypeExpression.FlagsOf(names(labels));
            case TypeKind.Tuple(List<Type> types) ->
                new TypeExpression.TupleOf(types.stream().map(this::value).toList());
            case TypeKind.Option(Type some) -> new TypeExpression.OptionOf(value(some));
            case TypeKind.Result(Optional<Type> ok, Optional<Type> error) -> {
                Optional<ValueReference> first = value(ok);
                yield new TypeExpression.ResultOf(first, value(error));
            }
            case TypeKind.ListOf(Type element) -> new TypeExpression.ListOf(value(element));
            case TypeKind.FixedLengthList(Type element, long length) ->
                new TypeExpression.FixedLengthListOf(value(element), length);
            case TypeKind.MapOf(Type key, Type value) -> {
                ValueReference first = value(key);
                yield new TypeExpression.MapOf(first, value(value));
            }
            case TypeKind.Future(Optional<Type> element) -> new TypeExpression.FutureOf(value(element));
            case TypeKind.Stream(Optional<Type> element) -> new TypeExpression.StreamOf(value(element));
        };
    }

    private static List<String> names(List<TypeKind.Label> labels) {
        return labels.stream().map(TypeKind.Label::name).toList();
    }

    /** A stream or future without a type. */
    int unit(boolean stream) {
        TypeKind kind = stream ? new TypeKind.Stream(Optional.empty()) : new TypeKind.Future(Optional.empty());
        Integer known = maps.units.get(stream);
        if (known == null) {
            known = target.define(expression(kind));
            maps.units.put(stream, known);
        }
        return known;
    }
}
