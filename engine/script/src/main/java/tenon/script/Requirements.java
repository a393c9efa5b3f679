package tenon.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tenon.component.ComponentDecoder;
import tenon.wasm.Feature;
import tenon.wasm.Features;

/**
 * What a script needs of its host, in the words of manifests.
 *
 * @param features what its modules may use
 * @param components what its components may use beyond what is on by default
 * @param onlyValidates whether nothing is instantiated
 * @param lacking what it needs and Tenon does not have
 */
record Requirements(
        Features features, ComponentDecoder.Features components, boolean onlyValidates, List<String> lacking) {
    private static final Map<String, Feature> SWITCHES = Map.of(
            "extended_const", Feature.EXTENDED_CONST,
            "tail_call", Feature.TAIL_CALL,
            "multi_memory", Feature.MULTI_MEMORY,
            "memory64", Feature.MEMORY64,
            "function_references", Feature.FUNCTION_REFERENCES,
            "gc", Feature.GC,
            "exceptions", Feature.EXCEPTIONS);

    /** What is known and not there, be it in the validator or in the compiler. */
    private static final Set<String> LACKING = Set.of(
            "gc",
            "gc_types",
            "simd",
            "relaxed_simd",
            "threads",
            "shared_everything_threads",
            "custom_page_sizes",
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
        Features features = Features.ALL;
        for (String each : entry.off()) {
            Feature feature = SWITCHES.get(each);
            if (feature != null) {
                features = features.without(feature);
            }
        }
        var components = ComponentDecoder.Features.DEFAULT
                .withValues(entry.on().contains("cm-values"))
                .withMemory64(entry.on().contains("cm64") || entry.on().contains("component_model_memory64"));
        return new Requirements(features, components, entry.onlyValidates(), List.copyOf(lacking));
    }
}
