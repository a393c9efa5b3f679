package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.wasm.Features;
import tenon.wit.PackageGraph;
import tenon.wit.WorldId;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.component.WorldFit;
import tenon.wit.print.Formatter;
import tenon.wit.resolve.MergedVersions;
import tenon.wit.resolve.NominalTypes;
import tenon.wit.resolve.TurnedWorld;
import tenon.wit.syntax.Source;

/** {@code tenon wit PATH}: WIT of a package or a component, as it is or changed; {@code --fmt} and {@code --check} its form. */
record Wit(Console console) implements Command {
    private static final String ENDING = ".wit";

    /** Each changes one world; one at a time. */
    private static final List<String> CHANGES = List.of(
            "--importize",
            "--importize-world",
            "--exportize",
            "--exportize-world",
            "--merge-world-imports-based-on-semver",
            "--generate-nominal-type-ids");

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
        WitOutput.specify(spec);
        spec.addOption(flag("--importize", "As `--importize-world`, of a component's world."));
        spec.addOption(text("--importize-world", "WORLD", "Turn a world round: what it exports is imported."));
        spec.addOption(text("--importize-out-world-name", "NAME", "What the turned world is called."));
        spec.addOption(flag("--exportize", "As `--exportize-world`, of a component's world."));
        spec.addOption(text("--exportize-world", "WORLD", "Turn a world round: what it imports is exported."));
        spec.addOption(text("--exportize-out-world-name", "NAME", "What the turned world is called."));
        spec.addOption(OptionSpec.builder("--exportize-import")
                .paramLabel("NAME")
                .type(String[].class)
                .description("Turn this import only, by its name; can be there several times.")
                .build());
        spec.addOption(text(
                "--merge-world-imports-based-on-semver",
                "WORLD",
                "Let the highest version of an interface stand for lower ones of its track."));
        spec.addOption(text(
                "--generate-nominal-type-ids", "WORLD", "Give each import and export of a world types of its own."));
        spec.addOption(OptionSpec.builder("--fits")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Ask whether this component fits the world, and say what keeps it from that.")
                .build());
        spec.addOption(text("--world", "WORLD", "The world that is meant; not needed if the package has one only."));
        spec.addOption(flag("--fmt", "Bring the files of the package into their common form, comments kept."));
        spec.addOption(flag("--check", "Change nothing; fail if a file is not in its common form."));
        return WitInput.specify(spec);
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        var output = new WitOutput(console, arguments);
        boolean check = arguments.hasMatchedOption("--check");
        if (arguments.hasMatchedOption("--fmt") || check) {
            if (output.isAskedFor()) {
                throw new UsageException(
                        "`--fmt` and `--check` are about the files themselves, expected no `--json`, `--wasm` or `-o`");
            }
            return format(arguments.matchedPositional(0).getValue(), check);
        }
        PackageGraph graph = WitInput.of(console, arguments).read();
        if (arguments.hasMatchedOption("--fits")) {
            WorldId world = WitInput.world(graph, arguments.matchedOptionValue("--world", ""));
            return fits(console, graph, world, arguments.matchedOptionValue("--fits", Path.of("")));
        }
        output.write(changed(graph, arguments));
        return Tenon.DONE;
    }

    private static PackageGraph changed(PackageGraph graph, ParseResult arguments) {
        List<String> asked =
                CHANGES.stream().filter(arguments::hasMatchedOption).toList();
        if (asked.isEmpty()) {
            return graph;
        }
        if (asked.size() > 1) {
            throw new UsageException(
                    "`" + asked.get(0) + "` and `" + asked.get(1) + "` cannot both be, expected one change");
        }
        String change = asked.getFirst();
        boolean ofComponent = change.equals("--importize") || change.equals("--exportize");
        WorldId world = WitInput.world(graph, ofComponent ? "" : arguments.matchedOptionValue(change, ""));
        return switch (change) {
            case "--merge-world-imports-based-on-semver" -> MergedVersions.of(graph, world);
            case "--generate-nominal-type-ids" -> NominalTypes.of(graph, world);
            case "--importize", "--importize-world" ->
                TurnedWorld.importized(graph, world, name(arguments, "--importize-out-world-name"));
            default -> {
                Set<String> moved = Set.of(arguments.matchedOptionValue("--exportize-import", new String[0]));
                yield TurnedWorld.exportized(
                        graph,
                        world,
                        name(arguments, "--exportize-out-world-name"),
                        each -> moved.isEmpty() || moved.contains(each));
            }
        };
    }

    private static Optional<String> name(ParseResult arguments, String option) {
        return Optional.ofNullable(arguments.matchedOptionValue(option, null));
    }

    /** Says what keeps a component from fitting a world. */
    static int fits(Console console, PackageGraph graph, WorldId world, Path file) throws IOException {
        byte[] binary = WebAssemblyInput.read(console, file);
        PackageGraph component = BrokenFile.reading(
                file, () -> ComponentWorld.of(ComponentDecoder.decode(binary, ComponentFeatures.ALL), Features.ALL));
        WorldId root = component.world("root").orElseThrow();
        return report(console, WorldFit.problems(graph, world, component, root));
    }

    static int report(Console console, List<String> problems) {
        problems.forEach(problem -> console.err().println(console.alarming("error:") + " " + problem));
        return problems.isEmpty() ? Tenon.DONE : Tenon.FAILED;
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
