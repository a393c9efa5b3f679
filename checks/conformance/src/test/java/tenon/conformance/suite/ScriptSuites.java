package tenon.conformance.suite;

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
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import tenon.script.ScriptFile;
import tenon.script.ScriptResult;
import tenon.testing.SharedFolder;

/**
 * Suites of one test class: every assertion of their scripts holds, but for those on the skip list {@code SUITE.skip} beside the class,
 * and they do not.
 */
public final class ScriptSuites {
    private final Class<?> test;
    private final List<String> suites;

    /** Entries of the list for single assertions that a script has met. */
    private final Set<String> met = ConcurrentHashMap.newKeySet();

    private final Set<String> run = ConcurrentHashMap.newKeySet();

    public ScriptSuites(Class<?> test, List<String> suites) {
        this.test = test;
        this.suites = List.copyOf(suites);
    }

    /** One test for each script. */
    public Stream<DynamicContainer> tests() {
        return suites.stream().map(suite -> DynamicContainer.dynamicContainer(suite, scripts(suite)));
    }

    private Stream<DynamicTest> scripts(String suite) {
        Optional<Path> folder = SharedFolder.find("conformance/" + suite);
        if (folder.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent("conformance/" + suite))));
        }
        try {
            var skipped = SkipList.read(test, suite + ".skip");
            return ScriptFile.in(folder.get()).stream().map(script -> {
                String name = folder.get().relativize(script.path()).toString().replaceFirst("\\.wast$", "");
                return DynamicTest.dynamicTest(name, () -> holds(suite, name, script, skipped));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void holds(String suite, String name, ScriptFile script, SkipList skipped) throws IOException {
        if (script.superseded()) {
            abort("superseded by another suite");
        }
        run.add(suite + "/" + name);
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
                met.add(suite + "/" + name + ":" + line);
                expected.add(line + ": " + why);
            });
            if (reason.isEmpty()) {
                unexpected.add(failure.text());
            }
        }
        assertEquals(List.of(), unexpected, () -> String.join(System.lineSeparator(), unexpected));
        assertTrue(result.passed() > 0 || !expected.isEmpty(), name + " asserts nothing");
        if (!expected.isEmpty()) {
            abort(result.passed() + " assertions hold; skipped: " + String.join("; ", expected));
        }
    }

    /** When all have run: a skipped assertion that holds must leave the list. */
    public void requireThatNothingSkippedHolds() throws IOException {
        var left = new HashSet<String>();
        for (String suite : suites) {
            for (String entry : SkipList.read(test, suite + ".skip").reasons().keySet()) {
                int colon = entry.lastIndexOf(':');
                if (colon > 0
                        && !entry.startsWith("family:")
                        && run.contains(suite + "/" + entry.substring(0, colon))) {
                    left.add(suite + "/" + entry);
                }
            }
        }
        left.removeAll(met);
        assertEquals("", left.stream().sorted().collect(Collectors.joining(", ")), "on the skip list, and they hold");
    }
}
