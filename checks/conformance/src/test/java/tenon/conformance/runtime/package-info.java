/** Real components linked, instantiated and called. */
package tenon.conformance.runtime;
