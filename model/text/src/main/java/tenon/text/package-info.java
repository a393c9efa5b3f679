/** WebAssembly text to binary: {@link tenon.text.Wat}. Scripts are next door, in {@code tenon.text.script}. */
package tenon.text;
