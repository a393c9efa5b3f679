/** The types of core WebAssembly 3.0, section "Types": value, reference, composite and external types. Immutable. */
package tenon.types.core;
