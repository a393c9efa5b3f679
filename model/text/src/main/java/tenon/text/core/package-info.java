/**
 * A core module's text to its binary: WebAssembly 3.0, "Modules" and "Instructions" of chapter "Text Format", with all
 * abbreviations. Tokens come in from {@code tenon.text.lex}; a first pass gives every field its index, a second one writes the
 * sections. One file per kind of field.
 */
package tenon.text.core;
