/** Suites of command lines: what other tools do, done by {@code tenon}. */
@org.jspecify.annotations.NullMarked
package tenon.conformance.cli;
