/** The HTTP library behind the backends of {@code tenon.wasi.http}: the server's exchange, the client's, and both kinds of body. */
package tenon.host.http;
