package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.make.embed.TypedModule;
import tenon.text.Wat;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.binary.PackageBinary;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/**
 * WIT that a command reads: a folder with a package, a file, or standard input; what is a component is one of a package, or its world is
 * meant.
 */
record WitInput(Console console, Path path, Features features) {
    /** How many worlds an error names. */
    private static final int NAMED = 8;

    /** Has a command take a {@code PATH} and the options on features. */
    static CommandSpec specify(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--all-features")
                .type(boolean.class)
                .description("Switch on all that is marked as unstable.")
                .build());
        spec.addOption(OptionSpec.builder("--features")
                .paramLabel("NAME")
                .type(String[].class)
                .splitRegex(",")
                .description("Switch on what is marked as unstable with this feature; several with commas.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("PATH")
                .type(Path.class)
                .required(true)
                .description(
                        "A folder or .wit file with a package, or a component, which may be a package, too, binary or"
                                + " text; `-` is standard input.")
                .build());
    }

    /** What was asked for with the parameters of {@link #specify}. */
    static WitInput of(Console console, ParseResult arguments) {
        var features = new Features(
                Set.copyOf(List.of(arguments.matchedOptionValue("--features", new String[0]))),
                arguments.hasMatchedOption("--all-features"));
        return new WitInput(console, arguments.matchedPositional(0).getValue(), features);
    }

    PackageGraph read() throws IOException {
        if (Files.isDirectory(path)) {
            return WitReader.read(path, features, Wat::parse);
        }
        byte[] bytes = WebAssemblyInput.bytes(console, path);
        if (!WebAssemblyInput.isBinary(bytes) && !WebAssemblyInput.isText(bytes)) {
            return WitReader.parse(Source.decode(WebAssemblyInput.name(path), bytes), features);
        }
        return BrokenFile.reading(path, () -> ofBinary(WebAssemblyInput.encoded(path, bytes)));
    }

    private PackageGraph ofBinary(byte[] bytes) {
        if (!ComponentDecoder.isComponent(bytes)) {
            TypedModule module = TypedModule.of(bytes);
            if (module.types().isEmpty()) {
                throw new UsageException("file `" + WebAssemblyInput.name(path)
                        + "` is a core module without types, expected WIT, a component or a package");
            }
            return module.joined();
        }
        Component component = ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
        return PackageBinary.isPackage(component)
                ? PackageBinary.of(component)
                : ComponentWorld.of(component, tenon.wasm.Features.ALL);
    }

    /** The world of this name, or the only one if the name is empty. */
    static WorldId world(PackageGraph graph, String name) {
        if (!name.isEmpty()) {
            // as WIT writes names that are keywords
            String plain = name.startsWith("%") ? name.substring(1) : name;
            return graph.world(plain)
                    .orElseThrow(
                            () -> new UsageException("world `" + name + "` does not exist, expected one" + of(graph)));
        }
        List<WorldId> worlds = List.copyOf(graph.get(graph.main()).worlds().values());
        if (worlds.size() != 1) {
            throw new UsageException(
                    "the package has " + worlds.size() + " worlds, expected `--world` to name one" + of(graph));
        }
        return worlds.getFirst();
    }

    private static String of(PackageGraph graph) {
        var names = graph.get(graph.main()).worlds().keySet();
        return names.isEmpty()
                ? " of the package"
                : names.stream()
                        .limit(NAMED)
                        .collect(Collectors.joining("`, `", " of `", names.size() > NAMED ? "` and others" : "`"));
    }
}
