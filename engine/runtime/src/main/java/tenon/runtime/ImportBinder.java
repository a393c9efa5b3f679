package tenon.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.JavaShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Imports;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Placeholder;
import tenon.runtime.value.HostFunction;
import tenon.runtime.value.HostResource;
import tenon.types.LinkException;
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

/**
 * Meets the imports of one component with what a linker offers, by {@link NameMap}'s rule, and notes everything that is amiss: an
 * author who mends one import should not meet the next one in the next run. One use.
 */
final class ImportBinder implements Imports {
    private final NameMap<Integer> byName = new NameMap<>();
    private final List<Linker.Definition> definitions;
    private final Map<ResourceType, Class<?>> resources = new HashMap<>();
    /** Resource types of what is missing: that they are not there is told once. */
    private final Set<ResourceType> missing = new HashSet<>();

    private final List<String> amiss = new ArrayList<>();

    ImportBinder(List<Linker.Definition> definitions) {
        this.definitions = definitions;
        for (int i = 0; i < definitions.size(); i++) {
            HostInterface host = definitions.get(i).host();
            byName.put(host.name(), i);
        }
    }

    @Override
    public Map<ResourceType, Class<?>> resources() {
        return resources;
    }

    @Override
    public Item resolve(String name, ExternType type) {
        Optional<Item> met = switch (type) {
            case InstanceType instance -> instance(name, instance);
            case FunctionType function -> world(name).flatMap(index -> function(index, name, function));
            case TypeExtern defined -> worldResource(name, defined);
            case ComponentType _, CoreModuleType _, ValueExtern _ -> {
                amiss.add("`" + name + "`: an import of a " + type.sort() + " cannot be met by a host yet");
                yield Optional.empty();
            }
        };
        return met.orElseGet(() -> Placeholder.of(type));
    }

    @Override
    public void unsupported(String what) {
        String line = what + ": not supported yet";
        if (!amiss.contains(line)) {
            amiss.add(line);
        }
    }

    @Override
    public void complete() {
        if (!amiss.isEmpty()) {
            throw new LinkException((amiss.size() == 1 ? "one thing is amiss" : amiss.size() + " things are amiss")
                    + " with the component's imports:" + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", amiss));
        }
    }

    private Optional<Integer> world(String name) {
        Optional<Integer> world = byName.find("");
        if (world.isEmpty()) {
            amiss.add("`" + name + "`: nothing is offered to the world itself");
        }
        return world;
    }

    private Optional<Item> worldResource(String name, TypeExtern defined) {
        if (defined.type() instanceof ResourceType resource && !resources.containsKey(resource)) {
            world(name)
                    .ifPresent(index -> bind(
                            "the world", name, resource, definitions.get(index).host()));
        }
        return Optional.of(Item.Type.TYPE);
    }

    private void bind(String where, String name, ResourceType resource, HostInterface host) {
        HostResource offered = host.resources().get(name);
        if (offered != null) {
            resources.put(resource, offered.type());
        } else if (missing.add(resource)) {
            amiss.add("`" + where + "`: resource `" + name + "` is missing"
                    + nearest(name, host.resources().keySet()));
        }
    }

    private Optional<Item> instance(String name, InstanceType type) {
        if (type.exports().values().stream().allMatch(this::needsNoHost)) {
            return Optional.empty();
        }
        Optional<Integer> found = byName.find(name);
        if (found.isEmpty()) {
            amiss.add("`" + name + "`: nothing offers this interface" + nearest(name, byName.names()) + ", which needs "
                    + wanted(type));
            return Optional.empty();
        }
        HostInterface host = definitions.get(found.get()).host();
        type.exports().forEach((label, extern) -> {
            if (extern instanceof TypeExtern(ResourceType resource) && !resources.containsKey(resource)) {
                bind(name, label, resource, host);
            }
        });
        var items = new LinkedHashMap<String, Item>();
        type.exports().forEach((label, extern) -> {
            switch (extern) {
                case TypeExtern _ -> items.put(label, Item.Type.TYPE);
                case FunctionType function ->
                    function(found.get(), label, function).ifPresent(item -> items.put(label, item));
                case InstanceType _, ComponentType _, CoreModuleType _, ValueExtern _ ->
                    amiss.add("`" + name + "`: an export of a " + extern.sort() + ", `" + label
                            + "`, cannot be met by a host yet");
            }
        });
        return items.size() == type.exports().size() ? Optional.of(new Item.Instance(items)) : Optional.empty();
    }

    private boolean needsNoHost(ExternType type) {
        return type instanceof TypeExtern defined
                && !(defined.type() instanceof ResourceType resource && !resources.containsKey(resource));
    }

    private static String wanted(InstanceType type) {
        List<String> functions = type.exports().entrySet().stream()
                .filter(export -> export.getValue() instanceof FunctionType)
                .map(export -> "`" + export.getKey() + "`")
                .toList();
        return functions.isEmpty() ? "its types" : String.join(", ", functions);
    }

    private Optional<Item> function(int index, String name, FunctionType type) {
        HostInterface host = definitions.get(index).host();
        HostFunction function = host.functions().get(name);
        if (function == null) {
            amiss.add("`" + host + "`: function `" + name + "` is missing"
                    + nearest(name, host.functions().keySet()) + "; its type is `" + type + "`");
            return Optional.empty();
        }
        if (type.async()) {
            amiss.add("`" + host + "`: function `" + name + "`: async functions are not supported yet");
            return Optional.empty();
        }
        if (isAmiss(type)) {
            return Optional.empty();
        }
        Optional<Signature> signature = function.dynamic()
                ? Optional.of(Signature.of(type, each -> DynamicShapes.of(each, this::kind)))
                : fit(host, function, type);
        return signature.map(shapes -> new Item.Host(index, name, function.handle(), function.dynamic(), shapes));
    }

    /** Whether a resource in the type is missing, which has been told. */
    private boolean isAmiss(FunctionType type) {
        return Stream.concat(type.paramTypes().stream(), type.result().stream())
                .anyMatch(value -> value.contains(part -> switch (part) {
                    case OwnType own -> missing.contains(own.resource());
                    case BorrowType borrow -> missing.contains(borrow.resource());
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
        int before = amiss.size();
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
        try {
            result = type.result().map(each -> maker.shape(each, function.result()));
        } catch (LinkException e) {
            differs(host, function, "result: " + e.fact());
        }
        if (type.result().isEmpty() && function.result() != void.class) {
            differs(
                    host,
                    function,
                    "the component expects no result, the host's method gives `"
                            + function.result().getTypeName() + "`");
        }
        return amiss.size() == before ? Optional.of(Signature.of(type, params, result)) : Optional.empty();
    }

    private void differs(HostInterface host, HostFunction function, String how) {
        amiss.add("`" + host + "`: function `" + function.name() + "`: " + how);
    }

    private Shape.ResourceKind kind(ResourceType type) {
        Class<?> resource = resources.get(type);
        if (resource == null) {
            throw new LinkException("the resource `" + type + "` is none of the host's");
        }
        return new Shape.ResourceKind.Host(type, resource);
    }

    /** The nearest of what there is, for messages; empty if nothing is near. */
    static String nearest(String name, Collection<String> offered) {
        String best = null;
        int distance = Math.max(3, name.length() / 3) + 1;
        for (String each : offered) {
            int found = distance(name, each);
            if (!each.isEmpty() && found < distance) {
                distance = found;
                best = each;
            }
        }
        return best == null ? "" : " (the nearest is `" + best + "`)";
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
