/**
 * Runs scripts: directives of {@code tenon.text.script} come in, a {@link tenon.script.ScriptResult} goes out. Modules are
 * compiled and run by {@code tenon.core}; suites of many files with a manifest are {@link tenon.script.Suite}s.
 */
package tenon.script;
