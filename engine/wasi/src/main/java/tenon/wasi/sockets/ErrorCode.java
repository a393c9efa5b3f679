package tenon.wasi.sockets;

import tenon.wasi.io.IoError;

/** {@code wasi:sockets/network.error-code}, in the order of the WIT. */
public enum ErrorCode implements IoError.Detail {
    /** {@code unknown}. */
    UNKNOWN,
    /** {@code access-denied}. */
    ACCESS_DENIED,
    /** {@code not-supported}. */
    NOT_SUPPORTED,
    /** {@code invalid-argument}. */
    INVALID_ARGUMENT,
    /** {@code out-of-memory}. */
    OUT_OF_MEMORY,
    /** {@code timeout}. */
    TIMEOUT,
    /** {@code concurrency-conflict}. */
    CONCURRENCY_CONFLICT,
    /** {@code not-in-progress}. */
    NOT_IN_PROGRESS,
    /** {@code would-block}. */
    WOULD_BLOCK,
    /** {@code invalid-state}. */
    INVALID_STATE,
    /** {@code new-socket-limit}. */
    NEW_SOCKET_LIMIT,
    /** {@code address-not-bindable}. */
    ADDRESS_NOT_BINDABLE,
    /** {@code address-in-use}. */
    ADDRESS_IN_USE,
    /** {@code remote-unreachable}. */
    REMOTE_UNREACHABLE,
    /** {@code connection-refused}. */
    CONNECTION_REFUSED,
    /** {@code connection-reset}. */
    CONNECTION_RESET,
    /** {@code connection-aborted}. */
    CONNECTION_ABORTED,
    /** {@code datagram-too-large}. */
    DATAGRAM_TOO_LARGE,
    /** {@code name-unresolvable}. */
    NAME_UNRESOLVABLE,
    /** {@code temporary-resolver-failure}. */
    TEMPORARY_RESOLVER_FAILURE,
    /** {@code permanent-resolver-failure}. */
    PERMANENT_RESOLVER_FAILURE
}
