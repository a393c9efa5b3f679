package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tenon.script.ScriptFile;
import tenon.script.ScriptResult;

/** Scripts of our own, for what the suites do not run: every assertion holds. */
class OwnScriptsTest {
    private static final Path SCRIPTS = Path.of("src/test/scripts");

    @TestFactory
    Stream<DynamicTest> scriptsHold() throws IOException {
        return ScriptFile.in(SCRIPTS).stream()
                .map(script ->
                        DynamicTest.dynamicTest(script.path().getFileName().toString(), () -> {
                            ScriptResult result = script.run();
                            List<String> failures = result.failures().stream()
                                    .map(ScriptResult.Failure::text)
                                    .toList();
                            assertEquals(List.of(), failures, () -> String.join(System.lineSeparator(), failures));
                            assertTrue(result.passed() > 0, "asserts nothing");
                        }));
    }
}
