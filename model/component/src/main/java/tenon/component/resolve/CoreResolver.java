package tenon.component.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Sort;
import tenon.component.resolve.IndexSpaces.CoreType;
import tenon.types.InvalidException;
import tenon.types.component.CoreModuleType;
import tenon.types.core.ExternType;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.SubType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;
import tenon.types.core.TypeIdentity;
import tenon.wasm.Module;

/** Resolves core modules, instances and types: Binary.md, "Instance Definitions" and {@code core:type}. */
public final class CoreResolver {
    private final IndexSpaces scope;
    private final Complexity complexity;

    CoreResolver(IndexSpaces scope, Complexity complexity) {
        this.scope = scope;
        this.complexity = complexity;
    }

    void defineType(CoreTypeDefinition definition) {
        switch (definition) {
            case CoreTypeDefinition.Group group -> {
                int known = scope.coreTypes.size() + group.group().types().size();
                var features = new CoreTypeFeatures(scope.features().core(), group.offset());
                group.group().types().forEach(type -> features.check(type, scope.coreTypes.size()));
                group.group().types().forEach(type -> checkReferences(type, known, group.offset()));
                List<TypeIdentity> identities = TypeIdentity.of(
                        group.group(), scope.coreTypes.size(), index -> identity(index, group.offset()));
                for (int i = 0; i < identities.size(); i++) {
                    scope.coreTypes.add(
                            new CoreType.Defined(group.group().types().get(i), identities.get(i)));
                }
            }
            case CoreTypeDefinition.ModuleType module -> scope.coreTypes.add(new CoreType.OfModule(moduleType(module)));
        }
    }

    private @Nullable TypeIdentity identity(int index, long at) {
        return IndexSpaces.at(scope.coreTypes, index, Sort.CORE_TYPE, at) instanceof CoreType.Defined defined
                ? defined.identity()
                : null;
    }

    private void checkReferences(SubType type, int known, long at) {
        for (int index : CoreReferences.of(type)) {
            if (index < 0 || index >= known) {
                throw new InvalidException(
                        at, "unknown type " + index + ": type index out of bounds, there are " + known);
            }
            if (index < scope.coreTypes.size()
                    && IndexSpaces.at(scope.coreTypes, index, "type", at) instanceof CoreType.OfModule) {
                throw new InvalidException(at, "type index " + index + " is a module type");
            }
        }
        for (int index : type.supers()) {
            if (index < scope.coreTypes.size()
                    && IndexSpaces.at(scope.coreTypes, index, "type", at) instanceof CoreType.Defined above) {
                checkSuper(above.type(), at);
            }
        }
    }

    /** WebAssembly 3.0, "Sub Types". */
    private static void checkSuper(SubType above, long at) {
        if (above.isFinal()) {
            throw new InvalidException(at, "sub type cannot have a final super type");
        }
    }

    private CoreModuleType moduleType(CoreTypeDefinition.ModuleType definition) {
        complexity.spend(definition.declarations().size(), definition.offset());
        var types = new ArrayList<SubType>();
        var identities = new ArrayList<TypeIdentity>();
        var imports = new ArrayList<CoreModuleType.Import>();
        var names = new ImportNames();
        var exports = new LinkedHashMap<String, ExternType>();
        for (CoreTypeDefinition.ModuleDeclaration declaration : definition.declarations()) {
            switch (declaration) {
                case CoreTypeDefinition.Group group -> {
                    var features = new CoreTypeFeatures(scope.features().core(), group.offset());
                    for (SubType type : group.group().types()) {
                        features.check(type, types.size());
                        for (int index : type.supers()) {
                            if (index < types.size()) {
                                checkSuper(types.get(index), group.offset());
                            }
                        }
                    }
                    types.addAll(group.group().types());
                    identities.addAll(TypeIdentity.of(group.group(), identities.size(), identities::get));
                }
                case CoreTypeDefinition.ModuleOuterAlias alias -> {
                    CoreType.Defined outer = outer(alias);
                    types.add(outer.type());
                    identities.add(outer.identity());
                }
                case CoreTypeDefinition.ModuleImport each -> {
                    checkType(types, each.type(), each.offset());
                    names.add(each.module(), each.name(), each.offset());
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
        return new CoreModuleType(types, identities, imports, exports);
    }

    /** The names of a module's imports, which must differ: Explainer.md, "Type Definitions" on {@code core:moduletype}. */
    private static final class ImportNames {
        private record Name(String module, String name) {}

        private final Set<Name> seen = new HashSet<>();

        void add(String module, String name, long at) {
            if (!seen.add(new Name(module, name))) {
                throw new InvalidException(at, "duplicate import name `" + module + ":" + name + "`");
            }
        }
    }

    /** Checks what components ask of a module beyond its own validity. */
    static void check(CoreModule definition) {
        var names = new ImportNames();
        definition.module().imports().forEach(each -> names.add(each.module(), each.name(), definition.offset()));
    }

    /** Count 0 would be the module type itself, which can only alias from outside. */
    private CoreType.Defined outer(CoreTypeDefinition.ModuleOuterAlias alias) {
        if (alias.count() == 0) {
            throw new InvalidException(alias.offset(), "outer alias of a module type must reach outside of it");
        }
        IndexSpaces target = scope.scope(alias.count() - 1, alias.offset());
        return switch (IndexSpaces.at(target.coreTypes, alias.index(), Sort.CORE_TYPE, alias.offset())) {
            case CoreType.Defined defined -> defined;
            case CoreType.OfModule _ ->
                throw new InvalidException(alias.offset(), "core type " + alias.index() + " is a module type");
        };
    }

    private static void checkType(List<SubType> types, ExternType type, long at) {
        switch (type) {
            case FuncTypeUse use -> functionType(types, use.typeIndex(), at);
            case TagType tag -> functionType(types, tag.typeIndex(), at);
            case MemoryType memory -> checkMemory(memory, at);
            case TableType _, GlobalType _ -> {}
        }
    }

    /** WebAssembly 3.0, "Memory Types": no more pages than addresses reach. */
    private static void checkMemory(MemoryType memory, long at) {
        int bits = memory.limits().address() == Limits.AddressType.I64 ? Long.SIZE : Integer.SIZE;
        int log2 = bits - memory.pageSizeLog2();
        long most = log2 >= Long.SIZE ? -1 : 1L << log2;
        long max = memory.limits().max().orElse(memory.limits().min());
        if (Long.compareUnsigned(memory.limits().min(), most) > 0 || Long.compareUnsigned(max, most) > 0) {
            throw new InvalidException(
                    at, "memory size must be at most " + Long.toUnsignedString(most) + " pages, found " + memory);
        }
        if (Long.compareUnsigned(memory.limits().min(), max) > 0) {
            throw new InvalidException(at, "size minimum must not be greater than maximum, found " + memory);
        }
    }

    static FuncType functionType(List<SubType> types, int index, long at) {
        if (!(IndexSpaces.at(types, index, "type", at).composite() instanceof FuncType function)) {
            throw new InvalidException(at, "type " + index + " is not a function type");
        }
        return function;
    }

    /** The item that an import or export of a module with these types is. */
    static CoreItem item(CoreModuleType module, ExternType type, long at) {
        List<SubType> types = module.types();
        List<TypeIdentity> identities = module.identities();
        return switch (type) {
            case FuncTypeUse(int index) ->
                new CoreItem.Func(functionType(types, index, at), IndexSpaces.at(identities, index, "type", at));
            case TagType(int index) ->
                new CoreItem.Tag(functionType(types, index, at), IndexSpaces.at(identities, index, "type", at));
            case TableType table -> new CoreItem.Table(table, identities);
            case MemoryType memory -> new CoreItem.Memory(memory);
            case GlobalType global -> new CoreItem.Global(global, identities);
        };
    }

    /** The type of a module whose definition is there; the module may be invalid. */
    public static CoreModuleType typeOf(CoreModule definition) {
        Module module = definition.module();
        var exports = new LinkedHashMap<String, ExternType>();
        for (Module.Export export : module.exports()) {
            exports.put(export.name(), typeOf(export, module.spaces(), definition.offset()));
        }
        return new CoreModuleType(
                module.spaces().types(),
                TypeIdentity.of(module.typeGroups()),
                module.imports().stream()
                        .map(each -> new CoreModuleType.Import(each.module(), each.name(), each.type()))
                        .toList(),
                exports);
    }

    /**
     * Checks that a valid module can stand where one of another type is wanted: Explainer.md, "Type Checking".
     *
     * @throws InvalidException if it asks for more, or offers less
     */
    public static void requireMatch(CoreModule module, CoreModuleType wanted) {
        Matching.requireModule(wanted, typeOf(module), "core module", module.offset());
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
        type.exports().forEach((name, export) -> exports.put(name, item(type, export, at)));
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
        CoreItem expected = item(type, each.type(), at);
        if (expected.sort() != actual.sort()) {
            throw new InvalidException(
                    at,
                    "module instantiation argument `" + each.module() + "` exports `" + each.name()
                            + "` of another kind: expected " + expected.sort() + ", found " + actual.sort());
        }
        if (!CoreMatching.matches(expected, actual)) {
            throw new InvalidException(
                    at,
                    "type mismatch for export `" + each.name() + "` of module instantiation argument `" + each.module()
                            + "`: expected " + expected + ", found " + actual);
        }
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
