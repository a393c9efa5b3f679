package tenon.conformance.wac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.compose.encode.Dependencies;
import tenon.compose.resolve.Composition;
import tenon.compose.resolve.PackageFiles;
import tenon.compose.source.CompositionException;
import tenon.compose.syntax.Document;
import tenon.compose.syntax.SyntaxJson;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.wit.syntax.Source;

/**
 * The suite of WAC: the syntax tree as JSON, the graph in Graphviz's language, the composed component's text, and for what is refused the
 * place at which it is.
 */
@Tag("suite")
class WacSuiteTest {
    private static final String SUITE = "conformance/wac";

    /** What fails for now, and why. */
    private static final Map<String, String> SKIPPED = Map.of();

    private static final Pattern LOCATION = Pattern.compile("─\\[tests/[^:\\]]*:(\\d+):(\\d+)\\]");

    @TestFactory
    Stream<DynamicTest> parser() {
        return cases("parser", WacSuiteTest::checkParsed);
    }

    @TestFactory
    Stream<DynamicTest> parserFails() {
        return cases("parser/fail", file -> refused(file, () -> Document.parse(source(file))));
    }

    @TestFactory
    Stream<DynamicTest> resolution() {
        return cases(
                "resolution",
                file -> assertEquals(expected(file), resolve(file).graph().toDot()));
    }

    @TestFactory
    Stream<DynamicTest> resolutionFails() {
        return cases("resolution/fail", file -> refused(file, () -> resolve(file)));
    }

    @TestFactory
    Stream<DynamicTest> encoding() {
        return cases("encoding", file -> {
            Composition composition = resolve(file);
            ComposedText.assertSame(expected(file), form -> composition.encode(form, Optional.empty()));
        });
    }

    @TestFactory
    Stream<DynamicTest> encodingFails() {
        return cases("encoding/fail", file -> {
            Composition composition = resolve(file);
            refused(file, () -> composition.encode(Dependencies.IMPORTED_BY_OLD_NAME, Optional.empty()));
        });
    }

    @TestFactory
    Stream<DynamicTest> graphs() {
        return folder("graphs", folder -> {
            var graph = new GraphCase(folder);
            Path error = folder.resolve("error.txt");
            if (Files.exists(error)) {
                TenonException refused = assertThrows(TenonException.class, () -> {
                    graph.build();
                    graph.encode(Dependencies.IMPORTED);
                });
                assertEquals(
                        Files.readString(error).lines().findFirst().orElseThrow(), graph.step(), refused.getMessage());
            } else {
                graph.build();
                ComposedText.assertSame(Files.readString(folder.resolve("encoded.wat")), graph::encode);
            }
        });
    }

    /** A check of one case. */
    private interface Check {
        void run(Path file) throws IOException;
    }

    /** Something that is to be refused. */
    private interface Step {
        void run() throws IOException;
    }

    private static Stream<DynamicTest> cases(String family, Check check) {
        return tests(family, path -> path.toString().endsWith(".wac"), check);
    }

    private static Stream<DynamicTest> folder(String family, Check check) {
        return tests(family, Files::isDirectory, check);
    }

    private static Stream<DynamicTest> tests(String family, Predicate<Path> isCase, Check check) {
        Optional<Path> folder = SharedFolder.find(SUITE + "/" + family);
        if (folder.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(family, () -> abort(SharedFolder.absent(SUITE))));
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(isCase).sorted().toList().stream().map(file -> {
                String name = family + "/" + file.getFileName();
                return DynamicTest.dynamicTest(name, () -> run(name, file, check));
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(String name, Path file, Check check) throws IOException {
        String reason = SKIPPED.get(name);
        if (reason != null) {
            assertThrows(Throwable.class, () -> check.run(file), "a skipped case passes");
            abort(reason);
        }
        check.run(file);
    }

    private static String expected(Path file) throws IOException {
        return Files.readString(file.resolveSibling(file.getFileName() + ".result"));
    }

    private static Source source(Path file) throws IOException {
        return Source.decode(file.toString(), Files.readAllBytes(file));
    }

    private static Composition resolve(Path file) throws IOException {
        String name = file.getFileName().toString().replaceAll("\\.wac$", "");
        var packages = new PackageFiles(file.resolveSibling(name), Map.of(), Wat::parse);
        return Composition.of(Document.parse(source(file)), packages);
    }

    private static void checkParsed(Path file) throws IOException {
        assertEquals(expected(file).strip(), SyntaxJson.of(Document.parse(source(file))));
    }

    private static void refused(Path file, Step step) throws IOException {
        CompositionException error = assertThrows(CompositionException.class, step::run);
        assertFalse(error.fact().isBlank());
        String expected = expected(file);
        Matcher location = LOCATION.matcher(expected);
        if (!location.find()) {
            return;
        }
        int column = Integer.parseInt(location.group(2));
        // at the end of the file the suite points at the last sign, and we behind it
        column += expected.contains("end of") ? 1 : 0;
        assertTrue(error.place() instanceof Place.TextPosition, error.getMessage());
        if (error.place() instanceof Place.TextPosition place) {
            assertEquals(location.group(1) + ":" + column, place.line() + ":" + place.column(), error.getMessage());
        }
    }
}
