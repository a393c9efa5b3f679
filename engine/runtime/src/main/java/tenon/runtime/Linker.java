package tenon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tenon.component.Component;
import tenon.runtime.plan.Plan;
import tenon.runtime.plan.Planner;

/**
 * Collects what a host offers, and binds components' imports to it. Confined to one thread; what it links is not.
 *
 * <p>A guest gets nothing that was not defined here. An import is met by the definition of the same name and version, else by the
 * one of the same name on the same semver track: {@code @0.2.3} by {@code @0.2.12}; prereleases by their exact version only.
 */
public final class Linker {
    private final List<Definition> definitions = new ArrayList<>();

    /** A linker that offers nothing yet. */
    public Linker() {}

    /**
     * Offers an interface.
     *
     * @param state makes the object on which the functions are called: one per store, when the first function is called; one that
     *     is shared with other interfaces comes from {@link Store#get}, which also closes it
     */
    public Linker define(HostInterface host, Function<? super Store, ?> state) {
        definitions.add(new Definition(host, state));
        return this;
    }

    /**
     * Binds all imports of a component.
     *
     * @throws tenon.types.LinkException listing every import that nothing meets, with the nearest name, and every function whose
     *     host method has another shape
     */
    public LinkedComponent link(Runtime runtime, Component component) {
        List<Definition> offered = List.copyOf(definitions);
        var binder = new ImportBinder(offered);
        Plan plan = Planner.plan(component, binder);
        return new LinkedComponent(
                Code.of(runtime.engine(), plan, offered, runtime.generatesAdapters()), runtime.memoryBudget());
    }

    /** An interface with the way to its state; compared by identity. */
    record Definition(HostInterface host, Function<? super Store, ?> state) {}
}
