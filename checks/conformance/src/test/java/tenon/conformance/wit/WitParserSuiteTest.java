package tenon.conformance.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.types.Place;
import tenon.wit.PackageGraph;
import tenon.wit.WitException;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/**
 * The suites of the WIT parser: what is accepted must give the expected graph, index by index; what is refused must be refused at the
 * expected place. What is printed of a graph must give the same graph again.
 */
@Tag("suite")
class WitParserSuiteTest {
    private static final Features FEATURES = new Features(Set.of("active"), false);

    /** The suite has texts alone, and this package was a binary there. */
    private static final String MISSING = "package e:e; interface e {}";

    @TempDir
    static Path temporary = Path.of("");

    private static final Pattern LOCATION = Pattern.compile("tests/ui/(parse-fail/[^ :]+:\\d+:\\d+)");

    /** One line of a manifest. */
    private record Case(String suite, Path folder, String line) {
        String name() {
            return suite + "/" + field("input");
        }

        boolean isSuperseded() {
            return line.contains("\"superseded\": true");
        }

        boolean isError() {
            return line.contains("\"error\": ");
        }

        Path input() {
            return folder.resolve(field("input"));
        }

        String expected() throws IOException {
            return Files.readString(folder.resolve(field("expected"))).stripTrailing();
        }

        private String field(String name) {
            Matcher matcher = Pattern.compile("\"" + name + "\": \"((?:[^\"\\\\]|\\\\.)*)\"")
                    .matcher(line);
            if (!matcher.find()) {
                throw new IllegalStateException("`" + line + "` has no field `" + name + "`");
            }
            return matcher.group(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> packagesAreResolvedOrRefused() {
        return Stream.of("wit-parser", "wit-parser-next").flatMap(suite -> {
            String path = "conformance/" + suite;
            return SharedFolder.find(path)
                    .map(folder -> cases(suite, folder))
                    .orElseGet(() -> Stream.of(DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent(path)))));
        });
    }

    private static Stream<DynamicTest> cases(String suite, Path folder) {
        try {
            return Files.readAllLines(folder.resolve("manifest.json")).stream()
                    .filter(line -> line.contains("\"input\": "))
                    .map(line -> new Case(suite, folder, line))
                    .filter(each -> !each.isSuperseded())
                    .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Case each) throws IOException {
        if (each.isError()) {
            checkRefused(each);
        } else {
            checkResolved(each);
        }
    }

    private static void checkResolved(Case each) throws IOException {
        try {
            PackageGraph graph = WitReader.read(whole(each), FEATURES, Wat::parse);
            assertEquals(each.expected(), GraphJson.of(graph));
            checkPrinted(graph);
        } catch (WitException error) {
            throw new AssertionError(error.getMessage(), error);
        }
    }

    /** The input of a case with all that belongs to it. */
    private static Path whole(Case each) throws IOException {
        if (!each.name().equals("wit-parser/kinds-of-deps")) {
            return each.input();
        }
        Path copy = temporary.resolve("kinds-of-deps");
        try (Stream<Path> files = Files.walk(each.input())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(each.input().relativize(file).toString()));
            }
        }
        PackageGraph missing = WitReader.parse(new Source("e.wit", MISSING), FEATURES);
        Files.write(copy.resolve("deps/e.wasm"), PackageEncoder.encode(missing, missing.main()));
        return copy;
    }

    /**
     * What is printed of a graph gives the same text again. Lines are compared without their order: an import that is gated off still
     * puts packages in order, but is not printed.
     */
    private static void checkPrinted(PackageGraph graph) {
        String text = WitPrinter.all(graph);
        PackageGraph again = WitReader.parse(new Source("printed", text), Features.ALL);
        assertEquals(
                text.lines().sorted().toList(),
                WitPrinter.all(again).lines().sorted().toList());
        assertEquals(graph.types().size(), again.types().size(), text);
        assertEquals(graph.interfaces().size(), again.interfaces().size(), text);
        assertEquals(graph.worlds().size(), again.worlds().size(), text);
    }

    private static void checkRefused(Case each) throws IOException {
        WitException error = assertThrows(WitException.class, () -> WitReader.read(each.input(), FEATURES, Wat::parse));
        Matcher location = LOCATION.matcher(each.expected());
        Optional<String> expected = location.find() ? Optional.of(location.group(1)) : Optional.empty();
        if (expected.isPresent()) {
            Place place = error.place();
            assertEquals(
                    List.of(expected.get()),
                    List.of(each.folder().relativize(Path.of(place.describe())).toString()),
                    error.getMessage());
        }
    }
}
