/**
 * {@code wasi:filesystem}: directories that were granted, and what is below them. A path is walked component by component from an
 * open directory, never by name from the root, so that a check and the use of what was checked are one operation. Stands on
 * {@code tenon.wasi.io} and {@code tenon.wasi.clocks}.
 */
package tenon.wasi.filesystem;
