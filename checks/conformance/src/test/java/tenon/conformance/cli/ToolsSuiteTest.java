package tenon.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tenon.conformance.suite.SkipList;
import tenon.testing.SharedFolder;

/**
 * The command lines of the suites {@code wasm-tools-cli}: what succeeds and what it prints must agree, and what is refused, and where;
 * the wording of errors is ours. What does not hold is on the skip list beside this class.
 */
@Tag("suite")
class ToolsSuiteTest {
    private static final Pattern RUN =
            Pattern.compile("\\{\"command\": \"([^\"]*)\", \"kind\": \"(RUN|FAIL)\", \"name\": \"([^\"]*)\"\\}");
    private static final Pattern ID = Pattern.compile("\"id\": \"([^\"]*)\"");

    /** A line and column in the file of the case. */
    private static final Pattern PLACE = Pattern.compile("--> \\S*:(\\d+:\\d+)");

    @TempDir
    static Path temporary = Path.of("");

    @TestFactory
    Stream<DynamicNode> commandsDoAsOthersDo() {
        return Stream.of("wasm-tools-cli", "wasm-tools-cli-next").map(suite -> {
            String path = "conformance/" + suite;
            return SharedFolder.find(path)
                    .<DynamicNode>map(folder -> DynamicContainer.dynamicContainer(suite, tests(suite, folder)))
                    .orElseGet(() -> DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent(path))));
        });
    }

    private static Stream<DynamicTest> tests(String suite, Path folder) {
        var tests = new ArrayList<DynamicTest>();
        try {
            SkipList skipped = SkipList.read(ToolsSuiteTest.class, suite + ".skip");
            for (String line : Files.readAllLines(folder.resolve("manifest.json"))) {
                Matcher id = ID.matcher(line);
                if (!id.find() || line.contains("\"superseded\": true")) {
                    continue;
                }
                Path file = folder.resolve(id.group(1));
                Path shared = Files.createTempDirectory(temporary, "case");
                RUN.matcher(line).results().forEach(match -> {
                    var run = new CommandRun(match.group(1), match.group(2).equals("FAIL"), match.group(3));
                    String key = id.group(1) + (run.name().isEmpty() ? "" : "/" + run.name());
                    tests.add(DynamicTest.dynamicTest(
                            key + ": " + run.command(), () -> holds(key, file, shared, run, skipped)));
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertFalse(tests.isEmpty(), "no runs in " + folder);
        return tests.stream();
    }

    private static void holds(String key, Path file, Path shared, CommandRun run, SkipList skipped) throws IOException {
        CommandRun.Outcome outcome = run.run(file, shared);
        Optional<String> problem = problem(file, shared, run, outcome);
        Optional<String> reason = Optional.ofNullable(skipped.reasons().get(key));
        if (reason.isPresent()) {
            assertTrue(problem.isPresent(), key + " holds, and is on the skip list: " + reason.get());
            abort(reason.get());
        }
        problem.ifPresent(found -> fail(key + ": " + found));
    }

    /** What is not as it should be. */
    private static Optional<String> problem(Path file, Path shared, CommandRun run, CommandRun.Outcome outcome)
            throws IOException {
        if (outcome.isUnknown()) {
            return Optional.of(outcome.err());
        }
        if (run.fails() != (outcome.code() != 0)) {
            return Optional.of(run.fails() ? "succeeds, and should not" : outcome.err());
        }
        if (run.fails()) {
            Optional<String> place = expected(file, run, ".stderr").flatMap(ToolsSuiteTest::place);
            return place.filter(at -> !outcome.err().contains(":" + at))
                    .map(at -> "the error is not at " + at + ": " + outcome.err());
        }
        Optional<String> text = expected(file, run, ".stdout");
        String ours = plain(outcome.out(), shared);
        return text.filter(expected -> !plain(expected, shared).equals(ours))
                .map(expected -> "expected:\n" + plain(expected, shared) + "\n\nbut was:\n" + ours);
    }

    private static Optional<String> place(String error) {
        Matcher place = PLACE.matcher(error);
        return place.find() ? Optional.of(place.group(1)) : Optional.empty();
    }

    private static Optional<String> expected(Path file, CommandRun run, String ending) throws IOException {
        String name = file.getFileName() + (run.name().isEmpty() ? "" : "." + run.name()) + ending;
        Path expected = file.resolveSibling(name);
        return Files.exists(expected)
                ? Optional.of(new String(Files.readAllBytes(expected), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The suite was written down with all backslashes turned round, and without versions and the names of folders. */
    private static String plain(String text, Path shared) {
        return text.replace(shared.toString(), "%tmpdir")
                .replace('\\', '/')
                .replaceAll("processed-by \"(?:wit-component|tenon)\"", "processed-by \"%tool\"")
                .replaceAll("(processed-by \"[^\"]*\") \"[^\"]*\"", "$1 \"%version\"")
                .strip();
    }
}
