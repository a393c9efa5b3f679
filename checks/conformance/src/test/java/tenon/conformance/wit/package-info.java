/** The suites of WIT: what is accepted and what it means, and what is refused and where. */
package tenon.conformance.wit;
