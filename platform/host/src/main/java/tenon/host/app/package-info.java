/**
 * Applications of several components, as a manifest describes them. In: a {@link tenon.app.manifest.Manifest}; out: a
 * {@link tenon.host.RequestHandler} that routes requests to components, each linked to what its part of the manifest grants and to nothing else.
 */
package tenon.host.app;
