package tenon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.resolve.PackageFiles;
import tenon.compose.syntax.Document;
import tenon.text.Wat;
import tenon.wit.syntax.Source;

/** What the commands have in common that make one component of several. */
final class Composing {
    private static final Path STANDARD = Path.of("-");

    private Composing() {}

    /** Has a command take {@code -o FILE}, {@code --wat} and {@code --features}. */
    static void addOutput(CommandSpec spec) {
        FeatureChoice.describe(spec);
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the component goes; standard output if this is missing or `-`.")
                .build());
        spec.addOption(OptionSpec.builder("-t", "--wat")
                .type(boolean.class)
                .description("Write WebAssembly text.")
                .build());
    }

    /** Has a command take {@code -d NAME=PATH} and {@code --deps-dir DIR}. */
    static void addPackages(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-d", "--dep")
                .paramLabel("NAME=PATH")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Where a package is: a component, or a file or folder of WIT; may be given several times.")
                .build());
        spec.addOption(OptionSpec.builder("--deps-dir")
                .paramLabel("FOLDER")
                .type(Path.class)
                .description("Where other packages are, as NAMESPACE/NAME.wasm; `deps` beside FILE if not given.")
                .build());
    }

    /** The document at {@code file}. */
    static Document document(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UsageException("`" + file + "` is a folder, expected a WAC document");
        }
        return Document.parse(Source.decode(file.toString(), Files.readAllBytes(file)));
    }

    /** What was asked for with the options of {@link #addPackages}. */
    static PackageFiles packages(Path file, ParseResult arguments) {
        var given = new HashMap<String, Path>();
        for (String each : Grants.values(arguments, "-d")) {
            int equals = each.indexOf('=');
            if (equals < 1 || equals == each.length() - 1) {
                throw new UsageException("`-d " + each + "` gives no package, expected `NAME=PATH`");
            }
            given.put(each.substring(0, equals), Path.of(each.substring(equals + 1)));
        }
        Path folder = arguments.matchedOptionValue("--deps-dir", file.resolveSibling("deps"));
        return packages(folder, given, FeatureChoice.of(arguments));
    }

    static PackageFiles packages(Path folder, Map<String, Path> given, FeatureChoice features) {
        return new PackageFiles(folder, given, Wat::parse, features.components());
    }

    /** Our version, as the component notes it. */
    static Optional<String> version() throws IOException {
        return Optional.of(Version.ours());
    }

    /** Writes a component to where the options of {@link #addOutput} say, after making sure that it is one. */
    static void write(Console console, ParseResult arguments, byte[] binary) throws IOException {
        GraphEncoder.requireValid(binary, FeatureChoice.of(arguments).components());
        byte[] result = arguments.hasMatchedOption("--wat")
                ? Wat.print(ComponentDecoder.decode(binary, ComponentFeatures.ALL))
                        .getBytes(StandardCharsets.UTF_8)
                : binary;
        Path output = arguments.matchedOptionValue("-o", STANDARD);
        new Conversion(console, STANDARD, output).write(result);
    }

    /** How components come into the composition. */
    static Dependencies dependencies(ParseResult arguments) {
        return arguments.hasMatchedOption("--import-dependencies") ? Dependencies.IMPORTED : Dependencies.EMBEDDED;
    }
}
