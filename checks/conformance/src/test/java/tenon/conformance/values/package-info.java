/** Values of random types on their way through components, in both forms of the Canonical ABI. */
@org.jspecify.annotations.NullMarked
package tenon.conformance.values;
