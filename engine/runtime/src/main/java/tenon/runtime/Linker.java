package tenon.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import tenon.component.Component;
import tenon.component.Import;
import tenon.runtime.value.Value;
import tenon.types.LinkException;

/**
 * Collects what a host offers, and binds components' imports to it. Confined to one thread; what it links is not.
 *
 * <p>A guest gets nothing that was not defined or provided here. An import is met by what has the same name and version, else by what
 * has the same name on the same semver track: {@code @0.2.3} by {@code @0.2.12}; prereleases by their exact version only. An import that
 * says which interface it implements is met by what has its name, else by what has the interface's. Of two things of one name the later
 * counts.
 */
public final class Linker {
    /** Something that can meet an import. */
    sealed interface Offer {}

    /** An interface with the way to its state; compared by identity. */
    record Definition(HostInterface host, Function<? super Store, ?> state) implements Offer {}

    /** The export of another component or, where none is named, an instance of all that it exports. */
    record Provided(Provider provider, Optional<String> export) implements Offer {}

    /** An export of whatever provides for a binding at the time. */
    record Late(Binding binding, String export) implements Offer {}

    private final Map<String, Offer> offers = new LinkedHashMap<>();

    /** Values by the interfaces that they belong to; empty for the world itself. */
    private final Map<String, Map<String, Value>> values = new LinkedHashMap<>();

    private LinkPolicy policy = LinkPolicy.NONE;

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

    /** The same under another name: of one interface a component may import several instances, each under a name of its own. */
    public Linker define(String name, HostInterface host, Function<? super Store, ?> state) {
        return offer(name, new Definition(host, state));
    }

    /**
     * Offers a value to the world: the same for all instances. Whether it is of the type that a component imports is found out when that
     * is linked.
     *
     * @param value without handles, streams and futures
     */
    public Linker value(String name, Value value) {
        return value("", name, value);
    }

    /** As {@link #value(String, Value)}, to an interface that a component imports, with its version; empty for the world itself. */
    public Linker value(String interfaceName, String name, Value value) {
        values.computeIfAbsent(interfaceName, _ -> new LinkedHashMap<>()).put(name, value);
        return this;
    }

    /** All values, by the interfaces that they belong to. */
    Map<String, Map<String, Value>> values() {
        return values;
    }

    /** Offers all that another component exports, under the same names. */
    public Linker provide(Provider provider) {
        provider.exports().forEach(export -> offer(export, new Provided(provider, Optional.of(export))));
        return this;
    }

    /**
     * Offers an export of another component to the import {@code name}.
     *
     * @param export its name or, for an interface, one of the same semver track
     * @throws LinkException if the component exports nothing of this name
     */
    public Linker provide(String name, Provider provider, String export) {
        return offer(name, new Provided(provider, Optional.of(provider.export(export))));
    }

    /** Offers all that another component exports to the import {@code name}, as one instance. */
    public Linker provideInstance(String name, Provider provider) {
        return offer(name, new Provided(provider, Optional.empty()));
    }

    /** Offers all that a binding's present provider exports, under the same names; what provides it can be replaced. */
    public Linker provide(Binding binding) {
        binding.provider().exports().forEach(export -> offer(export, new Late(binding, export)));
        return this;
    }

    /**
     * Offers an export of a binding's provider to the import {@code name}; what provides it can be replaced.
     *
     * @param export its name or, for an interface, one of the same semver track
     * @throws LinkException if the present provider exports nothing of this name
     */
    public Linker provide(String name, Binding binding, String export) {
        return offer(name, new Late(binding, binding.provider().export(export)));
    }

    /**
     * Has what {@code rules} say of an import count more than what is offered, before or afterwards; for the component that is linked, not
     * for those that provide for it, which have linkers of their own.
     */
    public Linker restrict(LinkPolicy rules) {
        policy = rules;
        return this;
    }

    LinkPolicy policy() {
        return policy;
    }

    /**
     * What is wrong with a rule that names neither an import of a component nor anything that is offered here; empty for one that does.
     * Whoever takes rules from people asks, since a slip of the pen leaves open what it was to close.
     */
    public Optional<String> slip(LinkPolicy.Rule rule, Component component) {
        var names = new TreeSet<>(offers.keySet());
        for (Import each : component.imports()) {
            names.add(each.name().text());
            each.name().attributes().implemented().ifPresent(names::add);
        }
        return rule.slip(names);
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
        return link(runtime, component, new Assembly(runtime.engine()));
    }

    /** The same with an assembly that is told afterwards what it has found out. */
    LinkedComponent link(Runtime runtime, Component component, Assembly assembly) {
        var plan = assembly.plan(component, this);
        var linked = new LinkedComponent(
                Code.of(runtime.engine(), plan, new Code.Outside(assembly), runtime.generatesAdapters()),
                runtime.memoryBudget());
        assembly.borders().forEach(Border::open);
        return linked;
    }
}
