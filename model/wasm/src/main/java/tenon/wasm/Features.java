package tenon.wasm;

import java.util.EnumSet;
import java.util.Set;

/** The features that a module may use, on top of WebAssembly 2.0 without vectors, which is always there. Immutable. */
public record Features(Set<Feature> on) {
    /** Nothing but 2.0. */
    public static final Features NONE = new Features(Set.of());

    /** All that there is. */
    public static final Features ALL = new Features(EnumSet.allOf(Feature.class));

    /** WebAssembly 3.0, without vectors. */
    public static final Features STANDARD = ALL.without(Feature.THREADS).without(Feature.CUSTOM_PAGE_SIZES);

    public Features {
        on = Set.copyOf(on);
    }

    public boolean has(Feature feature) {
        return on.contains(feature);
    }

    public Features with(Feature feature) {
        var more = EnumSet.noneOf(Feature.class);
        more.addAll(on);
        more.add(feature);
        return new Features(more);
    }

    public Features without(Feature feature) {
        var fewer = EnumSet.noneOf(Feature.class);
        fewer.addAll(on);
        fewer.remove(feature);
        return new Features(fewer);
    }
}
