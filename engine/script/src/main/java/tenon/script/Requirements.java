package tenon.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final Map<String, Feature> SWITCHES = Map.of(
            "extended_const", Feature.EXTENDED_CONST,
            "tail_call", Feature.TAIL_CALL,
            "multi_memory", Feature.MULTI_MEMORY,
            "memory64", Feature.MEMORY64,
            "function_references", Feature.FUNCTION_REFERENCES,
            "gc", Feature.GC,
            "exceptions", Feature.EXCEPTIONS,
            "threads", Feature.THREADS,
            "custom_page_sizes", Feature.CUSTOM_PAGE_SIZES);

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
            "stack_switching");

    /** What a manifest's entry asks for; a family that bears a feature's name needs it. */
    static Requirements of(Manifest.Entry entry) {
        var needed = new TreeSet<String>(entry.on());
        String family = entry.family().substring(entry.family().lastIndexOf('/') + 1);
        String word = family.replace('-', '_').toLowerCase(Locale.ROOT);
        if (LACKING.contains(word) || SWITCHES.containsKey(word)) {
            needed.add(word);
        }
        var lacking = new ArrayList<String>();
        // of components' scripts each directive is tried, and fails by the name of what it needs
        boolean tried =
                entry.onlyValidates() || entry.on().stream().anyMatch(each -> each.startsWith("component_model"));
        if (!tried) {
            needed.stream().filter(LACKING::contains).forEach(lacking::add);
        }
        // wasm-tools, whose scripts are only validated, has threads on
        Features features = entry.onlyValidates() ? Features.STANDARD.with(Feature.THREADS) : Features.STANDARD;
        for (String each : entry.off()) {
            Feature feature = SWITCHES.get(each);
            if (feature != null) {
                features = features.without(feature);
            }
        }
        for (String each : needed) {
            Feature feature = SWITCHES.get(each.replace('-', '_'));
            if (feature != null) {
                features = features.with(feature);
            }
        }
        return new Requirements(
                features,
                components(entry),
                entry.on().contains(LARGE_MEMORIES),
                entry.onlyValidates(),
                List.copyOf(lacking));
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
