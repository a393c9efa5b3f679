/**
 * {@code wasi:io}: errors, pollables, byte streams. In come backends, {@link tenon.wasi.io.ByteSource} and
 * {@link tenon.wasi.io.ByteSink}; out go the resources that guests hold. All waiting goes through
 * {@link tenon.wasi.io.Readiness}. Every other package of this module stands on this one.
 */
package tenon.wasi.io;
