package tenon.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.CoreModules;
import tenon.wasm.Feature;
import tenon.wasm.Features;

/** Which features components and their core modules may use: {@code --features cm-error-context,-cm-map}. */
record FeatureChoice(ComponentFeatures components, Features core) {
    private static final String OPTION = "--features";
    private static final FeatureChoice DEFAULT = new FeatureChoice(ComponentFeatures.DEFAULT, Features.STANDARD);

    static void describe(CommandSpec spec) {
        describe(spec, "-f", OPTION);
    }

    /** Without {@code -f}, for commands where it means something else. */
    static void describeLong(CommandSpec spec) {
        describe(spec, OPTION);
    }

    private static void describe(CommandSpec spec, String... names) {
        spec.addOption(OptionSpec.builder(names)
                .paramLabel("NAMES")
                .type(String.class)
                .description(
                        "Switch features on, or off with a `-` in front, by the names that wasm-tools gives them:"
                                + " 'cm-error-context,-cm-map'; `all` is everything, `mvp` and `wasm1` to `wasm3` are the core versions.")
                .build());
    }

    static FeatureChoice of(ParseResult arguments) {
        FeatureChoice choice = DEFAULT;
        String names = arguments.matchedOptionValue(OPTION, "");
        for (String each : names.split(",")) {
            if (!each.isBlank()) {
                choice = choice.with(each.strip());
            }
        }
        return new FeatureChoice(choice.components.withCore(choice.core), choice.core);
    }

    /** The component in a binary; it and its core modules use what was chosen and nothing else. */
    Component decode(byte[] bytes) {
        Component component = ComponentDecoder.decode(bytes, components);
        // the engine looks for the standard ones itself
        if (!core.on().containsAll(Features.STANDARD.on())) {
            CoreModules.validate(component, core);
        }
        return component;
    }

    private FeatureChoice with(String word) {
        boolean on = !word.startsWith("-");
        String name = on ? word : word.substring(1);
        if (name.equals("all")) {
            return on
                    ? new FeatureChoice(ComponentFeatures.ALL, Features.ALL)
                    : new FeatureChoice(ComponentFeatures.of(), Features.NONE);
        }
        var version = Features.version(word);
        if (version.isPresent()) {
            return new FeatureChoice(components, version.get());
        }
        var feature = ComponentFeature.named(name);
        if (feature.isPresent()) {
            return new FeatureChoice(on ? components.with(feature.get()) : components.without(feature.get()), core);
        }
        Feature ofModules = Feature.named(name)
                .orElseThrow(() -> new UsageException(
                        "feature `" + name + "` is not known, expected one of " + String.join(", ", names())));
        return new FeatureChoice(components, on ? core.with(ofModules) : core.without(ofModules));
    }

    private static List<String> names() {
        return Stream.concat(
                        Arrays.stream(ComponentFeature.values()).map(ComponentFeature::word),
                        Arrays.stream(Feature.values()).map(Feature::word))
                .toList();
    }
}
