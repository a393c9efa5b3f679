package tenon.component;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** The gated features that a component may use. Immutable. */
public record ComponentFeatures(Set<ComponentFeature> on) {
    /** Those that WASI 0.3 stands on: what is on when nobody says anything. */
    public static final ComponentFeatures DEFAULT = of(
            ComponentFeature.ASYNC,
            ComponentFeature.ASYNC_STACKFUL,
            ComponentFeature.MORE_ASYNC_BUILTINS,
            ComponentFeature.MAP,
            ComponentFeature.IMPLEMENTS);

    /** Everything that there is: for tools that look at components and run none. */
    public static final ComponentFeatures ALL = new ComponentFeatures(EnumSet.allOf(ComponentFeature.class));

    public ComponentFeatures {
        on = Set.copyOf(on);
    }

    /** These, and nothing else. */
    public static ComponentFeatures of(ComponentFeature... on) {
        return new ComponentFeatures(Set.of(on));
    }

    public boolean has(ComponentFeature feature) {
        return on.contains(feature);
    }

    public ComponentFeatures with(Collection<ComponentFeature> features) {
        var more = EnumSet.noneOf(ComponentFeature.class);
        more.addAll(on);
        more.addAll(features);
        return new ComponentFeatures(more);
    }

    public ComponentFeatures with(ComponentFeature feature) {
        return with(Set.of(feature));
    }

    public ComponentFeatures without(Collection<ComponentFeature> features) {
        var fewer = EnumSet.noneOf(ComponentFeature.class);
        fewer.addAll(on);
        fewer.removeAll(features);
        return new ComponentFeatures(fewer);
    }

    public ComponentFeatures without(ComponentFeature feature) {
        return without(Set.of(feature));
    }
}
