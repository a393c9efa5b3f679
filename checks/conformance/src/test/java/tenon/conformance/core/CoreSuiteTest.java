package tenon.conformance.core;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.conformance.suite.ScriptSuites;

/** Every assertion of the suites of core WebAssembly holds, but for those on the skip lists, and they do not. */
@Tag("suite")
class CoreSuiteTest {
    private static final ScriptSuites SUITES =
            new ScriptSuites(CoreSuiteTest.class, List.of("core-spec", "wasmtime-core"));

    @TestFactory
    Stream<DynamicContainer> scriptsHold() {
        return SUITES.tests();
    }

    @AfterAll
    static void nothingOnTheSkipListHolds() throws IOException {
        SUITES.requireThatNothingSkippedHolds();
    }
}
