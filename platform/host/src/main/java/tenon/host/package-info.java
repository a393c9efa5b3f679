/**
 * Serving components: a component and {@link tenon.host.ServeOptions} come in, a running {@link tenon.host.HttpService} goes out.
 * The HTTP library stays next door, in {@code tenon.host.http}.
 */
package tenon.host;
