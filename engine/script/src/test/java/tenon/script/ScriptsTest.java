package tenon.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every directive of {@code cases/x.wast} holds; a script's header says which features it needs. */
class ScriptsTest {
    private static final Path CASES = Path.of("src/test/cases");

    @TestFactory
    Stream<DynamicTest> scriptsHold() throws IOException {
        return ScriptFile.in(CASES).stream()
                .map(script ->
                        DynamicTest.dynamicTest(script.path().getFileName().toString(), () -> holds(script)));
    }

    private static void holds(ScriptFile script) throws IOException {
        ScriptResult result = script.run();
        assertEquals(
                List.of(),
                result.failures().stream().map(ScriptResult.Failure::text).toList());
        assertTrue(result.passed() > 0, "asserts nothing");
        assertEquals(0, result.skipped(), result.reason());
    }
}
