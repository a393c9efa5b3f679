package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.ComponentDecoder;
import tenon.component.ComponentFeatures;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.component.WorldFit;
import tenon.wit.print.Formatter;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.Importized;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** {@code tenon wit PATH [--json] [-o FILE]}: WIT of a package or a component; {@code --fmt} and {@code --check} its form. */
record Wit(Console console) implements Command {
    private static final String ENDING = ".wit";

    @Override
    public String name() {
        return "wit";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Check and print WIT: of a package, or of a component.");
        spec.usageMessage()
                .footer(
                        "",
                        "A folder is one package; its folder `deps` holds those that it uses. What is printed is checked"
                                + " before, and one file: the package, and all others nested in it.");
        spec.addOption(flag("--json", "Print JSON, as wasm-tools does."));
        spec.addOption(OptionSpec.builder("--importize-world")
                .paramLabel("WORLD")
                .type(String.class)
                .description("Turn a world round: what it exports is imported.")
                .build());
        spec.addOption(OptionSpec.builder("--fits")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Ask whether this component fits the world, and say what keeps it from that.")
                .build());
        spec.addOption(OptionSpec.builder("--world")
                .paramLabel("WORLD")
                .type(String.class)
                .description("The world that is meant; not needed if the package has one only.")
                .build());
        spec.addOption(flag("--wasm", "Write the package as a component, without documentation and gates."));
        spec.addOption(flag("--fmt", "Bring the files of the package into their common form, comments kept."));
        spec.addOption(flag("--check", "Change nothing; fail if a file is not in its common form."));
        spec.addOption(flag("--all-features", "Switch on all that is marked as unstable."));
        spec.addOption(OptionSpec.builder("--features")
                .paramLabel("NAME")
                .type(String[].class)
                .splitRegex(",")
                .description("Switch on what is marked as unstable with this feature; several with commas.")
                .build());
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the result goes; standard output if this is missing.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("PATH")
                .type(Path.class)
                .required(true)
                .description("A folder or .wit file with a package, or a .wasm file with a component or a package.")
                .build());
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Path path = arguments.matchedPositional(0).getValue();
        boolean check = arguments.hasMatchedOption("--check");
        if (arguments.hasMatchedOption("--fmt") || check) {
            if (arguments.hasMatchedOption("--json")
                    || arguments.hasMatchedOption("--wasm")
                    || arguments.hasMatchedOption("-o")) {
                throw new UsageException(
                        "`--fmt` and `--check` are about the files themselves, expected no `--json`, `--wasm` or `-o`");
            }
            return format(path, check);
        }
        PackageGraph graph = read(path, features(arguments));
        if (arguments.hasMatchedOption("--fits")) {
            return fits(graph, world(graph, arguments.matchedOptionValue("--world", "")), arguments);
        }
        if (arguments.hasMatchedOption("--importize-world")) {
            WorldId turned = world(graph, arguments.matchedOptionValue("--importize-world", ""));
            graph = Importized.of(graph, turned, Optional.empty());
        }
        byte[] result = arguments.hasMatchedOption("--wasm")
                ? PackageEncoder.encode(graph, graph.main())
                : text(graph, arguments.hasMatchedOption("--json"));
        Path output = arguments.matchedOptionValue("-o", Path.of("-"));
        if (output.equals(Path.of("-"))) {
            console.out().write(result);
            console.out().flush();
        } else {
            Files.write(output, result);
        }
        return Tenon.DONE;
    }

    private int fits(PackageGraph graph, WorldId world, ParseResult arguments) throws IOException {
        Path file = arguments.matchedOptionValue("--fits", Path.of(""));
        PackageGraph component =
                ComponentWorld.of(ComponentDecoder.decode(Files.readAllBytes(file), ComponentFeatures.ALL));
        WorldId root = component.world("root").orElseThrow();
        List<String> problems = WorldFit.problems(graph, world, component, root);
        problems.forEach(problem -> console.err().println(console.alarming("error:") + " " + problem));
        return problems.isEmpty() ? Tenon.DONE : Tenon.FAILED;
    }

    /** The world of this name, or the only one if the name is empty. */
    private static WorldId world(PackageGraph graph, String name) {
        if (!name.isEmpty()) {
            return graph.world(name).orElseThrow(() -> new UsageException("world `" + name + "` does not exist"));
        }
        List<WorldId> worlds = List.copyOf(graph.get(graph.main()).worlds().values());
        if (worlds.size() != 1) {
            throw new UsageException("the package has " + worlds.size() + " worlds, expected `--world` to name one");
        }
        return worlds.getFirst();
    }

    private static byte[] text(PackageGraph graph, boolean json) {
        String text = json ? GraphJson.of(graph) + "\n" : WitPrinter.all(graph);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Features features(ParseResult arguments) {
        return new Features(
                Set.copyOf(List.of(arguments.matchedOptionValue("--features", new String[0]))),
                arguments.hasMatchedOption("--all-features"));
    }

    private static PackageGraph read(Path path, Features features) throws IOException {
        if (Files.isDirectory(path)) {
            return WitReader.read(path, features);
        }
        byte[] bytes = Files.readAllBytes(path);
        if (!ComponentDecoder.isComponent(bytes)) {
            return WitReader.parse(Source.decode(path.toString(), bytes), features);
        }
        Component component = ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
        return PackageBinary.isPackage(component) ? PackageBinary.of(component) : ComponentWorld.of(component);
    }

    /** With {@code check} only says which files are not in their common form. */
    private int format(Path path, boolean check) throws IOException {
        int code = Tenon.DONE;
        for (Path file : files(path)) {
            Source source = Source.decode(file.toString(), Files.readAllBytes(file));
            String formatted = Formatter.format(source);
            if (formatted.equals(source.text())) {
                continue;
            }
            if (check) {
                console.err().println("file `" + file + "` is not in its common form");
                code = Tenon.FAILED;
            } else {
                Files.writeString(file, formatted);
                console.err().println("formatted `" + file + "`");
            }
        }
        return code;
    }

    /** The package's own files; those of others are not ours to change. */
    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(file -> file.toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
