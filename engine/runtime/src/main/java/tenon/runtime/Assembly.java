package tenon.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tenon.component.Component;
import tenon.component.Import;
import tenon.core.CoreEngine;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Plan;
import tenon.runtime.plan.Planner;
import tenon.runtime.value.Resource;
import tenon.runtime.value.Value;
import tenon.types.LinkException;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/**
 * Puts a component and those that meet its imports into one plan, and collects all that is amiss: an author who mends one import
 * should not meet the next one in the next run. Confined to one thread; one use.
 */
final class Assembly {
    /** A resource type of the host: the same one for all components that import it, of whatever version. */
    record HostType(String name, Class<?> type) {}

    /** So many things that are not supported are named: who has one such, often has many. */
    private static final int TOLD = 5;

    /**
     * The identities of the host's resource types, by class and name: the same in all links, since a handle may pass from one link to
     * another where a provider can be replaced.
     */
    private static final ClassValue<Map<String, ResourceType>> IDENTITIES = new ClassValue<>() {
        @Override
        protected Map<String, ResourceType> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final Planner planner;
    /** Null where a provider is being placed. */
    private final Map<Provider, Planner.@Nullable Placed> placed = new IdentityHashMap<>();

    private final Map<Linker.Definition, Integer> definitions = new IdentityHashMap<>();
    private final List<Linker.Definition> numbered = new ArrayList<>();
    private final Map<ResourceType, Class<?>> resources = new HashMap<>();
    private final Set<ResourceType> late = new HashSet<>();
    private final Map<Binding, Border> borders = new IdentityHashMap<>();
    private final List<LateFunction> lateFunctions = new ArrayList<>();
    private final Set<ResourceType> missing = new HashSet<>();
    private final List<String> amiss = new ArrayList<>();
    /** Names of interfaces, by what is amiss with their versions. */
    private final Map<String, Set<String>> otherVersions = new LinkedHashMap<>();
    /** What is not supported, by the component that has it. */
    private final Map<String, Set<String>> unsupported = new LinkedHashMap<>();

    private String where = "";
    private Planner.@Nullable Placed outermost;

    /** An assembly whose core modules an engine validates. */
    Assembly(CoreEngine engine) {
        this.planner = new Planner(this::unsupported, engine::validate);
    }

    /**
     * The plan of a component and its providers.
     *
     * @throws LinkException listing all that is amiss
     */
    Plan plan(Component component, Linker linker) {
        outermost = place(component, linker, "");
        borders.values().forEach(border -> border.misfitsNow().forEach(this::amissAnywhere));
        List<String> all = allAmiss();
        if (!all.isEmpty()) {
            throw refusal("the component's imports", all);
        }
        return planner.plan(outermost, resources);
    }

    /** The error that lists what is amiss. */
    static LinkException refusal(String with, List<String> all) {
        return new LinkException((all.size() == 1 ? "one thing is amiss" : all.size() + " things are amiss") + " with "
                + with + ":" + System.lineSeparator() + "  "
                + String.join(System.lineSeparator() + "  ", all));
    }

    private Planner.Placed place(Component component, Linker linker, String as) {
        var binder = new ImportBinder(this, component, linker);
        component.imports().stream()
                .flatMap(each -> binder.late(each.name().text()).stream())
                .map(Linker.Late::binding)
                .distinct()
                .forEach(binding -> border(binding).add(as, component, binder));
        for (Import each : component.imports()) {
            binder.provided(each.name().text())
                    .ifPresent(offer -> place(offer.provider(), each.name().text()));
        }
        where = as;
        return planner.add(component, binder);
    }

    private void place(Provider provider, String meets) {
        if (!placed.containsKey(provider)) {
            placed.put(provider, null);
            placed.put(provider, place(provider.component(), provider.offers(), provider.describe(meets) + ": "));
        } else if (placed.get(provider) == null) {
            throw new LinkException(
                    "the " + provider.describe(meets) + " needs itself: components cannot be linked in a circle");
        }
    }

    /** What a provider has become. */
    Planner.Placed placed(Provider provider) {
        Planner.Placed found = placed.get(provider);
        assert found != null : "providers are placed before those that need them";
        return found;
    }

    /** The number of a definition in the plan. */
    int number(Linker.Definition definition) {
        return definitions.computeIfAbsent(definition, each -> {
            numbered.add(each);
            return numbered.size() - 1;
        });
    }

    /** All definitions that are used, by number. */
    List<Linker.Definition> definitions() {
        return numbered;
    }

    /** Notes that something is amiss with the component that is being placed. */
    void amiss(String what) {
        amissAnywhere(where + what);
    }

    private void amissAnywhere(String line) {
        if (!amiss.contains(line)) {
            amiss.add(line);
        }
    }

    /** All that was noted; what has one reason stands in one line. */
    private List<String> allAmiss() {
        var all = new ArrayList<String>();
        otherVersions.forEach((versions, names) -> all.add(String.join(", ", names) + ": " + versions));
        all.addAll(amiss);
        unsupported.forEach((component, what) -> all.add(component + shortened(what) + ": not supported yet"));
        return all;
    }

    private static String shortened(Set<String> what) {
        String first = String.join(", ", what.stream().limit(TOLD).toList());
        return what.size() <= TOLD ? first : first + ", and " + (what.size() - TOLD) + " more";
    }

    /** Notes that an interface is offered in another version than the one that is imported. */
    void otherVersion(String name, String wanted, String offered) {
        otherVersions
                .computeIfAbsent(
                        "imported in version " + wanted + ", offered in " + offered, _ -> new LinkedHashSet<>())
                .add(where + "`" + name + "`");
    }

    /** How much was noted. */
    int noted() {
        return amiss.size();
    }

    private void unsupported(String what) {
        unsupported.computeIfAbsent(where, _ -> new LinkedHashSet<>()).add(what);
    }

    /** The Java class that a resource type of the host stands for, if it is one. */
    Optional<Class<?>> resource(ResourceType type) {
        return Optional.ofNullable(resources.get(type));
    }

    /** Notes what a resource type of an import stands for. */
    void bind(ResourceType type, HostType host) {
        resources.put(type, host.type());
    }

    /** Notes that a resource type is of a provider that can be replaced. */
    void bindLate(ResourceType type) {
        resources.put(type, Resource.class);
        late.add(type);
    }

    /** Whether a resource type is of a provider that can be replaced. */
    boolean isLate(ResourceType type) {
        return late.contains(type);
    }

    /** A value of the plan that the host gives. */
    Item.Value given(Value value, ValueType type) {
        return planner.given(value, type);
    }

    /** Whether a component of the plan defines a resource type. */
    boolean isDefined(ResourceType type) {
        return planner.defines(type);
    }

    /** Whether what is imported is a type that is known already, or an instance that has nothing else. */
    boolean needsNoHost(ExternType type) {
        return switch (type) {
            case TypeExtern defined ->
                !(defined.type() instanceof ResourceType resource
                        && resource(resource).isEmpty());
            case InstanceType instance -> instance.exports().values().stream().allMatch(this::needsNoHost);
            case FunctionType _, ComponentType _, CoreModuleType _, ValueExtern _ -> false;
        };
    }

    /** The one resource type that all imports of {@code host} are. */
    static ResourceType identity(HostType host) {
        return IDENTITIES.get(host.type()).computeIfAbsent(host.name(), ResourceType::new);
    }

    /** The border to a binding, made when it is first asked for. */
    Border border(Binding binding) {
        return borders.computeIfAbsent(binding, each -> new Border(each, borders.size()));
    }

    /** All borders, by number. */
    List<Border> borders() {
        return borders.values().stream()
                .sorted(Comparator.comparingInt(Border::index))
                .toList();
    }

    /** The number of a further function of a provider that can be replaced. */
    int add(LateFunction function) {
        lateFunctions.add(function);
        return lateFunctions.size() - 1;
    }

    /** The functions of providers that can be replaced, by number. */
    List<LateFunction> lateFunctions() {
        return lateFunctions;
    }

    /** The component that is called from outside, once it was planned. */
    Planner.Placed outermost() {
        assert outermost != null;
        return outermost;
    }

    /** Notes that nothing implements a resource type; false if that was noted before. */
    boolean miss(ResourceType type) {
        return missing.add(type);
    }

    /** Whether it was noted that nothing implements a resource type. */
    boolean misses(ResourceType type) {
        return missing.contains(type);
    }
}
