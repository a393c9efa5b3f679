package tenon.runtime.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.runtime.task.Concurrency;
import tenon.runtime.value.Value;
import tenon.types.component.ResourceType;
import tenon.wasm.Module;

/**
 * A flattened component, with those that meet its imports. Immutable; all numbers are indices into the lists here.
 *
 * @param concurrency of each component instance, what its threads need
 * @param cores core instances to make, in order
 * @param steps of instantiation, in order
 * @param values that definitions made or imports met; empty where the result of a start function is to be
 * @param adapters core functions that the Canonical ABI makes
 * @param lifts component functions of guests
 * @param resources resource types that guests define
 * @param hostResources the Java classes that the host's resource types stand for
 * @param exports of the component that is called from outside
 */
public record Plan(
        List<Concurrency> concurrency,
        List<Core> cores,
        List<Step> steps,
        List<Optional<Value>> values,
        List<Callee.Adapter> adapters,
        List<Callee.Lift> lifts,
        Map<ResourceType, Resource> resources,
        Map<ResourceType, Class<?>> hostResources,
        Map<String, Item> exports) {

    /**
     * A core instance to make.
     *
     * @param imports what meets each import of the module, in the module's order
     */
    public record Core(Module module, int instance, List<Item> imports) {
        public Core {
            imports = List.copyOf(imports);
        }
    }

    /** A resource type that the component instance {@code instance} defines, and exports as {@code name}; empty if it does not. */
    public record Resource(ResourceType type, String name, int instance, Optional<Callee> destructor) {}

    public Plan {
        concurrency = List.copyOf(concurrency);
        cores = List.copyOf(cores);
        steps = List.copyOf(steps);
        values = List.copyOf(values);
        adapters = List.copyOf(adapters);
        lifts = List.copyOf(lifts);
        resources = Map.copyOf(resources);
        hostResources = Map.copyOf(hostResources);
    }
}
