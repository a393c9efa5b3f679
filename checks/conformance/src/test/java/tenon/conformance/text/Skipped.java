package tenon.conformance.text;

import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.DynamicTest;

/** A test that says why it does not run. */
final class Skipped {
    private Skipped() {}

    static DynamicTest test(String name, String reason) {
        return DynamicTest.dynamicTest(name, () -> abort(reason));
    }
}
