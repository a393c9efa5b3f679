package tenon.conformance.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.component.ComponentDecoder;
import tenon.component.ComponentFeatures;
import tenon.testing.SharedFolder;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.WitException;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.component.WorldFit;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.Importized;
import tenon.wit.resolve.WitReader;

/** The suites of the tools around WIT: what is printed of packages, and the commands about WIT that there are. */
@Tag("suite")
class WitToolsSuiteTest {

    private static final Pattern NOTES =
            Pattern.compile("^[ ]*(///|@since|@unstable|@deprecated).*\\n", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> packagesArePrinted() {
        return Stream.of("conformance/wit-component/interfaces", "conformance/wit-component-next/interfaces")
                .flatMap(WitToolsSuiteTest::printed);
    }

    private static Stream<DynamicTest> printed(String path) {
        return SharedFolder.find(path)
                .map(folder -> list(folder)
                        .filter(each ->
                                Files.isDirectory(each) || each.toString().endsWith(".wit"))
                        .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> printed(each))))
                .orElseGet(() -> Stream.of(DynamicTest.dynamicTest(path, () -> abort(SharedFolder.absent(path)))));
    }

    private static void printed(Path input) throws IOException {
        PackageGraph graph = WitReader.read(input, Features.ALL);
        int compared = 0;
        for (int i = 0; i < graph.packages().size(); i++) {
            var id = new PackageId(i);
            String text = WitPrinter.text(graph, id, List.of());
            Path expected = Files.isDirectory(input)
                    ? input.resolve(graph.get(id).name().name() + ".wit.print")
                    : input.resolveSibling(input.getFileName() + ".print");
            if (Files.exists(expected)) {
                assertEquals(Files.readString(expected), text);
                compared++;
            }
            if (!hasAccessors(graph)) {
                assertEquals(plain(text), plain(throughBinary(graph, id)));
            }
        }
        assertTrue(compared > 0, "nothing to compare with");
    }

    /** The binary reader does not know the names of getters and setters yet. */
    private static boolean hasAccessors(PackageGraph graph) {
        return WitPrinter.all(graph).contains(": get(");
    }

    /** Documentation and gates are not in the binary. */
    private static List<String> plain(String text) {
        return NOTES.matcher(text).replaceAll("").lines().sorted().toList();
    }

    private static String throughBinary(PackageGraph graph, PackageId id) {
        PackageGraph decoded =
                PackageBinary.of(ComponentDecoder.decode(PackageEncoder.encode(graph, id), ComponentFeatures.ALL));
        return WitPrinter.text(decoded, decoded.main(), List.of());
    }

    /** A command line of a suite; {@code %} stands for the file. */
    private record Run(Path folder, String file, String command, boolean fails, String name) {
        Path input() {
            return folder.resolve(file);
        }

        Optional<String> option(String option) {
            List<String> words = words();
            int at = words.indexOf(option);
            return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
        }

        List<String> words() {
            return Arrays.asList(command.strip().split("\\s+"));
        }

        String expected() throws IOException {
            return Files.readString(folder.resolve(file + (name.isEmpty() ? "" : "." + name) + ".stdout"));
        }
    }

    /** Options whose commands can be run. */
    private static final Set<String> KNOWN = Set.of(
            "component",
            "wit",
            "semver-check",
            "%",
            "--json",
            "--all-features",
            "--features",
            "--prev",
            "--new",
            "--importize-world",
            "--importize-out-world-name");

    @TestFactory
    Stream<DynamicTest> commandsDoAsExpected() {
        return Stream.of("wasm-tools-cli", "wasm-tools-cli-next").flatMap(suite -> {
            String path = "conformance/" + suite;
            return SharedFolder.find(path)
                    .map(WitToolsSuiteTest::runs)
                    .orElseGet(() -> Stream.of(DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent(path)))));
        });
    }

    private static final Pattern RUN =
            Pattern.compile("\\{\"command\": \"([^\"]*)\", \"kind\": \"(RUN|FAIL)\", \"name\": \"([^\"]*)\"\\}");

    private static Stream<DynamicTest> runs(Path folder) {
        var tests = new ArrayList<DynamicTest>();
        try {
            for (String line : Files.readAllLines(folder.resolve("manifest.json"))) {
                if (line.contains("\"superseded\": true")) {
                    continue;
                }
                String file = line.replaceAll(".*\"id\": \"([^\"]*)\".*", "$1");
                RUN.matcher(line).results().forEach(match -> {
                    var run =
                            new Run(folder, file, match.group(1), match.group(2).equals("FAIL"), match.group(3));
                    tests.add(DynamicTest.dynamicTest(file + ": " + run.command(), () -> run(run)));
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tests.stream();
    }

    private static void run(Run run) throws IOException {
        boolean known = run.words().stream()
                .allMatch(word -> !word.startsWith("-") && !word.equals("|") || KNOWN.contains(word));
        boolean wit = run.command().startsWith("component wit") || run.command().startsWith("component semver-check");
        if (!known || !wit || !run.file().endsWith(".wit")) {
            abort("needs a command or an option that is not there, or components as text");
        }
        if (run.command().startsWith("component semver-check")) {
            PackageGraph graph = WitReader.read(run.input(), Features.NONE);
            List<String> problems = WorldFit.problems(
                    graph,
                    graph.world(run.option("--new").orElseThrow()).orElseThrow(),
                    graph,
                    graph.world(run.option("--prev").orElseThrow()).orElseThrow());
            assertEquals(run.fails(), !problems.isEmpty(), problems.toString());
        } else if (run.fails()) {
            assertThrows(WitException.class, () -> output(run));
        } else {
            String expected = run.expected();
            assertFalse(expected.isEmpty());
            // the suite was written down with all backslashes turned round
            assertEquals(expected.strip(), output(run).replace('\\', '/').strip());
        }
    }

    private static String output(Run run) throws IOException {
        var features = new Features(
                run.option("--features").map(Set::of).orElse(Set.of()),
                run.words().contains("--all-features"));
        PackageGraph graph = WitReader.read(run.input(), features);
        Optional<String> turned = run.option("--importize-world");
        if (turned.isPresent()) {
            graph = Importized.of(
                    graph, graph.world(turned.get()).orElseThrow(), run.option("--importize-out-world-name"));
        }
        return run.words().contains("--json") ? GraphJson.of(graph) : WitPrinter.all(graph);
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
