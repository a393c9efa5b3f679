/** Suites of scripts, run as they are, with lists of what is skipped. */
package tenon.conformance.suite;
