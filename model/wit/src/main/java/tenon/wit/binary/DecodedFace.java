package tenon.wit.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Alias;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.TypeExpression;
import tenon.types.component.PlainName;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.Owner;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** The types and functions of an interface or world, read from declarations; what is there already stays. Confined to one run. */
final class DecodedFace {
    private static final TypeExpression RESOURCE =
            new TypeExpression.ResourceOf(tenon.types.core.NumType.I32, Optional.empty());

    private final TypeTable table;
    private final Owner owner;
    private final SequencedMap<String, TypeId> types = new LinkedHashMap<>();
    private final SequencedMap<String, Function> functions = new LinkedHashMap<>();

    DecodedFace(TypeTable table, Owner owner) {
        this.table = table;
        this.owner = owner;
    }

    SequencedMap<String, TypeId> types() {
        return types;
    }

    SequencedMap<String, Function> functions() {
        return functions;
    }

    /** Reads an instance type that stands in {@code outer}; gives back the types that it exports. */
    Map<String, DecodedType> read(List<Declaration> declarations, DecodedLevel outer) {
        var level = new DecodedLevel(Optional.of(outer));
        var exports = new LinkedHashMap<String, DecodedType>();
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case ExportDeclaration export -> {
                    if (export.type() instanceof ExternDescription.FunctionUse(int index)) {
                        var remarks = new Remarks(
                                Optional.empty(),
                                Stability.UNKNOWN,
                                export.name().attributes().externalId());
                        Function function = function(PackageBinary.plain(export.name()), level.type(index), remarks);
                        functions.putIfAbsent(function.name(), function);
                    } else {
                        TypeId id = define(export.name(), export.type(), level);
                        exports.put(export.name().text(), new DecodedType(RESOURCE, level).named(id));
                    }
                }
                case tenon.component.TypeDefinition _, CoreTypeDefinition _, Alias _ -> level.add(declaration);
                case Import _ -> throw PackageBinary.no("import of an instance");
            }
        }
        return exports;
    }

    /** Defines a type by its bound, and adds the entry that the declaration is. */
    TypeId define(ExternalName name, ExternDescription bound, DecodedLevel level) {
        TypeKind kind = switch (bound) {
            case ExternDescription.SubResource _ -> new TypeKind.Resource();
            case ExternDescription.TypeEqual(int index) -> {
                DecodedType type = level.type(index);
                yield type.name()
                        .<TypeKind>map(TypeKind.Alias::new)
                        .orElseGet(() -> kind(type.expression(), type.level()));
            }
            case ExternDescription.FunctionUse _,
                    ExternDescription.InstanceUse _,
                    ExternDescription.ComponentUse _,
                    ExternDescription.ModuleUse _,
                    ExternDescription.ValueEqual _,
                    ExternDescription.ValueOf _ -> throw PackageBinary.no("thing like `" + name + "`");
        };
        TypeId id = types.get(name.text());
        if (id == null) {
            var remarks = new Remarks(
                    Optional.empty(), Stability.UNKNOWN, name.attributes().externalId());
            id = table.add(new TypeDefinition(Optional.of(name.text()), kind, owner, remarks));
            types.put(name.text(), id);
        }
        level.add(new DecodedType(RESOURCE, level).named(id));
        return id;
    }

    Function function(PlainName name, DecodedType type, Remarks remarks) {
        if (!(type.expression() instanceof TypeExpression.FunctionOf function)) {
            throw PackageBinary.no("function `" + name + "` without a function's type");
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
                .orElseThrow(() -> PackageBinary.no("function `" + name + "` of a resource that is not there"));
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
        TypeKind kind = kind(type.expression(), type.level());
        boolean named = kind instanceof TypeKind.Record
                || kind instanceof TypeKind.Variant
                || kind instanceof TypeKind.Enum
                || kind instanceof TypeKind.Flags;
        if (named) {
            throw PackageBinary.no("record, variant, enum or flags without a name");
        }
        return table.anonymous(kind);
    }

    private TypeId resource(int index, DecodedLevel level) {
        return level.type(index).name().orElseThrow(() -> PackageBinary.no("resource without a name"));
    }

    private TypeKind kind(TypeExpression expression, DecodedLevel level) {
        return switch (expression) {
            case TypeExpression.Primitive primitive -> new TypeKind.Alias(new Type.Primitive(primitive.type()));
            case TypeExpression.RecordOf record ->
                new TypeKind.Record(record.fields().stream()
                        .map(field -> new TypeKind.Field(field.label(), value(field.type(), level), Optional.empty()))
                        .toList());
            case TypeExpression.VariantOf variant ->
                new TypeKind.Variant(variant.cases().stream()
                        .map(each -> new TypeKind.Case(
                                each.label(), each.type().map(type -> value(type, level)), Optional.empty()))
                        .toList());
            case TypeExpression.EnumOf labels -> new TypeKind.Enum(labels(labels.labels()));
            case TypeExpression.FlagsOf flags -> new TypeKind.Flags(labels(flags.labels()));
            case TypeExpression.ListOf list -> new TypeKind.ListOf(value(list.element(), level));
            case TypeExpression.FixedLengthListOf list ->
                new TypeKind.FixedLengthList(value(list.element(), level), list.length());
            case TypeExpression.TupleOf tuple ->
                new TypeKind.Tuple(
                        tuple.types().stream().map(type -> value(type, level)).toList());
            case TypeExpression.OptionOf option -> new TypeKind.Option(value(option.some(), level));
            case TypeExpression.ResultOf result ->
                new TypeKind.Result(
                        result.ok().map(type -> value(type, level)),
                        result.error().map(type -> value(type, level)));
            case TypeExpression.OwnOf own -> new TypeKind.Own(resource(own.resource(), level));
            case TypeExpression.BorrowOf borrow -> new TypeKind.Borrow(resource(borrow.resource(), level));
            case TypeExpression.StreamOf stream ->
                new TypeKind.Stream(stream.element().map(type -> value(type, level)));
            case TypeExpression.FutureOf future ->
                new TypeKind.Future(future.element().map(type -> value(type, level)));
            case TypeExpression.MapOf map -> new TypeKind.MapOf(value(map.key(), level), value(map.value(), level));
            case TypeExpression.ResourceOf _,
                    TypeExpression.FunctionOf _,
                    TypeExpression.ComponentOf _,
                    TypeExpression.InstanceOf _ -> throw PackageBinary.no("type that is not one of values");
        };
    }

    private static List<TypeKind.Label> labels(List<String> labels) {
        return labels.stream()
                .map(label -> new TypeKind.Label(label, Optional.empty()))
                .toList();
    }
}
