/**
 * The types and names of the Component Model: value, function, instance and component types, interface names and versions, and
 * the layout arithmetic of the canonical ABI. Comes in: nothing. Goes out: the words that decoder, linker and canonical ABI share.
 * Everything is immutable. Core types are next door, in {@code tenon.types.core}.
 */
package tenon.types.component;
