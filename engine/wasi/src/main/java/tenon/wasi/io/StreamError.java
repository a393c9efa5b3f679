package tenon.wasi.io;

/** {@code wasi:io/streams.stream-error}. Immutable. */
public sealed interface StreamError {
    /** The last operation failed; from now on the stream is closed. */
    record LastOperationFailed(IoError error) implements StreamError {}

    /** The stream is closed. */
    record Closed() implements StreamError {}
}
