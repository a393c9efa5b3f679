package tenon.component.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.Alias;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.TypeExpression.Labelled;
import tenon.component.TypeExpression.ValueReference;
import tenon.types.InvalidException;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.DefinedType;
import tenon.types.component.EnumType;
import tenon.types.component.ExternType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.InstanceType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.Substitution;
import tenon.types.component.TupleType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** Turns types as written into types, in one scope: Binary.md, "Type Definitions". */
final class TypeResolver {
    private final IndexSpaces scope;
    private final Complexity complexity;
    private final Optional<Naming> naming;

    /** Types that are named are given an object of their own by {@code naming}, if that is there. */
    TypeResolver(IndexSpaces scope, Complexity complexity, Optional<Naming> naming) {
        this.scope = scope;
        this.complexity = complexity;
        this.naming = naming;
    }

    private TypeResolver inside() {
        return new TypeResolver(new IndexSpaces(Optional.empty(), Optional.of(scope)), complexity, naming);
    }

    DefinedType define(TypeDefinition definition) {
        complexity.spend(parts(definition.expression()), definition.offset());
        return complexity.check(define(definition.expression(), definition.offset()), definition.offset());
    }

    /** How many parts are written, for counting the work. */
    private static int parts(TypeExpression expression) {
        return switch (expression) {
            case TypeExpression.RecordOf record -> record.fields().size();
            case TypeExpression.VariantOf variant -> variant.cases().size();
            case TypeExpression.TupleOf tuple -> tuple.types().size();
            case TypeExpression.EnumOf labels -> labels.labels().size();
            case TypeExpression.FunctionOf function -> function.params().size();
            case TypeExpression.ComponentOf component ->
                component.declarations().size();
            case TypeExpression.InstanceOf instance -> instance.declarations().size();
            case TypeExpression.Primitive _,
                    TypeExpression.ListOf _,
                    TypeExpression.FixedLengthListOf _,
                    TypeExpression.FlagsOf _,
                    TypeExpression.OptionOf _,
                    TypeExpression.ResultOf _,
                    TypeExpression.OwnOf _,
                    TypeExpression.BorrowOf _,
                    TypeExpression.StreamOf _,
                    TypeExpression.FutureOf _,
                    TypeExpression.MapOf _,
                    TypeExpression.ResourceOf _ -> 1;
        };
    }

    private DefinedType define(TypeExpression expression, long at) {
        return switch (expression) {
            case TypeExpression.Primitive primitive -> primitive.type();
            case TypeExpression.RecordOf record ->
                new RecordType(record.fields().stream()
                        .map(field -> new RecordType.Field(field.label(), value(field.type(), at)))
                        .toList());
            case TypeExpression.VariantOf variant ->
                new VariantType(variant.cases().stream()
                        .map(each -> new VariantType.Case(each.label(), optional(each.type(), at)))
                        .toList());
            case TypeExpression.ListOf list -> new ListType(value(list.element(), at));
            case TypeExpression.FixedLengthListOf list ->
                new FixedLengthListType(value(list.element(), at), list.length());
            case TypeExpression.TupleOf tuple ->
                new TupleType(
                        tuple.types().stream().map(type -> value(type, at)).toList());
            case TypeExpression.FlagsOf flags -> new FlagsType(flags.labels());
            case TypeExpression.EnumOf labels -> new EnumType(labels.labels());
            case TypeExpression.OptionOf option -> new OptionType(value(option.some(), at));
            case TypeExpression.ResultOf result ->
                new ResultType(optional(result.ok(), at), optional(result.error(), at));
            case TypeExpression.OwnOf own -> new OwnType(resource(own.resource(), at));
            case TypeExpression.BorrowOf borrow -> new BorrowType(resource(borrow.resource(), at));
            case TypeExpression.StreamOf stream -> new StreamType(element(stream.element(), "stream", at));
            case TypeExpression.FutureOf future -> new FutureType(element(future.element(), "future", at));
            case TypeExpression.MapOf map -> new MapType(key(map.key(), at), value(map.value(), at));
            case TypeExpression.FunctionOf function -> function(function, at);
            case TypeExpression.ResourceOf _ ->
                throw new InvalidException(at, "resources can only be defined within a concrete component");
            case TypeExpression.ComponentOf component -> componentType(component.declarations());
            case TypeExpression.InstanceOf instance -> instanceType(instance.declarations());
        };
    }

    /** The value type that a reference of this scope means. */
    ValueType value(ValueReference reference, long at) {
        return switch (reference) {
            case TypeExpression.Primitive primitive -> primitive.type();
            case TypeExpression.TypeIndex index -> {
                if (!(type(index.index(), at) instanceof ValueType value)) {
                    throw new InvalidException(at, "type index " + index.index() + " is not a defined value type");
                }
                yield value;
            }
        };
    }

    DefinedType type(int index, long at) {
        return IndexSpaces.at(scope.types, index, "type", at).type();
    }

    ResourceType resource(int index, long at) {
        if (!(type(index, at) instanceof ResourceType resource)) {
            throw new InvalidException(at, "type index " + index + " is not a resource type");
        }
        return resource;
    }

    FunctionType functionType(int index, long at) {
        if (!(type(index, at) instanceof FunctionType function)) {
            throw new InvalidException(at, "type index " + index + " is not a function type");
        }
        return function;
    }

    Optional<ValueType> optional(Optional<ValueReference> reference, long at) {
        return reference.map(type -> value(type, at));
    }

    private Optional<ValueType> element(Optional<ValueReference> reference, String what, long at) {
        Optional<ValueType> element = optional(reference, at);
        if (element.isPresent() && element.get().containsBorrow()) {
            throw new InvalidException(at, "`" + what + "` element type contains a `borrow`");
        }
        if (what.equals("stream") && element.equals(Optional.of(PrimitiveType.CHAR))) {
            throw new InvalidException(at, "`stream<char>` is not valid at this time");
        }
        return element;
    }

    /** Explainer.md, {@code keytype}: integers, bool, char and string. */
    private ValueType key(ValueReference reference, long at) {
        ValueType type = value(reference, at);
        if (!(type instanceof PrimitiveType primitive) || !isKey(primitive)) {
            throw new InvalidException(at, "invalid map key type `" + type + "`");
        }
        return primitive;
    }

    private static boolean isKey(PrimitiveType type) {
        return switch (type) {
            case BOOL, S8, U8, S16, U16, S32, U32, S64, U64, CHAR, STRING -> true;
            case F32, F64, ERROR_CONTEXT -> false;
        };
    }

    private FunctionType function(TypeExpression.FunctionOf function, long at) {
        Optional<ValueType> result = optional(function.result(), at);
        if (result.isPresent() && result.get().containsBorrow()) {
            throw new InvalidException(at, "function result cannot contain a `borrow` type");
        }
        List<FunctionType.Parameter> params = new ArrayList<>();
        for (Labelled param : function.params()) {
            params.add(new FunctionType.Parameter(param.label(), value(param.type(), at)));
        }
        return new FunctionType(params, result, function.async());
    }

    private InstanceType instanceType(List<Declaration> declarations) {
        var exports = new LinkedHashMap<String, ExternType>();
        var resources = new ArrayList<ResourceType>();
        inside().declare(declarations, Optional.empty(), new LinkedHashMap<>(), new ArrayList<>(), exports, resources);
        return new InstanceType(resources, exports);
    }

    private ComponentType componentType(List<Declaration> declarations) {
        var imports = new LinkedHashMap<String, ExternType>();
        var exports = new LinkedHashMap<String, ExternType>();
        var imported = new ArrayList<ResourceType>();
        var exported = new ArrayList<ResourceType>();
        Optional<Visibility> visibility = naming.map(names -> new Visibility(names, complexity));
        inside().declare(declarations, visibility, imports, imported, exports, exported);
        return new ComponentType(imported, exported, imports, exports);
    }

    /** Declares all; {@code imported} and {@code exported} take the resource types that imports and exports bind. */
    private void declare(
            List<Declaration> declarations,
            Optional<Visibility> visibility,
            SequencedMap<String, ExternType> imports,
            List<ResourceType> imported,
            SequencedMap<String, ExternType> exports,
            List<ResourceType> exported) {
        var importNames = new UniqueNames("import");
        var exportNames = new UniqueNames("export");
        var importedMembers = new AnnotatedNames();
        var exportedMembers = new AnnotatedNames();
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case TypeDefinition type -> scope.types.add(new Item.Type(define(type)));
                case CoreTypeDefinition type -> new CoreResolver(scope, complexity).defineType(type);
                case Alias alias -> alias(alias);
                case Import each -> {
                    importNames.add(each.name(), each.offset());
                    ExternType type = extern(each.type(), each.name().text(), each.offset(), imported);
                    imports.put(each.name().text(), type);
                    Item item = ExternItems.item(type, complexity, each.offset());
                    importedMembers.add(each.name(), item, each.offset());
                    visibility.ifPresent(names -> names.checkImport(type, each.offset()));
                    scope.add(item);
                }
                case ExportDeclaration each -> {
                    exportNames.add(each.name(), each.offset());
                    ExternType type = extern(each.type(), each.name().text(), each.offset(), exported);
                    exports.put(each.name().text(), type);
                    Item item = ExternItems.item(type, complexity, each.offset());
                    exportedMembers.add(each.name(), item, each.offset());
                    visibility.ifPresent(names -> names.checkExport(type, each.offset()));
                    scope.add(item);
                }
            }
        }
    }

    /** The type of an import or export as written; resources of its own are made here, called {@code name}, and added to {@code own}. */
    ExternType extern(ExternDescription description, String name, long at, List<ResourceType> own) {
        return switch (description) {
            case ExternDescription.ModuleUse use -> {
                if (!(IndexSpaces.at(scope.coreTypes, use.type(), Sort.CORE_TYPE, at)
                        instanceof IndexSpaces.CoreType.OfModule module)) {
                    throw new InvalidException(at, "core type index " + use.type() + " is not a module type");
                }
                yield module.type();
            }
            case ExternDescription.FunctionUse use -> functionType(use.type(), at);
            case ExternDescription.ComponentUse use -> {
                if (!(type(use.type(), at) instanceof ComponentType component)) {
                    throw new InvalidException(at, "type index " + use.type() + " is not a component type");
                }
                yield component;
            }
            case ExternDescription.InstanceUse use -> {
                if (!(type(use.type(), at) instanceof InstanceType instance)) {
                    throw new InvalidException(at, "type index " + use.type() + " is not an instance type");
                }
                yield freshen(instance, at, own);
            }
            case ExternDescription.TypeEqual equal -> new TypeExtern(named(type(equal.type(), at), name));
            case ExternDescription.SubResource _ -> {
                var resource = new ResourceType(name);
                own.add(resource);
                yield new TypeExtern(resource);
            }
            case ExternDescription.ValueEqual equal ->
                new ValueExtern(IndexSpaces.at(scope.values, equal.value(), Sort.VALUE, at)
                        .type());
            case ExternDescription.ValueOf value -> new ValueExtern(value(value.type(), at));
        };
    }

    private DefinedType named(DefinedType type, String name) {
        return naming.isPresent() ? naming.get().named(type, name) : type;
    }

    private InstanceType freshen(InstanceType instance, long at, List<ResourceType> own) {
        if (instance.resources().isEmpty()) {
            return instance;
        }
        complexity.spend(complexity.size(instance), at);
        var fresh = new HashMap<ResourceType, ResourceType>();
        for (ResourceType resource : instance.resources()) {
            var copy = new ResourceType(resource.name());
            fresh.put(resource, copy);
            own.add(copy);
        }
        return new InstanceType(List.of(), new Substitution(fresh).externs(instance.exports()));
    }

    private void alias(Alias alias) {
        long at = alias.offset();
        switch (alias) {
            case Alias.InstanceExport export -> {
                if (export.sort() != Sort.TYPE && export.sort() != Sort.INSTANCE) {
                    throw new InvalidException(
                            at, "only type and instance exports can be aliased in a type, found " + export.sort());
                }
                scope.add(Aliases.export(scope, export));
            }
            case Alias.CoreInstanceExport _ ->
                throw new InvalidException(at, "core instance exports cannot be aliased in a type");
            case Alias.Outer outer -> {
                if (outer.sort() != Sort.TYPE && outer.sort() != Sort.CORE_TYPE) {
                    throw new InvalidException(
                            at, "only types can be aliased from outside in a type, found " + outer.sort());
                }
                Aliases.outer(scope, complexity, outer);
            }
        }
    }
}
