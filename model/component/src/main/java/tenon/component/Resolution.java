package tenon.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import tenon.types.InvalidException;
import tenon.types.component.ComponentType;
import tenon.types.component.DefinedType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.Substitution;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wasm.Module;
import tenon.wasm.ModuleValidator;

/**
 * Turns the indices of a component into what they stand for, once for each place where a component is instantiated. Which components
 * are instantiated with what is known before anything runs; so resource types are followed through imports, aliases and exports to the
 * definition, or to the import of the outermost component, that they come from.
 *
 * <p>Definitions are checked as they are met: index ranges, sorts, names, the types of canonical definitions, and whether arguments
 * match imports. Core modules are validated; nested components are checked even if nothing instantiates them.
 *
 * <p>Differences from the specification: types are those that are there at run time, so an ascription hides nothing from the component
 * itself; the rules on the external visibility of types and on the consumption of values are not checked.
 */
public final class Resolution {
    private final Complexity complexity = new Complexity();
    private final Consumer<Module> validation;

    private Resolution(Consumer<Module> validation) {
        this.validation = validation;
    }

    /**
     * Resolves the outermost component; its imports make resource types of their own.
     *
     * @throws InvalidException with the offset of the definition that is wrong
     */
    public static IndexSpaces of(Component component) {
        return of(component, Arguments.NONE, ModuleValidator::validate);
    }

    /**
     * Resolves a component of which some imports are met: they stand for what meets them, the others for themselves.
     *
     * @param validation of core modules: {@link ModuleValidator}, or somebody who knows its answer
     * @throws InvalidException with the offset of the definition that is wrong
     */
    public static IndexSpaces of(Component component, Arguments arguments, Consumer<Module> validation) {
        var resolution = new Resolution(validation);
        IndexSpaces spaces = new IndexSpaces(Optional.of(component), Optional.empty());
        resolution.new Place(spaces, arguments, true, 0).resolve(component);
        return spaces;
    }

    /** For finding the types of items that are already resolved. */
    static Resolution forTypes() {
        return new Resolution(ModuleValidator::validate);
    }

    Complexity complexity() {
        return complexity;
    }

    /** The type of a component whose definition is there. */
    ComponentType typeOf(Item.DefinedComponent item, long offset) {
        var spaces = new IndexSpaces(Optional.of(item.component()), Optional.of(item.outer()));
        var place = new Place(spaces, Arguments.NONE, false, offset);
        place.resolve(item.component());
        complexity.enter(offset);
        SequencedMap<String, ExternType> exports = ExternItems.types(spaces.exports, this, offset);
        complexity.leave();
        var own = new ArrayList<ResourceType>();
        for (ExternType export : exports.values()) {
            collectResources(export, place.imported, own);
        }
        return new ComponentType(place.imported, own, place.importTypes, exports);
    }

    /** The resource types exported under a name that are neither imported nor of an outer scope: each instantiation makes them anew. */
    private static void collectResources(ExternType type, List<ResourceType> imported, List<ResourceType> own) {
        if (type instanceof TypeExtern(ResourceType resource)
                && !imported.contains(resource)
                && !own.contains(resource)) {
            own.add(resource);
        }
        if (type instanceof InstanceType instance) {
            instance.exports().values().forEach(each -> collectResources(each, imported, own));
        }
    }

    /** One component in one place of instantiation. */
    private final class Place {
        private final IndexSpaces spaces;
        private final Arguments arguments;
        private final boolean checksInside;
        private final long at;
        private final TypeResolver types;
        private final CoreResolver core;
        private final CanonResolver canons;
        private final UniqueNames importNames = new UniqueNames("import");
        private final UniqueNames exportNames = new UniqueNames("export");
        private final AnnotatedNames importedMembers = new AnnotatedNames();
        private final AnnotatedNames exportedMembers = new AnnotatedNames();
        private final SequencedMap<String, ExternType> importTypes = new LinkedHashMap<>();
        private final List<ResourceType> imported = new ArrayList<>();

        /** A place of instantiation; {@code at} is where it is instantiated, for errors about arguments. */
        Place(IndexSpaces spaces, Arguments arguments, boolean checksInside, long at) {
            this.spaces = spaces;
            this.arguments = arguments;
            this.checksInside = checksInside;
            this.at = at;
            this.types = new TypeResolver(spaces, complexity);
            this.core = new CoreResolver(spaces, complexity);
            this.canons = new CanonResolver(spaces, types);
        }

        void resolve(Component component) {
            complexity.spend(Complexity.PLACE, at);
            complexity.enter(at);
            for (Definition definition : component.definitions()) {
                complexity.spend(1, definition.offset());
                resolve(definition);
            }
            complexity.leave();
        }

        private void resolve(Definition definition) {
            switch (definition) {
                case CoreModule module -> module(module);
                case CoreInstance.Instantiate instantiate -> core.instantiate(instantiate);
                case CoreInstance.FromExports instance -> core.fromExports(instance);
                case CoreTypeDefinition type -> core.defineType(type);
                case NestedComponent nested -> nested(nested);
                case ComponentInstance.Instantiate instantiate -> instantiate(instantiate);
                case ComponentInstance.FromExports instance -> fromExports(instance);
                case Alias.InstanceExport alias -> spaces.add(Aliases.export(spaces, alias));
                case Alias.CoreInstanceExport alias -> Aliases.coreExport(spaces, alias);
                case Alias.Outer alias -> Aliases.outer(spaces, alias);
                case TypeDefinition type -> spaces.types.add(new Item.Type(define(type)));
                case Canon canon -> canons.define(canon);
                case Start start -> start(start);
                case Import each -> add(each);
                case Export each -> add(each);
                case ValueDefinition value ->
                    spaces.values.add(new Item.Value(types.value(value.type(), value.offset())));
            }
        }

        private void module(CoreModule module) {
            if (checksInside) {
                validation.accept(module.module());
                CoreResolver.check(module);
            }
            spaces.add(new Item.DefinedModule(module));
        }

        private void nested(NestedComponent nested) {
            spaces.add(new Item.DefinedComponent(nested.component(), spaces));
            if (checksInside) {
                var inner = new IndexSpaces(Optional.of(nested.component()), Optional.of(spaces));
                new Place(inner, Arguments.NONE, true, 0).resolve(nested.component());
            }
        }

        private DefinedType define(TypeDefinition definition) {
            if (!(definition.expression() instanceof TypeExpression.ResourceOf resource)) {
                return types.define(definition);
            }
            if (resource.representation() != NumType.I32) {
                throw new InvalidException(
                        definition.offset(),
                        "resources can only be represented by `i32`, found "
                                + resource.representation().text());
            }
            resource.destructor().ifPresent(index -> checkDestructor(index, definition.offset()));
            var type = new ResourceType("");
            spaces.ownResources.put(type, resource);
            return type;
        }

        private void checkDestructor(int index, long at) {
            var wanted = new FuncType(List.of(NumType.I32), List.of());
            var found = IndexSpaces.at(spaces.coreFunctions, index, Sort.CORE_FUNC, at)
                    .type();
            if (!found.equals(wanted)) {
                throw new InvalidException(
                        at,
                        "core function " + index + " has wrong signature for a destructor: expected " + wanted
                                + ", found " + found);
            }
        }

        private void instantiate(ComponentInstance.Instantiate instantiate) {
            long at = instantiate.offset();
            complexity.spend(instantiate.arguments().size(), at);
            var given = new LinkedHashMap<String, Item>();
            for (ComponentInstance.Argument argument : instantiate.arguments()) {
                if (given.put(argument.name(), spaces.item(argument.item(), at)) != null) {
                    throw new InvalidException(
                            at,
                            "instantiation argument `" + argument.name() + "` conflicts with previous argument `"
                                    + argument.name() + "`");
                }
            }
            Item component = IndexSpaces.at(spaces.components, instantiate.component(), Sort.COMPONENT, at);
            if (component instanceof Item.DefinedComponent defined) {
                var inner = new IndexSpaces(Optional.of(defined.component()), Optional.of(defined.outer()));
                new Place(inner, name -> Optional.of(argument(name, given, at)), false, at)
                        .resolve(defined.component());
                spaces.add(new Item.Instance(inner.exports, Optional.of(inner)));
            } else if (component instanceof Item.ImportedComponent unknown) {
                spaces.add(instantiate(unknown.type(), given, at));
            }
        }

        /** An instance of a component that is only known by its type. */
        private Item.Instance instantiate(ComponentType type, Map<String, Item> given, long at) {
            complexity.spend(complexity.size(type), at);
            var resources = new HashMap<ResourceType, ResourceType>();
            type.exportedResources().forEach(each -> resources.put(each, new ResourceType(each.name())));
            for (Map.Entry<String, ExternType> each : type.imports().entrySet()) {
                Item item = argument(each.getKey(), given, at);
                var matching = new Matching(Resolution.this, "import `" + each.getKey() + "`", at);
                matching.bind(each.getValue(), type.importedResources(), item, resources);
                matching.narrow(new Substitution(resources).extern(each.getValue()), List.of(), item);
            }
            return new Item.Instance(
                    ExternItems.items(new Substitution(resources).externs(type.exports()), complexity, at),
                    Optional.empty());
        }

        private static Item argument(String name, Map<String, Item> given, long at) {
            Item item = given.get(name);
            if (item == null) {
                throw new InvalidException(at, "missing import named `" + name + "`");
            }
            return item;
        }

        private void fromExports(ComponentInstance.FromExports instance) {
            complexity.spend(instance.exports().size(), instance.offset());
            var names = new UniqueNames("export");
            var members = new AnnotatedNames();
            var exports = new LinkedHashMap<String, Item>();
            for (ComponentInstance.InlineExport export : instance.exports()) {
                names.add(export.name(), instance.offset());
                Item item = spaces.item(export.item(), instance.offset());
                members.add(export.name(), item, instance.offset());
                exports.put(export.name().text(), item);
            }
            spaces.add(new Item.Instance(exports, Optional.empty()));
        }

        private void add(Import each) {
            importNames.add(each.name(), each.offset());
            String name = each.name().text();
            var own = new ArrayList<ResourceType>();
            ExternType type = types.extern(each.type(), name, each.offset(), own);
            imported.addAll(own);
            importTypes.put(name, type);
            Item item = met(name, type, own)
                    .orElseGet(() -> ExternItems.item(arguments.known(name, type, own), complexity, each.offset()));
            importedMembers.add(each.name(), item, each.offset());
            spaces.imports.put(name, item);
            spaces.add(item);
        }

        /** What meets an import, if it is known and fits. */
        private Optional<Item> met(String name, ExternType type, List<ResourceType> own) {
            return arguments.item(name).flatMap(item -> {
                try {
                    return Optional.of(
                            new Matching(Resolution.this, "import `" + name + "`", at).narrow(type, own, item));
                } catch (InvalidException mismatch) {
                    arguments.mismatch(name, mismatch);
                    return Optional.empty();
                }
            });
        }

        private void add(Export each) {
            exportNames.add(each.name(), each.offset());
            String name = each.name().text();
            Item item = spaces.item(each.item(), each.offset());
            if (each.ascription().isPresent()) {
                var own = new ArrayList<ResourceType>();
                ExternType type = types.extern(each.ascription().get(), name, each.offset(), own);
                item = new Matching(Resolution.this, "export `" + name + "`", each.offset()).narrow(type, own, item);
            }
            exportedMembers.add(each.name(), item, each.offset());
            spaces.exports.put(name, item);
            spaces.add(item);
        }

        private void start(Start start) {
            long at = start.offset();
            FunctionType type = IndexSpaces.at(spaces.functions, start.function(), Sort.FUNC, at)
                    .type();
            if (type.params().size() != start.arguments().size()) {
                throw new InvalidException(
                        at,
                        "start function takes " + type.params().size() + " arguments, found "
                                + start.arguments().size());
            }
            for (int i = 0; i < start.arguments().size(); i++) {
                ValueType wanted = type.params().get(i).type();
                ValueType found = IndexSpaces.at(
                                spaces.values, start.arguments().get(i), Sort.VALUE, at)
                        .type();
                if (!wanted.equals(found)) {
                    throw new InvalidException(at, "type mismatch for start function argument " + i);
                }
            }
            if (start.results() != type.result().stream().count()) {
                throw new InvalidException(at, "start function has another number of results than " + start.results());
            }
            type.result().ifPresent(result -> spaces.values.add(new Item.Value(result)));
        }
    }
}
