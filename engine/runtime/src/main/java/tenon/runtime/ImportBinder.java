package tenon.runtime;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.component.Component;
import tenon.component.CoreModule;
import tenon.component.resolve.Arguments;
import tenon.component.resolve.CoreResolver;
import tenon.runtime.abi.Conversion;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.JavaShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Imports;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Placeholder;
import tenon.runtime.plan.Planner;
import tenon.runtime.value.HostFunction;
import tenon.runtime.value.Value;
import tenon.types.InvalidException;
import tenon.types.LinkException;
import tenon.types.NearestName;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.NameMap;
import tenon.types.component.OwnType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/** Meets the imports of one component with what a linker offers, by {@link NameMap}'s rule. One use. */
final class ImportBinder implements Imports, Arguments {
    private final Assembly assembly;
    private final LinkPolicy policy;
    private final NameMap<Linker.Offer> byName = new NameMap<>();
    private final NameMap<Map<String, Value>> values = new NameMap<>();
    /** The interfaces that imports implement, by the names of those. */
    private final Map<String, String> implementing = new HashMap<>();

    ImportBinder(Assembly assembly, Component component, Linker linker) {
        this.assembly = assembly;
        this.policy = linker.policy();
        linker.offers().forEach(byName::put);
        linker.values().forEach(values::put);
        component
                .imports()
                .forEach(each -> each.name()
                        .attributes()
                        .implemented()
                        .ifPresent(implemented -> implementing.put(each.name().text(), implemented)));
    }

    /** What is offered under the name of an import, or under that of the interface which it implements. */
    private Optional<Linker.Offer> named(String name) {
        return byName.find(name)
                .or(() -> Optional.ofNullable(implementing.get(name)).flatMap(byName::find));
    }

    private Optional<LinkPolicy.Rule> rule(String name) {
        return policy.rule(name)
                .or(() -> Optional.ofNullable(implementing.get(name)).flatMap(policy::rule));
    }

    /** What meets the import {@code name}, unless a policy says what becomes of it. */
    private Optional<Linker.Offer> offer(String name) {
        return rule(name).isPresent() ? Optional.empty() : named(name);
    }

    @Override
    public Arguments arguments() {
        return this;
    }

    /** The other component's export that is offered to the import {@code name}. */
    Optional<Linker.Provided> provided(String name) {
        return offer(name).filter(Linker.Provided.class::isInstance).map(Linker.Provided.class::cast);
    }

    @Override
    public Optional<tenon.component.resolve.Item> item(String name) {
        return provided(name).map(offer -> {
            var exports = assembly.placed(offer.provider()).resolved().exports();
            return offer.export().isPresent()
                    ? exports.get(offer.export().get())
                    : new tenon.component.resolve.Item.Instance(exports, Optional.empty());
        });
    }

    @Override
    public void mismatch(String name, InvalidException why) {
        String provider =
                provided(name).map(offer -> offer.provider().describe()).orElse("another component");
        assembly.amiss("`" + name + "`: what " + provider + " provides does not fit: " + why.fact());
    }

    @Override
    public Optional<ResourceType> resource(String name, String label) {
        boolean ofWorld = label.isEmpty();
        if (rule(name).isPresent()) {
            return Optional.empty();
        }
        return host(ofWorld ? "" : name)
                .map(Linker.Definition::host)
                .flatMap(host -> hostType(host, ofWorld ? name : label).map(Assembly::identity));
    }

    private static Optional<Assembly.HostType> hostType(HostInterface host, String resource) {
        return Optional.ofNullable(host.resources().get(resource))
                .map(offered -> new Assembly.HostType(resource, offered.type()));
    }

    private Optional<Linker.Definition> host(String name) {
        return named(name).filter(Linker.Definition.class::isInstance).map(Linker.Definition.class::cast);
    }

    @Override
    public Item resolve(String name, ExternType type) {
        Optional<LinkPolicy.Rule> rule = rule(name);
        if (rule.isPresent()) {
            return new RuledImports(assembly, this::kind).item(rule.get(), name, type);
        }
        Optional<Linker.Provided> provided = provided(name);
        if (provided.isPresent()) {
            Planner.Placed placed = assembly.placed(provided.get().provider());
            if (provided.get().export().isEmpty()) {
                return new Item.Instance(placed.exports());
            }
            Item item = placed.exports().get(provided.get().export().get());
            assert item != null : "a provider's exports are known";
            return item;
        }
        Optional<Linker.Late> late = late(name);
        if (late.isPresent()) {
            return new LateImports(assembly, this::kind).item(late.get(), name, type);
        }
        Optional<Item> met = switch (type) {
            case InstanceType instance -> instance(name, instance);
            case FunctionType function -> world(name).flatMap(world -> function(world, name, function));
            case TypeExtern defined -> worldResource(name, defined);
            case ValueExtern value -> value("", name, value);
            case ComponentType _, CoreModuleType _ -> {
                assembly.amiss("`" + name + "`: an import of a " + type.sort() + " cannot be met by a host yet");
                yield Optional.empty();
            }
        };
        return met.orElseGet(() -> Placeholder.of(type));
    }

    /** The binding's export that is offered to the import {@code name}. */
    Optional<Linker.Late> late(String name) {
        return offer(name).filter(Linker.Late.class::isInstance).map(Linker.Late.class::cast);
    }

    private Optional<Linker.Definition> world(String name) {
        Optional<Linker.Definition> world = host("");
        if (world.isEmpty()) {
            assembly.amiss("`" + name + "`: nothing is offered to the world itself");
        }
        return world;
    }

    private Optional<Item> worldResource(String name, TypeExtern defined) {
        if (defined.type() instanceof ResourceType resource
                && assembly.resource(resource).isEmpty()) {
            world(name).ifPresent(world -> bind("the world", name, resource, world.host()));
        }
        return Optional.of(Item.Type.TYPE);
    }

    private void bind(String where, String name, ResourceType resource, HostInterface host) {
        Optional<Assembly.HostType> offered = hostType(host, name);
        if (offered.isPresent()) {
            assembly.bind(resource, offered.get());
        } else if (assembly.miss(resource)) {
            assembly.amiss("`" + where + "`: resource `" + name + "` is missing"
                    + nearest(name, host.resources().keySet()));
        }
    }

    private Optional<Item> instance(String name, InstanceType type) {
        if (host("").filter(world -> world.host().functions().containsKey(name)).isPresent()) {
            assembly.amiss("`" + name + "`: expected an instance, found a function of the world");
            return Optional.empty();
        }
        Optional<Linker.Definition> found = host(name);
        found.ifPresent(offered -> checkSame(name, type, offered.host()));
        if (type.exports().values().stream().allMatch(assembly::needsNoHost)) {
            return Optional.empty();
        }
        // an interface that has nothing but values and types needs no functions
        boolean needsFunctions = !type.exports().values().stream()
                .allMatch(each -> each instanceof ValueExtern || assembly.needsNoHost(each));
        if (found.isEmpty() && (needsFunctions || valuesOf(name).isEmpty())) {
            missing(name, type);
            return Optional.empty();
        }
        return Optional.of(items(found.orElse(MadeUp.DEFINITION), name, type))
                .filter(items -> items.size() == type.exports().size())
                .map(Item.Instance::new);
    }

    /** What an interface of the host has of what an instance type says; what is amiss is noted. */
    private Map<String, Item> items(Linker.Definition definition, String name, InstanceType type) {
        HostInterface host = definition.host();
        type.exports().forEach((label, extern) -> {
            if (extern instanceof TypeExtern(ResourceType resource)
                    && assembly.resource(resource).isEmpty()) {
                bind(name, label, resource, host);
            }
        });
        var items = new LinkedHashMap<String, Item>();
        type.exports()
                .forEach((label, extern) ->
                        item(definition, name, label, extern).ifPresent(item -> items.put(label, item)));
        return items;
    }

    private Optional<Item> item(Linker.Definition definition, String name, String label, ExternType extern) {
        return switch (extern) {
            case TypeExtern _ -> Optional.of(Item.Type.TYPE);
            case FunctionType function -> function(definition, label, function);
            case InstanceType instance -> nested(definition, name + "#" + label, label, instance);
            case CoreModuleType module -> module(definition.host(), name, label, module);
            case ValueExtern value -> value(name, label, value);
            case ComponentType _ -> {
                assembly.amiss("`" + name + "`: an export of a " + extern.sort() + ", `" + label
                        + "`, cannot be met by a host yet");
                yield Optional.empty();
            }
        };
    }

    private Optional<Item> nested(Linker.Definition definition, String path, String label, InstanceType type) {
        HostInterface inside = definition.host().instances().get(label);
        if (inside == null) {
            assembly.amiss("`" + definition.host() + "`: instance `" + label + "` is missing"
                    + nearest(label, definition.host().instances().keySet()));
            return Optional.empty();
        }
        Map<String, Item> items = items(new Linker.Definition(inside, definition.state()), path, type);
        return items.size() == type.exports().size() ? Optional.of(new Item.Instance(items)) : Optional.empty();
    }

    private Optional<Item> module(HostInterface host, String name, String label, CoreModuleType type) {
        CoreModule module = host.modules().get(label);
        if (module == null) {
            assembly.amiss("`" + host + "`: module `" + label + "` is missing"
                    + nearest(label, host.modules().keySet()));
            return Optional.empty();
        }
        try {
            CoreResolver.requireMatch(module, type);
        } catch (InvalidException e) {
            assembly.amiss("`" + name + "`: module `" + label + "` does not fit: " + e.fact());
            return Optional.empty();
        }
        return Optional.of(new Item.CoreModule(module.module()));
    }

    private Optional<Map<String, Value>> valuesOf(String interfaceName) {
        return values.find(interfaceName)
                .or(() -> Optional.ofNullable(implementing.get(interfaceName)).flatMap(values::find));
    }

    /** What the host gives for a value; that of an interface, or of the world if its name is empty. */
    private Optional<Item> value(String interfaceName, String name, ValueExtern wanted) {
        String where = interfaceName.isEmpty() ? "`" + name + "`" : "`" + interfaceName + "`: value `" + name + "`";
        Map<String, Value> offered = valuesOf(interfaceName).orElse(Map.of());
        Value value = offered.get(name);
        ValueType type = wanted.type();
        if (value == null) {
            assembly.amiss(where + ": nothing gives this value, which is of type `" + type + "`"
                    + nearest(name, offered.keySet()));
            return Optional.empty();
        }
        if (type.containsAsyncValue() || type.contains(part -> part instanceof OwnType || part instanceof BorrowType)) {
            assembly.amiss(where + ": a value of type `" + type
                    + "` cannot be given by the host: what is in it belongs to one instance only");
            return Optional.empty();
        }
        try {
            Shape shape = DynamicShapes.of(type, this::kind);
            return Optional.of(assembly.given((Value) Conversion.convert(shape, shape, value), type));
        } catch (IllegalArgumentException e) {
            assembly.amiss(where + ": the value given is none of type `" + type + "`: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A resource type that is declared to be another one, which the host has already given, must be so for the host, too. */
    private void checkSame(String name, InstanceType type, HostInterface host) {
        var given = new HashMap<ResourceType, Class<?>>();
        type.exports().forEach((label, extern) -> {
            Optional<Assembly.HostType> offered = hostType(host, label);
            if (extern instanceof TypeExtern(ResourceType resource) && offered.isPresent()) {
                Class<?> before = given.putIfAbsent(resource, offered.get().type());
                if (before != null && before != offered.get().type()) {
                    assembly.amiss("`" + name + "`: mismatched resource types: `" + label
                            + "` is declared to be another resource of this interface, and is not");
                }
            }
        });
    }

    private void missing(String name, InstanceType type) {
        int version = name.indexOf('@');
        Optional<String> other = version < 0
                ? Optional.empty()
                : byName.names().stream()
                        .filter(each -> each.startsWith(name.substring(0, version + 1)))
                        .findFirst();
        if (other.isPresent()) {
            assembly.otherVersion(
                    name.substring(0, version),
                    name.substring(version + 1),
                    other.get().substring(version + 1));
        } else {
            assembly.amiss("`" + name + "`: nothing offers this interface" + nearest(name, byName.names())
                    + ", which needs " + wanted(type));
        }
    }

    private static String wanted(InstanceType type) {
        List<String> functions = type.exports().entrySet().stream()
                .filter(export -> export.getValue() instanceof FunctionType)
                .map(export -> "`" + export.getKey() + "`")
                .toList();
        return functions.isEmpty() ? "its types" : String.join(", ", functions);
    }

    private Optional<Item> function(Linker.Definition definition, String name, FunctionType type) {
        HostInterface host = definition.host();
        HostFunction function = host.functions().get(name);
        if (function == null) {
            assembly.amiss("`" + host + "`: function `" + name + "` is missing"
                    + nearest(name, host.functions().keySet()) + "; its type is `" + type + "`");
            return Optional.empty();
        }
        if (isAmiss(type)) {
            return Optional.empty();
        }
        Optional<Signature> signature = function.dynamic()
                ? Optional.of(Signature.of(type, each -> DynamicShapes.of(each, this::kind)))
                : fit(host, function, type);
        return signature.map(shapes -> new Item.Host(
                assembly.number(definition),
                name,
                function.handle(),
                function.dynamic(),
                type.async() && !function.givesLater(),
                shapes));
    }

    /** Whether a resource in the type is missing, which has been told. */
    private boolean isAmiss(FunctionType type) {
        return Stream.concat(type.paramTypes().stream(), type.result().stream())
                .anyMatch(value -> value.contains(part -> switch (part) {
                    case OwnType own -> assembly.misses(own.resource());
                    case BorrowType borrow -> assembly.misses(borrow.resource());
                    default -> false;
                }));
    }

    /** Compares the host's method with the type, part by part; empty if something differs. */
    private Optional<Signature> fit(HostInterface host, HostFunction function, FunctionType type) {
        if (function.params().size() != type.params().size()) {
            differs(
                    host,
                    function,
                    "the component passes " + type.params().size() + " arguments, the host's method takes "
                            + function.params().size() + "; its type is `" + type + "`");
            return Optional.empty();
        }
        int before = assembly.noted();
        var maker = new JavaShapes(host.lookup(), this::kind);
        var params = new ArrayList<Shape>();
        for (int i = 0; i < type.params().size(); i++) {
            try {
                params.add(maker.shape(
                        type.params().get(i).type(), function.params().get(i)));
            } catch (LinkException e) {
                differs(host, function, "parameter `" + type.params().get(i).label() + "`: " + e.fact());
            }
        }
        Optional<Shape> result = Optional.empty();
        Type given = type.async() ? function.eventualResult() : function.result();
        try {
            result = type.result().map(each -> maker.shape(each, given));
        } catch (LinkException e) {
            differs(host, function, "result: " + e.fact());
        }
        if (type.result().isEmpty() && given != void.class && given != Void.class) {
            differs(
                    host,
                    function,
                    "the component expects no result, the host's method gives `"
                            + function.result().getTypeName() + "`");
        }
        return assembly.noted() == before ? Optional.of(Signature.of(type, params, result)) : Optional.empty();
    }

    private void differs(HostInterface host, HostFunction function, String how) {
        assembly.amiss("`" + host + "`: function `" + function.name() + "`: " + how);
    }

    private Shape.ResourceKind kind(ResourceType type) {
        return assembly.resource(type)
                .map(resource -> new Shape.ResourceKind.Host(type, resource))
                .orElseThrow(() -> new LinkException("the resource `" + type + "` is none of the host's"));
    }

    /** The nearest of what there is, for messages; empty if nothing is near. */
    static String nearest(String name, Collection<String> offered) {
        List<String> named = offered.stream().filter(each -> !each.isEmpty()).toList();
        return NearestName.among(named, name, Math.max(3, name.length() / 3))
                .map(nearest -> " (the nearest is `" + nearest + "`)")
                .orElse("");
    }
}
