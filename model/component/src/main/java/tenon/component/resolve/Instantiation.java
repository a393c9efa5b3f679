package tenon.component.resolve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.UnknownException;
import tenon.component.ValueDefinition;
import tenon.component.read.ConstantDecoder;
import tenon.types.InvalidException;
import tenon.types.TenonException;
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
import tenon.types.core.ValType;

/**
 * Resolves the definitions of one component: abstractly, as validation wants it, where imports and what ascriptions hide stand for
 * themselves and nested components are no more than their types; or in one place of instantiation, where they are what is there when it
 * runs. Confined to one thread.
 */
final class Instantiation {

    private final Resolution resolution;
    private final Complexity complexity;
    private final Optional<Naming> naming;
    private final Optional<Visibility> visibility;
    private final IndexSpaces spaces;
    private final Arguments arguments;
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
    private final BitSet usedValues = new BitSet();
    /** The value that an export has made an entry for again, by the index of that entry. */
    private final Map<Integer, Integer> sameValues = new HashMap<>();

    private Instantiation(Resolution resolution, IndexSpaces spaces, Arguments arguments, boolean validates, long at) {
        this.resolution = resolution;
        this.complexity = resolution.complexity();
        this.naming = validates ? Optional.of(resolution.naming()) : Optional.empty();
        this.visibility = naming.map(names -> new Visibility(names, complexity));
        this.spaces = spaces;
        this.arguments = arguments;
        this.at = at;
        this.types = new TypeResolver(spaces, complexity, naming);
        this.core = new CoreResolver(spaces, complexity);
        this.canons = new CanonResolver(spaces, types);
    }

    /** A component looked at by itself. */
    static Instantiation abstractly(Resolution resolution, IndexSpaces spaces) {
        return new Instantiation(resolution, spaces, Arguments.NONE, true, 0);
    }

    /** A component in one place, where {@code arguments} are known; {@code at} is where it is instantiated, for errors about them. */
    static Instantiation of(Resolution resolution, IndexSpaces spaces, Arguments arguments, long at) {
        return new Instantiation(resolution, spaces, arguments, false, at);
    }

    void resolve(Component component) {
        complexity.spend(Complexity.PLACE, at);
        complexity.enter(at);
        for (Definition definition : component.definitions()) {
            attempt(definition);
        }
        if (naming.isPresent()) {
            finish(component);
        }
        complexity.leave();
    }

    /** What is only known when all definitions are. */
    private void finish(Component component) {
        Set<ResourceType> known = new HashSet<>(imported);
        for (Import each : component.imports()) {
            requireKnown(known, importTypes.get(each.name().text()), "import", each.name(), each.offset());
        }
        spaces.exports.values().forEach(item -> collectResources(item, known));
        for (Export each : component.exports()) {
            Item item = spaces.exports.get(each.name().text());
            if (item instanceof Item.Func || item instanceof Item.ImportedComponent) {
                ExternType type = ExternItems.type(item, resolution, each.offset());
                requireKnown(known, type, "export", each.name(), each.offset());
            }
        }
        int unused = usedValues.nextClearBit(0);
        if (unused < spaces.values.size()) {
            String fact = "value " + unused + " is not used by an instantiation, the start function or an export";
            resolution.problems().add(new InvalidException(component.binary().end(), fact));
        }
    }

    /** A type that somebody else uses must not mention a resource that only this component knows. */
    private void requireKnown(
            Set<ResourceType> known, @Nullable ExternType type, String what, ExternalName name, long at) {
        if (type instanceof DefinedType defined
                && !known.containsAll(complexity.spending(defined, at, FreeResources::of))) {
            resolution
                    .problems()
                    .add(new InvalidException(
                            at, "local resource type found in " + what + " `" + name + "`, and not exported itself"));
        }
    }

    private static void collectResources(Item item, Set<ResourceType> found) {
        if (item instanceof Item.Type(ResourceType resource)) {
            found.add(resource);
        }
        if (item instanceof Item.Instance instance) {
            instance.exports().values().forEach(each -> collectResources(each, found));
        }
    }

    /** What a definition adds that is wrong is unknown; so the others keep their indices, if anybody wants to hear of them. */
    private void attempt(Definition definition) {
        Space<?> space = spaces.space(sort(definition));
        int size = space.size();
        try {
            complexity.spend(1, definition.offset());
            resolve(definition);
        } catch (TenonException problem) {
            resolution.problems().add(problem);
            space.padTo(size + count(definition));
        }
    }

    private static Sort sort(Definition definition) {
        return switch (definition) {
            case CoreModule _ -> Sort.CORE_MODULE;
            case CoreInstance _ -> Sort.CORE_INSTANCE;
            case CoreTypeDefinition _ -> Sort.CORE_TYPE;
            case NestedComponent _ -> Sort.COMPONENT;
            case ComponentInstance _ -> Sort.INSTANCE;
            case Alias alias -> alias.sort();
            case TypeDefinition _ -> Sort.TYPE;
            case Canon.Lift _ -> Sort.FUNC;
            case Canon _ -> Sort.CORE_FUNC;
            case Start _, ValueDefinition _ -> Sort.VALUE;
            case Import each -> each.type().sort();
            case Export each -> each.item().sort();
        };
    }

    private static int count(Definition definition) {
        return switch (definition) {
            case CoreTypeDefinition.Group group -> group.group().types().size();
            case Start start -> start.results();
            default -> 1;
        };
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
            case Alias.Outer alias -> Aliases.outer(spaces, complexity, alias);
            case TypeDefinition type -> spaces.types.add(new Item.Type(define(type)));
            case Canon canon -> canons.define(canon);
            case Start start -> start(start);
            case Import each -> add(each);
            case Export each -> add(each);
            case ValueDefinition value -> value(value);
        }
    }

    private void value(ValueDefinition value) {
        ValueType type = types.value(value.type(), value.offset());
        if (naming.isPresent() && resolution.constant(value, type)) {
            complexity.spending(type, value.offset(), each -> {
                ConstantDecoder.requireForm(each, value.offset());
                return each;
            });
            byte[] file = spaces.component().orElseThrow().binary().bytes();
            ConstantDecoder.decode(value, file, type);
        }
        spaces.values.add(new Item.Value(type));
    }

    private void module(CoreModule module) {
        if (naming.isPresent()) {
            CoreResolver.check(module);
            resolution.validate(module.module());
        }
        spaces.add(new Item.DefinedModule(module));
    }

    /** Who looks at a component abstractly knows no more of those inside than their types. */
    private void nested(NestedComponent nested) {
        Item.DefinedComponent defined = new Item.DefinedComponent(nested.component(), spaces);
        spaces.add(naming.isEmpty() ? defined : new Item.ImportedComponent(abstractType(defined, nested.offset())));
    }

    private ComponentType abstractType(Item.DefinedComponent defined, long offset) {
        var inner = new IndexSpaces(Optional.of(defined.component()), Optional.of(defined.outer()));
        int before = resolution.problems().found().size();
        Instantiation instantiation = abstractly(resolution, inner);
        instantiation.resolve(defined.component());
        if (resolution.problems().found().size() > before) {
            throw new UnknownException(offset, "component");
        }
        return complexity.check(instantiation.type(offset), offset);
    }

    /** The type of the component, all of whose definitions are resolved. */
    ComponentType type(long offset) {
        complexity.enter(offset);
        SequencedMap<String, ExternType> exports = ExternItems.types(spaces.exports, resolution, offset);
        complexity.leave();
        var own = new ArrayList<ResourceType>();
        for (ExternType export : exports.values()) {
            collectResources(export, own);
        }
        return new ComponentType(imported, own, importTypes, exports);
    }

    /** The resource types exported under a name that are neither imported nor of an outer scope: each instantiation makes them anew. */
    private void collectResources(ExternType type, List<ResourceType> own) {
        if (type instanceof TypeExtern(ResourceType resource)
                && !imported.contains(resource)
                && !own.contains(resource)) {
            own.add(resource);
        }
        if (type instanceof InstanceType instance) {
            instance.exports().values().forEach(each -> collectResources(each, own));
        }
    }

    private DefinedType define(TypeDefinition definition) {
        if (!(definition.expression() instanceof TypeExpression.ResourceOf resource)) {
            return types.define(definition);
        }
        long at = definition.offset();
        if (resource.representation() != NumType.I32 && resource.representation() != NumType.I64) {
            throw new InvalidException(
                    at,
                    "resources can only be represented by `i32` or `i64`, found "
                            + resource.representation().text());
        }
        if (resource.representation() == NumType.I64) {
            spaces.require(ComponentFeature.MEMORY64, at, "a resource represented by `i64`");
        }
        resource.destructor().ifPresent(index -> checkDestructor(index, resource.representation(), at));
        var type = new ResourceType("");
        spaces.ownResources.put(type, resource);
        return type;
    }

    private void checkDestructor(int index, ValType representation, long at) {
        var wanted = new FuncType(List.of(representation), List.of());
        var found =
                IndexSpaces.at(spaces.coreFunctions, index, Sort.CORE_FUNC, at).type();
        if (!found.equals(wanted)) {
            throw new InvalidException(
                    at,
                    "core function " + index + " has wrong signature for a destructor: expected " + wanted + ", found "
                            + found);
        }
    }

    private void instantiate(ComponentInstance.Instantiate instantiate) {
        long at = instantiate.offset();
        complexity.spend(instantiate.arguments().size(), at);
        var given = new LinkedHashMap<String, Item>();
        for (ComponentInstance.Argument argument : instantiate.arguments()) {
            if (given.put(argument.name(), taken(argument.item(), at)) != null) {
                throw new InvalidException(
                        at,
                        "instantiation argument `" + argument.name() + "` conflicts with previous argument `"
                                + argument.name() + "`");
            }
        }
        Item component = IndexSpaces.at(spaces.components, instantiate.component(), Sort.COMPONENT, at);
        if (component instanceof Item.DefinedComponent defined) {
            var inner = new IndexSpaces(Optional.of(defined.component()), Optional.of(defined.outer()));
            of(resolution, inner, name -> Optional.of(argument(name, given, at)), at)
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
        var named = new IdentityHashMap<ValueType, ValueType>();
        type.exportedResources().forEach(each -> resources.put(each, new ResourceType(each.name())));
        for (Map.Entry<String, ExternType> each : type.imports().entrySet()) {
            Item item = argument(each.getKey(), given, at);
            var matching = new Matching(resolution, "import `" + each.getKey() + "`", at);
            matching.bind(each.getValue(), type.importedResources(), item, resources, named);
            matching.narrow(new Substitution(resources).extern(each.getValue()), List.of(), item);
        }
        return new Item.Instance(
                ExternItems.items(new Substitution(resources, named).externs(type.exports()), complexity, at),
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
        var members = AnnotatedNames.ofInlineExports();
        var exports = new LinkedHashMap<String, Item>();
        for (ComponentInstance.InlineExport export : instance.exports()) {
            names.add(export.name(), instance.offset());
            Item item = taken(export.item(), instance.offset());
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
        visibility.ifPresent(names -> names.checkImport(type, each.offset()));
        spaces.imports.put(name, item);
        spaces.add(item);
    }

    /** What meets an import, if it is known and fits. */
    private Optional<Item> met(String name, ExternType type, List<ResourceType> own) {
        return arguments.item(name).flatMap(item -> {
            try {
                return Optional.of(new Matching(resolution, "import `" + name + "`", at).narrow(type, own, item));
            } catch (InvalidException mismatch) {
                arguments.mismatch(name, mismatch);
                return Optional.empty();
            }
        });
    }

    private void add(Export each) {
        long at = each.offset();
        exportNames.add(each.name(), at);
        String name = each.name().text();
        Item item = taken(each.item(), at);
        if (each.ascription().isPresent()) {
            requireSameValue(each, name);
            item = ascribed(each.ascription().get(), name, item, at);
        } else if (naming.isPresent() && item instanceof Item.Type(DefinedType type)) {
            item = new Item.Type(naming.get().named(type, name));
        }
        exportedMembers.add(each.name(), item, at);
        if (visibility.isPresent()) {
            visibility.get().checkExport(ExternItems.type(item, resolution, at), at);
        }
        spaces.exports.put(name, item);
        spaces.add(item);
        if (item instanceof Item.Value) {
            int index = spaces.values.size() - 1;
            usedValues.set(index);
            if (!(each.ascription().orElse(null) instanceof ExternDescription.ValueOf)) {
                sameValues.put(index, original(each.item().index()));
            }
        }
    }

    /** What is exported to be equal to a value must be that value: Explainer.md, "Value Definitions". */
    private void requireSameValue(Export each, String name) {
        if (each.ascription().orElse(null) instanceof ExternDescription.ValueEqual(int wanted)
                && each.item().sort() == Sort.VALUE
                && original(wanted) != original(each.item().index())) {
            throw new InvalidException(
                    each.offset(),
                    "type mismatch for export `" + name + "`: expected value " + wanted + ", found value "
                            + each.item().index());
        }
    }

    private int original(int value) {
        return sameValues.getOrDefault(value, value);
    }

    /** An entry of a component-level index space that is used; values are only once: Explainer.md, "Start Definitions". */
    private Item taken(SortIndex each, long at) {
        Item item = spaces.item(each, at);
        if (item instanceof Item.Value) {
            takeValue(each.index(), at);
        }
        return item;
    }

    private void takeValue(int index, long at) {
        if (usedValues.get(index)) {
            throw new InvalidException(at, "value " + index + " cannot be used more than once");
        }
        usedValues.set(index);
    }

    /** From outside, and to who looks at the component abstractly, an export is no more than its ascription says. */
    private Item ascribed(ExternDescription ascription, String name, Item item, long at) {
        var own = new ArrayList<ResourceType>();
        ExternType type = types.extern(ascription, name, at, own);
        Item narrowed = new Matching(resolution, "export `" + name + "`", at).narrow(type, own, item);
        return naming.isPresent() ? ExternItems.item(type, complexity, at) : narrowed;
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
            ValueType found = IndexSpaces.at(spaces.values, start.arguments().get(i), Sort.VALUE, at)
                    .type();
            if (!wanted.equals(found)) {
                throw new InvalidException(at, "type mismatch for start function argument " + i);
            }
            takeValue(start.arguments().get(i), at);
        }
        if (start.results() != type.result().stream().count()) {
            throw new InvalidException(at, "start function has another number of results than " + start.results());
        }
        type.result().ifPresent(result -> spaces.values.add(new Item.Value(result)));
    }
}
