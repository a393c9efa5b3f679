package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.script.ScriptFile;
import tenon.script.ScriptResult;
import tenon.testing.SharedFolder;

/** Every assertion of the core suite holds, but for those on the skip list, and they do not. */
@Tag("suite")
class CoreSuiteTest {
    private static final String SUITE = "conformance/core-spec";

    /** Entries of the list for single assertions that a script has met. */
    private static final Set<String> MET = ConcurrentHashMap.newKeySet();

    private static final Set<String> RUN = ConcurrentHashMap.newKeySet();

    @TestFactory
    Stream<DynamicTest> scriptsHold() throws IOException {
        Optional<Path> suite = SharedFolder.find(SUITE);
        if (suite.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest("core-spec", () -> abort(SharedFolder.absent(SUITE))));
        }
        var skipped = SkipList.read("core-spec.skip");
        return ScriptFile.in(suite.get()).stream().map(script -> {
            String name = suite.get().relativize(script.path()).toString().replaceFirst("\\.wast$", "");
            return DynamicTest.dynamicTest(name, () -> holds(name, script, skipped));
        });
    }

    private static void holds(String name, ScriptFile script, SkipList skipped) throws IOException {
        RUN.add(name);
        ScriptResult result = script.attempt();
        Optional<String> whole = skipped.script(script.family(), name);
        if (whole.isPresent()) {
            assertFalse(result.failures().isEmpty(), name + " passes, and is on the skip list: " + whole.get());
            abort(whole.get());
        }
        var unexpected = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (ScriptResult.Failure failure : result.failures()) {
            int line = failure.position().line();
            Optional<String> reason = skipped.assertion(name, line);
            reason.ifPresent(why -> {
                MET.add(name + ":" + line);
                expected.add(line + ": " + why);
            });
            if (reason.isEmpty()) {
                unexpected.add(failure.text());
            }
        }
        assertEquals(List.of(), unexpected, () -> String.join(System.lineSeparator(), unexpected));
        assertTrue(result.passed() > 0, name + " asserts nothing");
        if (!expected.isEmpty()) {
            abort(result.passed() + " assertions hold; skipped: " + String.join("; ", expected));
        }
    }

    /** A skipped assertion that holds must leave the list. */
    @AfterAll
    static void nothingOnTheSkipListHolds() throws IOException {
        var left = new HashSet<String>();
        for (String entry : SkipList.read("core-spec.skip").reasons().keySet()) {
            int colon = entry.lastIndexOf(':');
            if (colon > 0 && !entry.startsWith("family:") && RUN.contains(entry.substring(0, colon))) {
                left.add(entry);
            }
        }
        left.removeAll(MET);
        assertEquals("", left.stream().sorted().collect(Collectors.joining(", ")), "on the skip list, and they hold");
    }
}
