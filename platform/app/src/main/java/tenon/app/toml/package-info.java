/**
 * TOML 1.0 as records, each value with its place: text in, {@link tenon.app.toml.TomlValue.TomlTable} out. The only package that
 * knows the TOML library.
 */
package tenon.app.toml;
