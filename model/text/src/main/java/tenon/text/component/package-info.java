/**
 * Component text to binary: the grammar of Explainer.md of the Component Model, encoded as Binary.md says. Tokens come in from {@code
 * tenon.text.lex}, core modules are left to {@code tenon.text.core}; {@code tenon.text.script} is next.
 *
 * <p>A text is read once from front to back: each definition is written when it has been read, behind the types and aliases that it is
 * sugar for. So identifiers mean what stands in front of them, as indices do.
 */
package tenon.text.component;
