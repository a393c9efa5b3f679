/**
 * Characters to tokens: WebAssembly 3.0, "Lexical Format" and "Values" of chapter "Text Format". A {@code Source} comes in,
 * {@code Tokens} go out, and a {@code Cursor} walks over them; next is {@code tenon.text.core}.
 */
package tenon.text.lex;
