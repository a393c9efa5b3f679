package tenon.wasi.http;

/** {@code wasi:http/types.header-error}. Immutable. */
public sealed interface HeaderError {
    /** A name or value is not one. */
    record InvalidSyntax() implements HeaderError {}

    /** The name belongs to the host: it decides how messages are framed and routed. */
    record Forbidden() implements HeaderError {}

    /** These fields cannot be changed. */
    record Immutable() implements HeaderError {}
}
