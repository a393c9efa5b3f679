package tenon.component;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import tenon.wasm.Features;

/**
 * The gated features that a component may use. Immutable.
 *
 * @param core what its core types may use; its core modules are validated on their own
 */
public record ComponentFeatures(Set<ComponentFeature> on, Features core) {
    /** Those that WASI 0.3 stands on: what is on when nobody says anything. */
    public static final ComponentFeatures DEFAULT = of(
            ComponentFeature.ASYNC,
            ComponentFeature.ASYNC_STACKFUL,
            ComponentFeature.MORE_ASYNC_BUILTINS,
            ComponentFeature.MAP,
            ComponentFeature.IMPLEMENTS);

    /** Everything that there is: for tools that look at components and run none. */
    public static final ComponentFeatures ALL =
            new ComponentFeatures(EnumSet.allOf(ComponentFeature.class), Features.ALL);

    public ComponentFeatures {
        on = Set.copyOf(on);
    }

    /** These, and nothing else. */
    public static ComponentFeatures of(ComponentFeature... on) {
        return new ComponentFeatures(Set.of(on), Features.ALL);
    }

    /** These, with others for core types. */
    public ComponentFeatures withCore(Features features) {
        return new ComponentFeatures(on, features);
    }

    public boolean has(ComponentFeature feature) {
        return on.contains(feature);
    }

    public ComponentFeatures with(Collection<ComponentFeature> features) {
        var more = EnumSet.noneOf(ComponentFeature.class);
        more.addAll(on);
        more.addAll(features);
        return new ComponentFeatures(more, core);
    }

    public ComponentFeatures with(ComponentFeature feature) {
        return with(Set.of(feature));
    }

    public ComponentFeatures without(Collection<ComponentFeature> features) {
        var fewer = EnumSet.noneOf(ComponentFeature.class);
        fewer.addAll(on);
        fewer.removeAll(features);
        return new ComponentFeatures(fewer, core);
    }

    public ComponentFeatures without(ComponentFeature feature) {
        return without(Set.of(feature));
    }
}
