package tenon.component;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import tenon.component.IndexSpaces.CoreType;
import tenon.types.InvalidException;
import tenon.types.component.CoreModuleType;
import tenon.types.core.ExternType;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.MemoryType;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.wasm.Module;

/** Resolves core modules, instances and types: Binary.md, "Instance Definitions" and {@code core:type}. */
final class CoreResolver {
    private final IndexSpaces scope;
    private final Complexity complexity;

    CoreResolver(IndexSpaces scope, Complexity complexity) {
        this.scope = scope;
        this.complexity = complexity;
    }

    void defineType(CoreTypeDefinition definition) {
        switch (definition) {
            case CoreTypeDefinition.Group group ->
                group.group().types().forEach(type -> scope.coreTypes.add(new CoreType.Defined(type)));
            case CoreTypeDefinition.ModuleType module -> scope.coreTypes.add(new CoreType.OfModule(moduleType(module)));
        }
    }

    private CoreModuleType moduleType(CoreTypeDefinition.ModuleType definition) {
        complexity.spend(definition.declarations().size(), definition.offset());
        var types = new ArrayList<SubType>();
        var imports = new ArrayList<CoreModuleType.Import>();
        var exports = new LinkedHashMap<String, ExternType>();
        for (CoreTypeDefinition.ModuleDeclaration declaration : definition.declarations()) {
            switch (declaration) {
                case CoreTypeDefinition.Group group ->
                    types.addAll(group.group().types());
                case CoreTypeDefinition.ModuleOuterAlias alias -> types.add(outer(alias));
                case CoreTypeDefinition.ModuleImport each -> {
                    checkType(types, each.type(), each.offset());
                    imports.add(new CoreModuleType.Import(each.module(), each.name(), each.type()));
                }
                case CoreTypeDefinition.ModuleExport each -> {
                    checkType(types, each.type(), each.offset());
                    if (exports.put(each.name(), each.type()) != null) {
                        throw new InvalidException(
                                each.offset(), "duplicate export name `" + each.name() + "` already defined");
                    }
                }
            }
        }
        return new CoreModuleType(types, imports, exports);
    }

    /** Count 0 would be the module type itself, which can only alias from outside. */
    private SubType outer(CoreTypeDefinition.ModuleOuterAlias alias) {
        if (alias.count() == 0) {
            throw new InvalidException(alias.offset(), "outer alias of a module type must reach outside of it");
        }
        IndexSpaces target = scope.scope(alias.count() - 1, alias.offset());
        return switch (IndexSpaces.at(target.coreTypes, alias.index(), Sort.CORE_TYPE, alias.offset())) {
            case CoreType.Defined defined -> defined.type();
            case CoreType.OfModule _ ->
                throw new InvalidException(alias.offset(), "core type " + alias.index() + " is a module type");
        };
    }

    private static void checkType(List<SubType> types, ExternType type, long at) {
        switch (type) {
            case FuncTypeUse use -> functionType(types, use.typeIndex(), at);
            case TagType tag -> functionType(types, tag.typeIndex(), at);
            case TableType _, MemoryType _, GlobalType _ -> {}
        }
    }

    static FuncType functionType(List<SubType> types, int index, long at) {
        if (!(IndexSpaces.at(types, index, "type", at).composite() instanceof FuncType function)) {
            throw new InvalidException(at, "type " + index + " is not a function type");
        }
        return function;
    }

    private static CoreItem item(List<SubType> types, ExternType type, long at) {
        return switch (type) {
            case FuncTypeUse use -> new CoreItem.Func(functionType(types, use.typeIndex(), at));
            case TagType tag -> new CoreItem.Tag(functionType(types, tag.typeIndex(), at));
            case TableType table -> new CoreItem.Table(table);
            case MemoryType memory -> new CoreItem.Memory(memory);
            case GlobalType global -> new CoreItem.Global(global);
        };
    }

    /** The type of a module whose definition is there; the module may be invalid. */
    static CoreModuleType typeOf(CoreModule definition) {
        Module module = definition.module();
        var exports = new LinkedHashMap<String, ExternType>();
        for (Module.Export export : module.exports()) {
            exports.put(export.name(), typeOf(export, module.spaces(), definition.offset()));
        }
        return new CoreModuleType(
                module.spaces().types(),
                module.imports().stream()
                        .map(each -> new CoreModuleType.Import(each.module(), each.name(), each.type()))
                        .toList(),
                exports);
    }

    private static ExternType typeOf(Module.Export export, Module.Spaces spaces, long at) {
        int index = export.index();
        return switch (export.kind()) {
            case FUNCTION -> new FuncTypeUse(IndexSpaces.at(spaces.functions(), index, "function", at));
            case TABLE -> IndexSpaces.at(spaces.tables(), index, "table", at);
            case MEMORY -> IndexSpaces.at(spaces.memories(), index, "memory", at);
            case GLOBAL -> IndexSpaces.at(spaces.globals(), index, "global", at);
            case TAG -> IndexSpaces.at(spaces.tags(), index, "tag", at);
        };
    }

    void instantiate(CoreInstance.Instantiate instantiate) {
        long at = instantiate.offset();
        CoreModuleType type = switch (IndexSpaces.at(scope.coreModules, instantiate.module(), Sort.CORE_MODULE, at)) {
            case Item.DefinedModule defined -> typeOf(defined.module());
            case Item.ImportedModule imported -> imported.type();
            case Item.Func _,
                    Item.Value _,
                    Item.Type _,
                    Item.Instance _,
                    Item.DefinedComponent _,
                    Item.ImportedComponent _ -> throw new AssertionError("not a module");
        };
        complexity.spend(type.imports().size() + type.exports().size(), at);
        var arguments = new LinkedHashMap<String, CoreItem.Exports>();
        for (CoreInstance.Argument argument : instantiate.arguments()) {
            CoreItem.Exports instance =
                    IndexSpaces.at(scope.coreInstances, argument.instance(), Sort.CORE_INSTANCE, at);
            if (arguments.put(argument.name(), instance) != null) {
                throw new InvalidException(
                        at, "duplicate module instantiation argument named `" + argument.name() + "`");
            }
        }
        for (CoreModuleType.Import each : type.imports()) {
            checkImport(type, each, arguments, at);
        }
        var exports = new LinkedHashMap<String, CoreItem>();
        type.exports().forEach((name, export) -> exports.put(name, item(type.types(), export, at)));
        scope.coreInstances.add(new CoreItem.Exports(exports));
    }

    private static void checkImport(
            CoreModuleType type,
            CoreModuleType.Import each,
            SequencedMap<String, CoreItem.Exports> arguments,
            long at) {
        CoreItem.Exports argument = arguments.get(each.module());
        if (argument == null) {
            throw new InvalidException(at, "missing module instantiation argument named `" + each.module() + "`");
        }
        CoreItem actual = argument.items().get(each.name());
        if (actual == null) {
            throw new InvalidException(
                    at,
                    "module instantiation argument `" + each.module() + "` does not export an item named `"
                            + each.name() + "`");
        }
        CoreItem expected = item(type.types(), each.type(), at);
        if (expected.sort() != actual.sort()) {
            throw new InvalidException(
                    at,
                    "module instantiation argument `" + each.module() + "` exports `" + each.name()
                            + "` of another kind: expected " + expected.sort() + ", found " + actual.sort());
        }
        if (expected instanceof CoreItem.Func wanted
                && actual instanceof CoreItem.Func found
                && !matches(wanted, found)) {
            throw new InvalidException(
                    at,
                    "type mismatch for export `" + each.name() + "` of module instantiation argument `" + each.module()
                            + "`: expected " + wanted.type() + ", found " + found.type());
        }
    }

    /** Types with indices of their own modules are left to the linking of core modules, which knows both sides. */
    private static boolean matches(CoreItem.Func expected, CoreItem.Func actual) {
        return hasIndices(expected.type())
                || hasIndices(actual.type())
                || expected.type().equals(actual.type());
    }

    private static boolean hasIndices(FuncType type) {
        return !isPlain(type.params()) || !isPlain(type.results());
    }

    private static boolean isPlain(List<tenon.types.core.ValType> types) {
        return types.stream()
                .noneMatch(type -> type instanceof tenon.types.core.RefType reference
                        && reference.heap() instanceof tenon.types.core.HeapType.Defined);
    }

    void fromExports(CoreInstance.FromExports instance) {
        complexity.spend(instance.exports().size(), instance.offset());
        Set<String> names = new HashSet<>();
        var exports = new LinkedHashMap<String, CoreItem>();
        for (CoreInstance.InlineExport export : instance.exports()) {
            if (!names.add(export.name())) {
                throw new InvalidException(
                        instance.offset(), "duplicate export name `" + export.name() + "` already defined");
            }
            exports.put(export.name(), scope.coreItem(export.item(), instance.offset()));
        }
        scope.coreInstances.add(new CoreItem.Exports(exports));
    }
}
