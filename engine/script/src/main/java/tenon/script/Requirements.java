package tenon.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.wasm.Feature;
import tenon.wasm.Features;

/**
 * What a script needs of its host, in the words of manifests.
 *
 * @param features what its modules may use
 * @param components what its components may use
 * @param largeMemories whether its memories have 2 GiB and more
 * @param onlyValidates whether nothing is instantiated
 * @param lacking what it needs and Tenon does not have
 */
record Requirements(
        Features features,
        ComponentFeatures components,
        boolean largeMemories,
        boolean onlyValidates,
        List<String> lacking) {
    /** What wasmtime calls scripts that need much memory, or much of its addresses. */
    private static final String LARGE_MEMORIES = "hogs_memory";

    /** What scripts that only validate start from; they name what they need beyond it. */
    private static final ComponentFeatures VALIDATING =
            ComponentFeatures.of(ComponentFeature.ASYNC, ComponentFeature.MAP, ComponentFeature.IMPLEMENTS);

    /** What is known and not there, be it in the validator or in the compiler. */
    private static final Set<String> LACKING = Set.of(
            "simd",
            "relaxed_simd",
            "threads",
            "shared_everything_threads",
            "custom_descriptors",
            "wide_arithmetic",
            "stack_switching",
            "nan_canonicalization");

    /** What a manifest's entry asks for; a family that bears a feature's name needs it. */
    static Requirements of(Manifest.Entry entry) {
        var needed = new TreeSet<String>(entry.on());
        String family = entry.family().substring(entry.family().lastIndexOf('/') + 1);
        String word = family.replace('-', '_').toLowerCase(Locale.ROOT);
        if (LACKING.contains(word) || Feature.named(word).isPresent()) {
            needed.add(word);
        }
        var lacking = new ArrayList<String>();
        // of components' scripts each directive is tried, and fails by the name of what it needs
        boolean tried =
                entry.onlyValidates() || entry.on().stream().anyMatch(each -> each.startsWith("component_model"));
        if (!tried) {
            needed.stream().filter(LACKING::contains).forEach(lacking::add);
        }
        Features features = features(entry, needed);
        return new Requirements(
                features,
                components(entry),
                entry.on().contains(LARGE_MEMORIES),
                entry.onlyValidates(),
                List.copyOf(lacking));
    }

    private static Features features(Manifest.Entry entry, Set<String> needed) {
        // wasm-tools, whose scripts are only validated, has threads on
        Features features = entry.onlyValidates() ? Features.STANDARD.with(Feature.THREADS) : Features.STANDARD;
        features = needed.stream()
                .map(Features::version)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(features);
        for (String each : entry.off()) {
            Features so = features;
            features = Feature.named(each).map(so::without).orElse(so);
        }
        for (String each : needed) {
            Features so = features;
            features = Feature.named(each).map(so::with).orElse(so);
        }
        return features;
    }

    private static ComponentFeatures components(Manifest.Entry entry) {
        ComponentFeatures base = entry.onlyValidates() ? VALIDATING : ComponentFeatures.DEFAULT;
        return (entry.ahead() ? base.with(ComponentFeature.FORWARD) : base)
                .with(componentFeatures(entry.on()))
                .without(componentFeatures(entry.off()));
    }

    private static List<ComponentFeature> componentFeatures(Set<String> words) {
        return words.stream()
                .map(ComponentFeature::named)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The same with large memories, or as before. */
    Requirements withLargeMemories(boolean value) {
        return new Requirements(features, components, value || largeMemories, onlyValidates, lacking);
    }
}
