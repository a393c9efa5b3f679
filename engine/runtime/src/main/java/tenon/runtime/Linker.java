package tenon.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tenon.component.Component;
import tenon.types.LinkException;

/**
 * Collects what a host offers, and binds components' imports to it. Confined to one thread; what it links is not.
 *
 * <p>A guest gets nothing that was not defined or provided here. An import is met by what has the same name and version, else by what
 * has the same name on the same semver track: {@code @0.2.3} by {@code @0.2.12}; prereleases by their exact version only. Of two things
 * of one name the later counts.
 */
public final class Linker {
    /** Something that can meet an import. */
    sealed interface Offer {}

    /** An interface with the way to its state; compared by identity. */
    record Definition(HostInterface host, Function<? super Store, ?> state) implements Offer {}

    /** The export of another component. */
    record Provided(Provider provider, String export) implements Offer {}

    private final Map<String, Offer> offers = new LinkedHashMap<>();

    /** A linker that offers nothing yet. */
    public Linker() {}

    /**
     * Offers an interface.
     *
     * @param state makes the object on which the functions are called: one per store, when the first function is called; one that
     *     is shared with other interfaces comes from {@link Store#get}, which also closes it
     */
    public Linker define(HostInterface host, Function<? super Store, ?> state) {
        return offer(host.name(), new Definition(host, state));
    }

    /** Offers all that another component exports, under the same names. */
    public Linker provide(Provider provider) {
        provider.exports().forEach(export -> offer(export, new Provided(provider, export)));
        return this;
    }

    /**
     * Offers an export of another component to the import {@code name}.
     *
     * @param export its name or, for an interface, one of the same semver track
     * @throws LinkException if the component exports nothing of this name
     */
    public Linker provide(String name, Provider provider, String export) {
        return offer(name, new Provided(provider, provider.export(export)));
    }

    private Linker offer(String name, Offer offer) {
        // what is defined anew counts as later
        offers.remove(name);
        offers.put(name, offer);
        return this;
    }

    /** All offers by name, the latest last. */
    Map<String, Offer> offers() {
        return offers;
    }

    /**
     * Binds all imports of a component, and of the components that meet some of them.
     *
     * @throws LinkException listing every import that nothing meets, with the nearest name, every function whose host method has
     *     another shape, and every import that another component's export does not fit
     */
    public LinkedComponent link(Runtime runtime, Component component) {
        var assembly = new Assembly(runtime.engine());
        var plan = assembly.plan(component, this);
        List<Definition> definitions = new ArrayList<>(assembly.definitions());
        return new LinkedComponent(
                Code.of(runtime.engine(), plan, definitions, runtime.generatesAdapters()), runtime.memoryBudget());
    }
}
