/**
 * The manifest of an application, {@code spin.toml} of Spin, version 2 and the older version 1: {@link
 * tenon.app.manifest.ManifestReader} makes a {@link tenon.app.manifest.Manifest} of it, the same records for both versions.
 *
 * <p>A record for each table of the manifest. What Spin knows and a host may not serve yet (triggers of other types, Wagi,
 * registries, middleware, tools …) is in the records, with its place, so that a host refuses it by name.
 */
package tenon.app.manifest;
