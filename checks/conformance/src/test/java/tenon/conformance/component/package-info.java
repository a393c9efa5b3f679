/**
 * Judges the reader of components by real ones, by the binaries of the suites' scripts and by mutated bytes, and WAVE by its suite. In
 * comes the folder {@code shared}; what is not there is skipped by name.
 */
package tenon.conformance.component;
