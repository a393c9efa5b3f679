package tenon.wasi.sockets;

/** {@code wasi:sockets/tcp.shutdown-type}, in the order of the WIT. */
public enum ShutdownType {
    /** {@code receive}. */
    RECEIVE,
    /** {@code send}. */
    SEND,
    /** {@code both}. */
    BOTH
}
