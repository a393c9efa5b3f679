package tenon.runtime.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.Component;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternDescription;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.ValueDefinition;
import tenon.component.read.ConstantDecoder;
import tenon.component.resolve.IndexSpaces;
import tenon.component.resolve.Resolution;
import tenon.component.world.World;
import tenon.runtime.task.Concurrency;
import tenon.runtime.value.ConstantValue;
import tenon.runtime.value.Value;
import tenon.types.InvalidException;
import tenon.types.component.FunctionType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.core.NumType;
import tenon.wasm.Module;

/**
 * Goes through a component's definitions in order, nested ones where they are instantiated, and writes the plan. Components that meet
 * imports of others are added before those; all are instantiated together. Confined to one thread; makes one plan.
 */
public final class Planner {
    /** Deeper nesting of instantiated components is refused, so that hostile input cannot exhaust the stack. */
    private static final int MAX_DEPTH = 100;

    /** More instantiations than this are refused: a small binary can ask for exponentially many. */
    private static final int MAX_INSTANCES = 10_000;

    private final List<Concurrency> concurrency = new ArrayList<>();
    private final List<Plan.Core> cores = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Optional<Value>> values = new ArrayList<>();
    /** Constants, which stay the same wherever their component is instantiated. */
    private final Map<ValueDefinition, Value> constants = new IdentityHashMap<>();

    private final Set<Integer> passedHandles = new HashSet<>();

    private final List<Callee.Adapter> adapters = new ArrayList<>();
    private final List<Callee.Lift> lifts = new ArrayList<>();
    private final Map<ResourceType, Plan.Resource> resources = new HashMap<>();
    private final Consumer<String> unsupported;
    private final Consumer<Module> validation;
    private int depth;

    /**
     * An empty plan.
     *
     * @param unsupported is told of what a component has that is not supported yet
     * @param validation of core modules
     */
    public Planner(Consumer<String> unsupported, Consumer<Module> validation) {
        this.unsupported = unsupported;
        this.validation = validation;
    }

    /**
     * A component that is part of the plan.
     *
     * @param resolved its index spaces
     * @param exports what it offers to those that are added after it
     */
    public record Placed(IndexSpaces resolved, Map<String, Item> exports) {
        public Placed {
            exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        }
    }

    /**
     * Adds a component that nothing contains.
     *
     * @throws InvalidException where the component breaks a rule that the plan depends on
     */
    public Placed add(Component component, Imports imports) {
        IndexSpaces resolved = Resolution.of(component, imports.arguments(), validation);
        var arguments = new HashMap<String, Item>();
        for (World.Extern wanted : World.of(component, resolved).imports()) {
            arguments.put(wanted.name().text(), imports.resolve(wanted.name().text(), wanted.type()));
        }
        var scope = new Scope(null, resolved, concurrency.size());
        return new Placed(resolved, instantiate(component, scope, arguments));
    }

    /** A value that the host gives. */
    public Item.Value given(Value value, ValueType type) {
        return value(Optional.of(value), type);
    }

    private Item.Value value(Optional<Value> known, ValueType type) {
        values.add(known);
        return new Item.Value(values.size() - 1, type);
    }

    /** Whether a component that was added defines a resource type. */
    public boolean defines(ResourceType type) {
        return resources.containsKey(type);
    }

    /**
     * The plan of all that was added.
     *
     * @param outermost what is called from outside
     * @param hostResources the Java classes that the resource types of imports stand for
     */
    public Plan plan(Placed outermost, Map<ResourceType, Class<?>> hostResources) {
        return new Plan(
                concurrency, cores, steps, values, adapters, lifts, resources, hostResources, outermost.exports());
    }

    /** Fills {@code scope} with the definitions of {@code component}. */
    private Map<String, Item> instantiate(Component component, Scope scope, Map<String, Item> arguments) {
        if (++depth > MAX_DEPTH) {
            throw new InvalidException(0, "components are nested more than " + MAX_DEPTH + " deep");
        }
        if (concurrency.size() >= MAX_INSTANCES) {
            throw new InvalidException(0, "more than " + MAX_INSTANCES + " component instances");
        }
        concurrency.add(Concurrency.NONE);
        var exports = new LinkedHashMap<String, Item>();
        for (Definition definition : component.definitions()) {
            switch (definition) {
                case CoreModule module -> scope.add(Sort.CORE_MODULE, new Item.CoreModule(module.module()));
                case CoreInstance instance -> coreInstance(scope, instance);
                case CoreTypeDefinition _ -> {}
                case NestedComponent nested -> scope.add(Sort.COMPONENT, new Item.Nested(nested.component(), scope));
                case ComponentInstance instance -> instance(scope, instance);
                case Alias alias -> alias(scope, alias);
                case TypeDefinition type -> type(scope, type);
                case Canon canon -> canon(scope, canon);
                case Start start -> start(scope, start);
                case Import imported -> imported(scope, imported, arguments);
                case Export export -> {
                    Item item = item(scope, export.item(), export.offset());
                    scope.add(export.item().sort(), item);
                    name(scope, export);
                    exports.put(export.name().text(), item);
                }
                case ValueDefinition value -> constant(scope, value, component);
            }
        }
        depth--;
        return exports;
    }

    /** Gives a resource type of the component the name that it is exported with. */
    private void name(Scope scope, Export export) {
        if (export.item().sort() == Sort.TYPE
                && scope.resolved().type(export.item().index()) instanceof ResourceType type) {
            resources.computeIfPresent(
                    type,
                    (_, known) -> new Plan.Resource(
                            type,
                            known.name().isEmpty() ? export.name().text() : known.name(),
                            known.instance(),
                            known.destructor()));
        }
    }

    private static Item item(Scope scope, SortIndex index, long at) {
        return scope.get(index.sort(), index.index(), Item.class, at);
    }

    private void constant(Scope scope, ValueDefinition definition, Component component) {
        ValueType type = scope.resolved().valueType(definition.type());
        Value constant = constants.get(definition);
        if (constant == null) {
            byte[] file = component.binary().bytes();
            constant = ConstantValue.of(ConstantDecoder.decode(definition, file, type), type);
            constants.put(definition, constant);
        }
        scope.add(Sort.VALUE, value(Optional.of(constant), type));
    }

    /** Explainer.md, "Start Definitions": what is called, and with what, is known; what comes of it is not. */
    private void start(Scope scope, Start start) {
        long at = start.offset();
        Item.Function function = scope.get(Sort.FUNC, start.function(), Item.Function.class, at);
        if (function instanceof Item.Late) {
            unsupported.accept("a start function of a provider that can be replaced");
        }
        List<Integer> arguments = start.arguments().stream()
                .map(each -> scope.get(Sort.VALUE, each, Item.class, at) instanceof Item.Value value
                        ? passed(value, at)
                        : -1)
                .toList();
        Optional<Item.Value> result = function.type().result().map(type -> value(Optional.empty(), type));
        result.ifPresent(value -> scope.add(Sort.VALUE, value));
        steps.add(new Step.Start(function, arguments, result));
    }

    /** Each alias of an instance's export is a value of its own to validation; but what is in a handle cannot be there twice. */
    private int passed(Item.Value value, long at) {
        if (value.holdsHandles() && !passedHandles.add(value.index())) {
            throw new InvalidException(
                    at,
                    "a value of type `" + value.type() + "` was given away before, expected one that is still there");
        }
        return value.index();
    }

    /** The value of an import whose type says which one it has to be. */
    private void requireEqual(Scope scope, Item found, int expected, Import imported) {
        String name = imported.name().text();
        if (!(found instanceof Item.Value(int index, var _))
                || !(scope.get(Sort.VALUE, expected, Item.class, imported.offset())
                        instanceof Item.Value(int other, var _))
                || index == other) {
            return;
        }
        Optional<Value> known = values.get(index);
        if (known.isEmpty() || values.get(other).isEmpty()) {
            steps.add(new Step.RequireEqual(index, other, name));
        } else if (!known.equals(values.get(other))) {
            throw new InvalidException(
                    imported.offset(), "import `" + name + "` is met by another value than value " + expected);
        }
    }

    private void imported(Scope scope, Import imported, Map<String, Item> arguments) {
        Sort sort = switch (imported.type()) {
            case ExternDescription.ModuleUse _ -> Sort.CORE_MODULE;
            case ExternDescription.FunctionUse _ -> Sort.FUNC;
            case ExternDescription.ComponentUse _ -> Sort.COMPONENT;
            case ExternDescription.InstanceUse _ -> Sort.INSTANCE;
            case ExternDescription.TypeEqual _, ExternDescription.SubResource _ -> Sort.TYPE;
            case ExternDescription.ValueEqual _, ExternDescription.ValueOf _ -> Sort.VALUE;
        };
        Item item =
                require(arguments.get(imported.name().text()), imported.name().text(), imported.offset());
        if (imported.type() instanceof ExternDescription.ValueEqual(int expected)) {
            requireEqual(scope, item, expected, imported);
        }
        scope.add(sort, item);
    }

    private void type(Scope scope, TypeDefinition definition) {
        if (definition.expression() instanceof TypeExpression.ResourceOf resource) {
            if (resource.representation() == NumType.I64) {
                unsupported.accept("representations of resources of 64 bits");
            }
            ResourceType type = scope.resolved().resourceType(scope.size(Sort.TYPE));
            Optional<Callee> destructor = resource.destructor().map(index -> callee(scope, index, definition.offset()));
            resources.put(type, new Plan.Resource(type, "", scope.instance(), destructor));
        }
        scope.add(Sort.TYPE, Item.Type.TYPE);
    }

    private static Callee callee(Scope scope, int index, long at) {
        return scope.get(Sort.CORE_FUNC, index, Item.CoreFunction.class, at).callee();
    }

    private void instance(Scope scope, ComponentInstance definition) {
        switch (definition) {
            case ComponentInstance.Instantiate instantiate -> {
                Item.Nested nested =
                        scope.get(Sort.COMPONENT, instantiate.component(), Item.Nested.class, instantiate.offset());
                var arguments = new HashMap<String, Item>();
                for (ComponentInstance.Argument argument : instantiate.arguments()) {
                    arguments.put(argument.name(), item(scope, argument.item(), instantiate.offset()));
                }
                IndexSpaces resolved = scope.resolved()
                        .instance(scope.size(Sort.INSTANCE))
                        .inside()
                        .orElseThrow();
                var inner = new Scope(nested.scope(), resolved, concurrency.size());
                scope.add(Sort.INSTANCE, new Item.Instance(instantiate(nested.component(), inner, arguments)));
            }
            case ComponentInstance.FromExports bag -> {
                var exports = new LinkedHashMap<String, Item>();
                for (ComponentInstance.InlineExport export : bag.exports()) {
                    exports.put(export.name().text(), item(scope, export.item(), bag.offset()));
                }
                scope.add(Sort.INSTANCE, new Item.Instance(exports));
            }
        }
    }

    private void coreInstance(Scope scope, CoreInstance definition) {
        switch (definition) {
            case CoreInstance.Instantiate instantiate -> {
                Module module = scope.get(
                                Sort.CORE_MODULE, instantiate.module(), Item.CoreModule.class, instantiate.offset())
                        .module();
                var arguments = new HashMap<String, Item.CoreInstance>();
                for (CoreInstance.Argument argument : instantiate.arguments()) {
                    arguments.put(
                            argument.name(),
                            scope.get(
                                    Sort.CORE_INSTANCE,
                                    argument.instance(),
                                    Item.CoreInstance.class,
                                    instantiate.offset()));
                }
                scope.add(Sort.CORE_INSTANCE, instantiate(scope, module, arguments, instantiate.offset()));
            }
            case CoreInstance.FromExports bag -> {
                var exports = new LinkedHashMap<String, Item>();
                for (CoreInstance.InlineExport export : bag.exports()) {
                    exports.put(export.name(), item(scope, export.item(), bag.offset()));
                }
                scope.add(Sort.CORE_INSTANCE, new Item.CoreInstance(exports));
            }
        }
    }

    private Item.CoreInstance instantiate(
            Scope scope, Module module, Map<String, Item.CoreInstance> arguments, long at) {
        var met = new ArrayList<Item>();
        for (Module.Import wanted : module.imports()) {
            Item.CoreInstance argument = arguments.get(wanted.module());
            Item item = argument == null ? null : argument.exports().get(wanted.name());
            if (item == null) {
                throw new InvalidException(
                        at, "the core module's import `" + wanted.module() + "` `" + wanted.name() + "` is missing");
            }
            met.add(item);
        }
        int core = cores.size();
        cores.add(new Plan.Core(module, scope.instance(), met));
        steps.add(new Step.MakeCore(core));
        var exports = new LinkedHashMap<String, Item>();
        for (Module.Export export : module.exports()) {
            exports.put(
                    export.name(),
                    switch (export.kind()) {
                        case FUNCTION -> new Item.CoreFunction(new Callee.CoreExport(core, export.name()));
                        case TABLE, MEMORY, GLOBAL, TAG -> new Item.CoreExport(export.kind(), core, export.name());
                    });
        }
        return new Item.CoreInstance(exports);
    }

    private static void alias(Scope scope, Alias alias) {
        switch (alias) {
            case Alias.InstanceExport export -> {
                Item item = scope.get(Sort.INSTANCE, export.instance(), Item.Instance.class, export.offset())
                        .exports()
                        .get(export.name());
                scope.add(export.sort(), require(item, export.name(), export.offset()));
            }
            case Alias.CoreInstanceExport export -> {
                Item item = scope.get(Sort.CORE_INSTANCE, export.instance(), Item.CoreInstance.class, export.offset())
                        .exports()
                        .get(export.name());
                scope.add(export.sort(), require(item, export.name(), export.offset()));
            }
            case Alias.Outer outer -> {
                if (outer.sort() != Sort.CORE_TYPE) {
                    Scope from = scope.outer(outer.count(), outer.offset());
                    scope.add(outer.sort(), from.get(outer.sort(), outer.index(), Item.class, outer.offset()));
                }
            }
        }
    }

    private static Item require(@Nullable Item item, String name, long at) {
        if (item == null) {
            throw new InvalidException(at, "the instance has no export `" + name + "`");
        }
        return item;
    }

    private void canon(Scope scope, Canon canon) {
        IndexSpaces types = scope.resolved();
        long at = canon.offset();
        switch (canon) {
            case Canon.Lift lift -> {
                FunctionType type = types.typeOfFunctions(lift.type());
                requireNoObjects(lift.options(), type);
                if (type.async()) {
                    needs(scope, Concurrency.THREADS);
                }
                var item = new Item.Lifted(lifts.size(), type);
                lifts.add(new Callee.Lift(
                        callee(scope, lift.coreFunction(), at),
                        options(scope, lift.options(), at),
                        type,
                        scope.instance()));
                scope.add(Sort.FUNC, item);
            }
            case Canon.Lower lower -> {
                Item.Function function = scope.get(Sort.FUNC, lower.function(), Item.Function.class, at);
                requireNoObjects(lower.options(), function.type());
                if (lower.options().async()) {
                    needs(scope, Concurrency.THREADS);
                } else if (function.type().async()) {
                    needs(scope, Concurrency.STACKS);
                }
                adapt(scope, new Callee.Lowering(function, options(scope, lower.options(), at), scope.instance()));
            }
            case Canon.ResourceNew of ->
                adapt(scope, new Callee.ResourceNew(types.resourceType(of.resource()), scope.instance()));
            case Canon.ResourceDrop of ->
                adapt(scope, new Callee.ResourceDrop(types.resourceType(of.resource()), scope.instance()));
            case Canon.ResourceRep of ->
                adapt(scope, new Callee.ResourceRep(types.resourceType(of.resource()), scope.instance()));
            case Canon.ThreadSpawnRef _, Canon.ThreadSpawnIndirect _, Canon.ThreadAvailableParallelism _ -> {
                unsupported.accept("the built-in `" + canon.word() + "`");
                scope.add(Sort.CORE_FUNC, new Item.CoreFunction(new Callee.Adapted(-1)));
            }
            default -> {
                needs(scope, BuiltinPlan.concurrency(canon));
                adapt(scope, BuiltinPlan.of(scope, canon, (options, offset) -> options(scope, options, offset)));
            }
        }
    }

    /** The component instance needs as much for its threads, or more. */
    private void needs(Scope scope, Concurrency least) {
        int instance = scope.instance();
        if (concurrency.get(instance).compareTo(least) < 0) {
            concurrency.set(instance, least);
        }
    }

    /** A function without values is the same wherever its values lie. */
    private void requireNoObjects(CanonicalOptions options, FunctionType type) {
        if (options.gc() && !(type.params().isEmpty() && type.result().isEmpty())) {
            unsupported.accept("values as objects of the garbage collector: the option `gc`");
        }
    }

    private void adapt(Scope scope, Callee.Adapter adapter) {
        scope.add(Sort.CORE_FUNC, new Item.CoreFunction(new Callee.Adapted(adapters.size())));
        adapters.add(adapter);
    }

    private static Callee.Options options(Scope scope, CanonicalOptions options, long at) {
        return new Callee.Options(
                options.encoding(),
                options.memory().map(index -> scope.get(Sort.CORE_MEMORY, index, Item.CoreExport.class, at)),
                options.realloc().map(index -> callee(scope, index, at)),
                options.postReturn().map(index -> callee(scope, index, at)),
                options.async(),
                options.callback().map(index -> callee(scope, index, at)));
    }
}
