/** What every module shares: the family of errors and the places they point at. Core types are next door, in {@code tenon.types.core}. */
package tenon.types;
