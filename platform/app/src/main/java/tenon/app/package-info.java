/**
 * What is said about a manifest, and where: the ground on which the other packages stand. Next: {@code tenon.app.toml} reads the
 * text, {@code tenon.app.manifest} makes records of it.
 */
package tenon.app;
