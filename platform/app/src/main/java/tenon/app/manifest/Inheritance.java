package tenon.app.manifest;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a dependency gets of the component that depends on it: {@code inherit_configuration}. Immutable.
 *
 * @param all whether it gets everything, what comes with later versions too
 * @param capabilities what it gets; if {@code all}, every one
 */
public record Inheritance(boolean all, Set<Capability> capabilities) {
    /** {@code true}. */
    public static final Inheritance ALL = new Inheritance(true, Set.of(Capability.values()));

    /** {@code false}, and what is meant if nothing is said. */
    public static final Inheritance NOTHING = new Inheritance(false, Set.of());

    public Inheritance {
        capabilities = java.util.Collections.unmodifiableSet(new TreeSet<>(capabilities));
    }

    /** Whether it gets {@code capability}. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }
}
