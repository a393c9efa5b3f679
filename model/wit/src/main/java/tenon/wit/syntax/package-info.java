/**
 * The grammar of WIT: a text comes in as {@link tenon.wit.syntax.Source}, goes through {@link tenon.wit.syntax.Lexer} and {@link
 * tenon.wit.syntax.Parser}, and goes out as a {@link tenon.wit.syntax.WitFile}, names as written and each with its place. What the names
 * mean is found next door, in {@code tenon.wit.resolve}.
 */
package tenon.wit.syntax;
