package tenon.runtime;

import java.util.List;
import tenon.component.Component;
import tenon.types.LinkException;
import tenon.types.component.NameMap;

/**
 * A component that meets imports of others: linked to them at run time, each with memory and handles of its own, and instantiated
 * along with them; where several components of one link are met by the same provider, they share its instance. Immutable as far as its
 * linker is.
 */
public final class Provider {
    private final Component component;
    private final Linker offers;
    private final String name;

    /**
     * A provider.
     *
     * @param offers meets its imports: it gets nothing of what is offered to the components that it provides for
     */
    public Provider(Component component, Linker offers) {
        this(component, offers, "");
    }

    /** The same, called {@code name} in errors: a file, or whatever else tells it from others. */
    public Provider(Component component, Linker offers, String name) {
        this.component = component;
        this.offers = offers;
        this.name = name;
    }

    /** What errors call it, which meets the import {@code meets}. */
    String describe(String meets) {
        return "provider of `" + meets + "`" + (name.isEmpty() ? "" : ", `" + name + "`");
    }

    /** What errors call it where the import is named already. */
    String describe() {
        return name.isEmpty() ? "another component" : "`" + name + "`";
    }

    Component component() {
        return component;
    }

    Linker offers() {
        return offers;
    }

    /** The names of all its exports. */
    List<String> exports() {
        return component.exports().stream().map(export -> export.name().text()).toList();
    }

    /** The name of the export that meets an import of {@code wanted}. */
    String export(String wanted) {
        var names = new NameMap<String>();
        exports().forEach(name -> names.put(name, name));
        return names.find(wanted)
                .orElseThrow(() -> new LinkException(
                        "the component exports no `" + wanted + "`" + ImportBinder.nearest(wanted, names.names())));
    }
}
