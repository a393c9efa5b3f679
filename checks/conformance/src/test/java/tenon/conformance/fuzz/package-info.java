/** Input with random mistakes for all that reads: it is accepted, or refused with an error of ours, soon and in bounded memory. */
@org.jspecify.annotations.NullMarked
package tenon.conformance.fuzz;
