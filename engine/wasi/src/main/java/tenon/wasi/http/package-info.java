/**
 * {@code wasi:http}: requests and responses, both ways, with streamed bodies and trailers. In come the backends
 * {@link tenon.wasi.http.ResponseSender} (how an answer leaves), {@link tenon.wasi.http.HttpBackend} (how a request leaves),
 * {@link tenon.wasi.http.BodySource} and {@link tenon.wasi.http.BodySink}; out go the resources that guests hold. Stands on
 * {@code tenon.wasi.io}; the module {@code host} implements the backends.
 */
package tenon.wasi.http;
