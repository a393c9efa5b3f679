package tenon.wasm;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The features that a module may use, on top of WebAssembly 1.0 without mutable globals at its borders, which is always there. Immutable. */
public record Features(Set<Feature> on) {
    /** Nothing but 1.0. */
    public static final Features NONE = new Features(Set.of());

    /** All that there is. */
    public static final Features ALL = new Features(EnumSet.allOf(Feature.class));

    /** WebAssembly 3.0, without vectors. */
    public static final Features STANDARD = ALL.without(Feature.THREADS).without(Feature.CUSTOM_PAGE_SIZES);

    private static final Features ONE = NONE.with(Feature.MUTABLE_GLOBAL);

    private static final Features TWO = ONE.with(Feature.SATURATING_FLOAT_TO_INT)
            .with(Feature.SIGN_EXTENSION)
            .with(Feature.MULTI_VALUE)
            .with(Feature.REFERENCE_TYPES)
            .with(Feature.BULK_MEMORY)
            .with(Feature.SIMD);

    public Features {
        on = Set.copyOf(on);
    }

    /** The features of a version, by the names that wasm-tools gives them: {@code wasm2}. */
    public static Optional<Features> version(String word) {
        return switch (word) {
            case "mvp" -> Optional.of(NONE);
            case "wasm1" -> Optional.of(ONE);
            case "wasm2" -> Optional.of(TWO);
            case "wasm3" -> Optional.of(STANDARD.with(Feature.THREADS));
            default -> Optional.empty();
        };
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
