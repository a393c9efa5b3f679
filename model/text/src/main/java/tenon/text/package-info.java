/** WebAssembly text to binary and back: {@link tenon.text.Wat}. Scripts are next door, in {@code tenon.text.script}. */
package tenon.text;
