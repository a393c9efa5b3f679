package tenon.wit.resolve;

import java.util.Set;

/** Which {@code @unstable} features are switched on: WIT.md, "Feature Gates". */
public record Features(Set<String> active, boolean all) {
    /** No unstable features. */
    public static final Features NONE = new Features(Set.of(), false);

    /** All unstable features. */
    public static final Features ALL = new Features(Set.of(), true);

    public Features {
        active = Set.copyOf(active);
    }

    boolean has(String feature) {
        return all || active.contains(feature);
    }
}
