package tenon.compose.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tenon.component.Alias;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.types.InvalidException;
import tenon.types.component.CoreModuleType;
import tenon.types.core.RecGroup;
import tenon.types.core.SubType;
import tenon.types.core.TypeIdentity;

/** Reads types out of the binary form, which was found valid before: Binary.md, "Type Definitions". Confined to one run. */
final class DeclarationReader {
    /** A template is read each time that it is used: a bound on what a few bytes can make us do. */
    private static final int MOST = 2_000_000;

    private final Owners owners = new Owners();
    private int read;

    Owners owners() {
        return owners;
    }

    void count(long offset) {
        if (++read > MOST) {
            throw new InvalidException(offset, "component is too complex: its types take more than " + MOST + " steps");
        }
    }

    /** Adds what defines a type. */
    void define(Level level, TypeExpression expression) {
        level.types.add(entry(level, expression));
    }

    private Level.Entry entry(Level level, TypeExpression expression) {
        return switch (expression) {
            case TypeExpression.InstanceOf _, TypeExpression.ComponentOf _ -> new Level.Written(expression, level);
            case TypeExpression.FunctionOf function -> new Level.Known(function(level, function));
            case TypeExpression.ResourceOf _ -> new Level.Known(new ResourceType(""));
            case TypeExpression.OwnOf(int resource) -> new Level.Known(new ValueType.Own(resource(level, resource)));
            case TypeExpression.BorrowOf(int resource) ->
                new Level.Known(new ValueType.Borrow(resource(level, resource)));
            case TypeExpression.Primitive(var type) -> defined(new ValueType.Alias(new ValueType.Primitive(type)));
            case TypeExpression.RecordOf(var fields) -> defined(new ValueType.Record(params(level, fields)));
            case TypeExpression.VariantOf(var cases) ->
                defined(new ValueType.Variant(cases.stream()
                        .map(each ->
                                new ValueType.Case(each.label(), each.type().map(type -> value(level, type))))
                        .toList()));
            case TypeExpression.ListOf(var element) -> defined(new ValueType.ListOf(value(level, element)));
            case TypeExpression.FixedLengthListOf(var element, long length) ->
                defined(new ValueType.FixedLengthList(value(level, element), length));
            case TypeExpression.TupleOf(var types) ->
                defined(new ValueType.Tuple(
                        types.stream().map(type -> value(level, type)).toList()));
            case TypeExpression.FlagsOf(var labels) -> defined(new ValueType.Flags(labels));
            case TypeExpression.EnumOf(var labels) -> defined(new ValueType.Enum(labels));
            case TypeExpression.OptionOf(var some) -> defined(new ValueType.Option(value(level, some)));
            case TypeExpression.ResultOf(var ok, var error) ->
                defined(new ValueType.Result(
                        ok.map(type -> value(level, type)), error.map(type -> value(level, type))));
            case TypeExpression.StreamOf(var element) ->
                defined(new ValueType.Stream(element.map(type -> value(level, type))));
            case TypeExpression.FutureOf(var element) ->
                defined(new ValueType.Future(element.map(type -> value(level, type))));
            case TypeExpression.MapOf(var key, var value) ->
                defined(new ValueType.MapOf(value(level, key), value(level, value)));
        };
    }

    private static Level.Entry defined(ValueType.Shape shape) {
        return new Level.Known(new ValueType.Defined(shape));
    }

    private static FunctionType function(Level level, TypeExpression.FunctionOf function) {
        return new FunctionType(
                params(level, function.params()), function.result().map(type -> value(level, type)), function.async());
    }

    private static List<FunctionType.Parameter> params(Level level, List<TypeExpression.Labelled> labelled) {
        return labelled.stream()
                .map(each -> new FunctionType.Parameter(each.label(), value(level, each.type())))
                .toList();
    }

    static ValueType value(Level level, TypeExpression.ValueReference reference) {
        return switch (reference) {
            case TypeExpression.Primitive(var type) -> new ValueType.Primitive(type);
            case TypeExpression.TypeIndex(int index) -> known(level, index, ValueType.class);
        };
    }

    private static ResourceType resource(Level level, int index) {
        return known(level, index, ResourceType.class);
    }

    static FunctionType function(Level level, int index) {
        return known(level, index, FunctionType.class);
    }

    private static <T extends Type> T known(Level level, int index, Class<T> kind) {
        if (level.types.get(index) instanceof Level.Known(Type type) && kind.isInstance(type)) {
            return kind.cast(type);
        }
        // validation found it to be of this kind
        throw new AssertionError("type " + index + " is no " + kind.getSimpleName());
    }

    /** The type of an import or export called {@code name}; {@code inside} is the interface in which it stands. */
    Item extern(Level level, String name, ExternDescription description, Optional<InterfaceType> inside) {
        return switch (description) {
            case ExternDescription.ModuleUse(int index) -> new Item.Module(module(level, index));
            case ExternDescription.FunctionUse(int index) -> new Item.Function(function(level, index));
            case ExternDescription.ComponentUse(int index) -> new Item.Component(world(level.types.get(index), name));
            case ExternDescription.InstanceUse(int index) -> new Item.Instance(face(level.types.get(index), name));
            case ExternDescription.TypeEqual(int index) ->
                new Item.OfType(owners.equalTo(type(level.types.get(index)), name, inside));
            case ExternDescription.SubResource _ -> new Item.OfType(new ResourceType(name));
            case ExternDescription.ValueEqual(int index) -> new Item.Value(level.values.get(index));
            case ExternDescription.ValueOf(var type) -> new Item.Value(value(level, type));
        };
    }

    /** The type that {@code description} declares {@code item} to be equal to; the item's own if it is new. */
    private static Type referenced(Level level, ExternDescription description, Type created) {
        return description instanceof ExternDescription.TypeEqual(int index)
                        && level.types.get(index) instanceof Level.Known(Type type)
                ? type
                : created;
    }

    /** The type that an index stands for. */
    Type type(Level.Entry entry) {
        return switch (entry) {
            case Level.Known(Type type) -> type;
            case Level.Written written ->
                written.expression() instanceof TypeExpression.InstanceOf ? face(written, "") : world(written, "");
        };
    }

    /** The name, if it is that of an interface or world, and not a plain one. */
    static Optional<String> id(String name) {
        return name.indexOf(':') < 0 ? Optional.empty() : Optional.of(name);
    }

    private InterfaceType face(Level.Entry entry, String name) {
        return switch (entry) {
            case Level.Known(InterfaceType face) -> face;
            case Level.Written(TypeExpression.InstanceOf(List<Declaration> declarations), Level outer) ->
                face(declarations, outer, name);
            default -> throw new AssertionError("no instance type");
        };
    }

    private InterfaceType face(List<Declaration> declarations, Level outer, String name) {
        var face = new InterfaceType(id(name));
        var level = new Level(Optional.of(outer));
        for (Declaration declaration : declarations) {
            if (declaration instanceof ExportDeclaration export) {
                String exported = export.name().text();
                count(export.offset());
                Item item = extern(level, exported, export.type(), Optional.of(face));
                if (item instanceof Item.OfType(Type created)) {
                    owners.export(face, exported, referenced(level, export.type(), created), created);
                }
                face.exports().put(exported, item);
                level.add(item);
            } else {
                declare(level, declaration);
            }
        }
        return face;
    }

    private WorldType world(Level.Entry entry, String name) {
        return switch (entry) {
            case Level.Known(WorldType world) -> world;
            case Level.Written(TypeExpression.ComponentOf(List<Declaration> declarations), Level outer) ->
                world(declarations, outer, name);
            default -> throw new AssertionError("no component type");
        };
    }

    private WorldType world(List<Declaration> declarations, Level outer, String name) {
        var world = new WorldType(id(name));
        var level = new Level(Optional.of(outer));
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Import each -> {
                    String imported = each.name().text();
                    Item item = extern(level, imported, each.type(), Optional.empty());
                    if (item instanceof Item.OfType(Type created)) {
                        owners.importIn(world, imported, referenced(level, each.type(), created), created);
                    }
                    world.imports().put(imported, item);
                    ComponentReader.note(each.name(), world.importAttributes());
                    level.add(item);
                }
                case ExportDeclaration each -> {
                    Item item = extern(level, each.name().text(), each.type(), Optional.empty());
                    world.exports().put(each.name().text(), item);
                    ComponentReader.note(each.name(), world.exportAttributes());
                    level.add(item);
                }
                case TypeDefinition _, CoreTypeDefinition _, Alias _ -> {}
            }
            if (!(declaration instanceof Import || declaration instanceof ExportDeclaration)) {
                declare(level, declaration);
            }
        }
        return world;
    }

    /** Adds what is neither an import nor an export. */
    private void declare(Level level, Declaration declaration) {
        switch (declaration) {
            case TypeDefinition type -> {
                count(type.offset());
                define(level, type.expression());
            }
            case CoreTypeDefinition type -> coreType(level, type);
            case Alias alias -> alias(level, alias);
            case Import _, ExportDeclaration _ -> throw new AssertionError("not here");
        }
    }

    void alias(Level level, Alias alias) {
        switch (alias) {
            case Alias.InstanceExport export -> {
                Item item = level.instances.get(export.instance()).exports().get(export.name());
                if (item == null) {
                    throw new AssertionError("no export `" + export.name() + "`");
                }
                level.add(item);
            }
            case Alias.Outer outer -> outer(level, level.outwards(outer.count()), outer.sort(), outer.index());
            case Alias.CoreInstanceExport _ -> {}
        }
    }

    private static void outer(Level level, Level from, Sort sort, int index) {
        switch (sort) {
            case TYPE -> level.types.add(from.types.get(index));
            case CORE_TYPE -> level.coreTypes.add(from.coreTypes.get(index));
            case CORE_MODULE -> level.modules.add(from.modules.get(index));
            case COMPONENT -> level.components.add(from.components.get(index));
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_INSTANCE, FUNC, VALUE, INSTANCE ->
                throw new AssertionError("no outer alias of a " + sort);
        }
    }

    void coreType(Level level, CoreTypeDefinition definition) {
        switch (definition) {
            case CoreTypeDefinition.Group group ->
                group.group().types().forEach(type -> level.coreTypes.add(new Level.OfFunction(type)));
            case CoreTypeDefinition.ModuleType module ->
                level.coreTypes.add(new Level.OfModule(new ModuleType(moduleType(level, module))));
        }
    }

    private static CoreModuleType moduleType(Level level, CoreTypeDefinition.ModuleType module) {
        var types = new ArrayList<SubType>();
        var identities = new ArrayList<TypeIdentity>();
        var imports = new ArrayList<CoreModuleType.Import>();
        var exports = new LinkedHashMap<String, tenon.types.core.ExternType>();
        for (CoreTypeDefinition.ModuleDeclaration declaration : module.declarations()) {
            switch (declaration) {
                case CoreTypeDefinition.Group group -> {
                    types.addAll(group.group().types());
                    identities.addAll(TypeIdentity.of(group.group(), identities.size(), identities::get));
                }
                case CoreTypeDefinition.ModuleOuterAlias alias -> {
                    Level from = level.outwards(alias.count() - 1);
                    if (from.coreTypes.get(alias.index()) instanceof Level.OfFunction(SubType type)) {
                        types.add(type);
                        identities.addAll(TypeIdentity.of(new RecGroup(List.of(type)), 0, _ -> null));
                    }
                }
                case CoreTypeDefinition.ModuleImport each ->
                    imports.add(new CoreModuleType.Import(each.module(), each.name(), each.type()));
                case CoreTypeDefinition.ModuleExport each -> exports.put(each.name(), each.type());
            }
        }
        return new CoreModuleType(types, identities, imports, exports);
    }

    private static ModuleType module(Level level, int index) {
        if (level.coreTypes.get(index) instanceof Level.OfModule(ModuleType type)) {
            return type;
        }
        throw new AssertionError("core type " + index + " is no module type");
    }
}
