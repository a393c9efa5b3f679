package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Resolution;
import tenon.text.Wat;
import tenon.types.component.PackageName;
import tenon.wasm.Binary;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.WitPackage;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;

/** What becomes of WIT that was read: WIT again in one file or a folder, JSON, or a component as binary or text. */
record WitOutput(Console console, ParseResult arguments) {
    private static final List<String> FORMS = List.of("--json", "--wasm", "--wat", "--out-dir");

    /** Has a command take the options on its output. */
    static void specify(CommandSpec spec) {
        flag(spec, "Print JSON, as wasm-tools does.", "--json");
        flag(spec, "Write the package as a component.", "--wasm");
        flag(spec, "Write the package as a component in WebAssembly text.", "-t", "--wat");
        flag(spec, "Leave documentation out.", "--no-docs");
        path(
                spec,
                "DIR",
                "Write WIT into this folder, and packages that are used into its folder `deps`.",
                "--out-dir");
        path(spec, "FILE", "Where the result goes; standard output if this is missing.", "-o", "--output");
    }

    private static void flag(CommandSpec spec, String description, String... names) {
        spec.addOption(OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build());
    }

    private static void path(CommandSpec spec, String label, String description, String... names) {
        spec.addOption(OptionSpec.builder(names)
                .paramLabel(label)
                .type(Path.class)
                .description(description)
                .build());
    }

    /** Whether some form was asked for. */
    boolean isAskedFor() {
        return arguments.hasMatchedOption("-o") || FORMS.stream().anyMatch(arguments::hasMatchedOption);
    }

    void write(PackageGraph graph) throws IOException {
        List<String> asked = FORMS.stream().filter(arguments::hasMatchedOption).toList();
        if (asked.size() > 1) {
            throw new UsageException(
                    "`" + asked.get(0) + "` and `" + asked.get(1) + "` cannot both be, expected one form");
        }
        if (arguments.hasMatchedOption("--out-dir")) {
            writeFolder(graph, arguments.matchedOptionValue("--out-dir", Path.of("")));
        } else {
            new Conversion(console, Path.of(""), arguments.matchedOptionValue("-o", WebAssemblyInput.STANDARD))
                    .write(form(graph));
        }
    }

    private byte[] form(PackageGraph graph) {
        if (arguments.hasMatchedOption("--wasm")) {
            return binary(graph);
        }
        String text;
        if (arguments.hasMatchedOption("--wat")) {
            text = Wat.print(component(binary(graph)));
        } else if (arguments.hasMatchedOption("--json")) {
            text = GraphJson.of(graph) + "\n";
        } else {
            text = WitPrinter.all(graph, isDocumented());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isDocumented() {
        return !arguments.hasMatchedOption("--no-docs");
    }

    /** WIT can say more than a component may have: types can be too large. */
    private static byte[] binary(PackageGraph graph) {
        byte[] binary = PackageEncoder.encode(graph, graph.main());
        Resolution.of(component(binary));
        return binary;
    }

    private static Component component(byte[] binary) {
        return ComponentDecoder.decode(Binary.of(binary), ComponentFeatures.ALL);
    }

    private void writeFolder(PackageGraph graph, Path folder) throws IOException {
        if (arguments.hasMatchedOption("-o")) {
            throw new UsageException("`--out-dir` and `-o` cannot both be, expected one of them");
        }
        for (int i = 0; i < graph.packages().size(); i++) {
            var id = new PackageId(i);
            Path home = Files.createDirectories(id.equals(graph.main()) ? folder : folder.resolve("deps"));
            Path file = home.resolve(fileName(graph, graph.packages().get(i)) + ".wit");
            Files.writeString(file, WitPrinter.text(graph, id, List.of(), isDocumented()));
            console.out().println("Writing: " + file);
        }
    }

    /** The package's name, and as much of its namespace and version as tells it from the others. */
    private static String fileName(PackageGraph graph, WitPackage each) {
        PackageName name = each.name();
        Map<String, Integer> alike = new HashMap<>();
        for (WitPackage other : graph.packages()) {
            if (other.name().name().equals(name.name())) {
                alike.merge(other.name().namespace(), 1, Integer::sum);
            }
        }
        boolean severalVersions = alike.getOrDefault(name.namespace(), 0) > 1;
        return (alike.size() > 1 ? name.unversioned() : name.name())
                + (severalVersions
                        ? name.version().map(version -> "@" + version).orElse("")
                        : "");
    }
}
