package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.script.ScriptFile;
import tenon.script.ScriptResult;
import tenon.testing.SharedFolder;

/** Every assertion of the suites of core WebAssembly holds, but for those on the skip lists, and they do not. */
@Tag("suite")
class CoreSuiteTest {
    private static final List<String> SUITES = List.of("core-spec", "wasmtime-core");

    /** Entries of the list for single assertions that a script has met. */
    private static final Set<String> MET = ConcurrentHashMap.newKeySet();

    private static final Set<String> RUN = ConcurrentHashMap.newKeySet();

    @TestFactory
    Stream<DynamicContainer> scriptsHold() {
        return SUITES.stream().map(suite -> DynamicContainer.dynamicContainer(suite, scripts(suite)));
    }

    private static Stream<DynamicTest> scripts(String suite) {
        Optional<Path> folder = SharedFolder.find("conformance/" + suite);
        if (folder.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent("conformance/" + suite))));
        }
        try {
            var skipped = SkipList.read(suite + ".skip");
            return ScriptFile.in(folder.get()).stream().map(script -> {
                String name = folder.get().relativize(script.path()).toString().replaceFirst("\\.wast$", "");
                return DynamicTest.dynamicTest(name, () -> holds(suite, name, script, skipped));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void holds(String suite, String name, ScriptFile script, SkipList skipped) throws IOException {
        RUN.add(suite + "/" + name);
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
                MET.add(suite + "/" + name + ":" + line);
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
        for (String suite : SUITES) {
            for (String entry : SkipList.read(suite + ".skip").reasons().keySet()) {
                int colon = entry.lastIndexOf(':');
                if (colon > 0
                        && !entry.startsWith("family:")
                        && RUN.contains(suite + "/" + entry.substring(0, colon))) {
                    left.add(suite + "/" + entry);
                }
            }
        }
        left.removeAll(MET);
        assertEquals("", left.stream().sorted().collect(Collectors.joining(", ")), "on the skip list, and they hold");
    }
}
