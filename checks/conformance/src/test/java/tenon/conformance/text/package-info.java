/** The text format, judged by the scripts of the suites in {@code ../shared/conformance}: what is read, what is refused. */
package tenon.conformance.text;
