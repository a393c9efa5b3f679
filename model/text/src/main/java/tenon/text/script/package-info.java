/**
 * Scripts: a {@code .wast} text comes in, a list of directives goes out. A runner ({@code engine/script}) executes them; the
 * modules inside are encoded only when it asks for their bytes.
 */
package tenon.text.script;
