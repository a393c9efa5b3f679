package tenon.runtime.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tenon.types.component.ResourceType;
import tenon.wasm.Module;

/**
 * A flattened component, with those that meet its imports. Immutable; all numbers are indices into the lists here.
 *
 * @param parents of each component instance, the instance that made it; -1 for those that nothing contains
 * @param reentrant component instances that a call might come back to, so that entering them must be watched
 * @param cores core instances to make, in order
 * @param adapters core functions that the Canonical ABI makes
 * @param lifts component functions of guests
 * @param resources resource types that guests define
 * @param hostResources the Java classes that the host's resource types stand for
 * @param exports of the component that is called from outside
 */
public record Plan(
        List<Integer> parents,
        Set<Integer> reentrant,
        List<Core> cores,
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

    /** Whether a call from one component instance to another enters one that a call might come back to. */
    public boolean entersReentrant(int caller, int callee) {
        for (int i = callee; i >= 0 && !isWithin(caller, i); i = parents.get(i)) {
            if (reentrant.contains(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWithin(int instance, int other) {
        int i = instance;
        while (i >= 0 && i != other) {
            i = parents.get(i);
        }
        return i == other;
    }

    public Plan {
        parents = List.copyOf(parents);
        reentrant = Set.copyOf(reentrant);
        cores = List.copyOf(cores);
        adapters = List.copyOf(adapters);
        lifts = List.copyOf(lifts);
        resources = Map.copyOf(resources);
        hostResources = Map.copyOf(hostResources);
    }
}
