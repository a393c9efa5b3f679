package tenon.wasi.filesystem;

import tenon.wasi.io.IoError;

/** {@code wasi:filesystem/types.error-code}, in the order of the WIT. */
public enum ErrorCode implements IoError.Detail {
    /** {@code access}. */
    ACCESS,
    /** {@code would-block}. */
    WOULD_BLOCK,
    /** {@code already}. */
    ALREADY,
    /** {@code bad-descriptor}. */
    BAD_DESCRIPTOR,
    /** {@code busy}. */
    BUSY,
    /** {@code deadlock}. */
    DEADLOCK,
    /** {@code quota}. */
    QUOTA,
    /** {@code exist}. */
    EXIST,
    /** {@code file-too-large}. */
    FILE_TOO_LARGE,
    /** {@code illegal-byte-sequence}. */
    ILLEGAL_BYTE_SEQUENCE,
    /** {@code in-progress}. */
    IN_PROGRESS,
    /** {@code interrupted}. */
    INTERRUPTED,
    /** {@code invalid}. */
    INVALID,
    /** {@code io}. */
    IO,
    /** {@code is-directory}. */
    IS_DIRECTORY,
    /** {@code loop}. */
    LOOP,
    /** {@code too-many-links}. */
    TOO_MANY_LINKS,
    /** {@code message-size}. */
    MESSAGE_SIZE,
    /** {@code name-too-long}. */
    NAME_TOO_LONG,
    /** {@code no-device}. */
    NO_DEVICE,
    /** {@code no-entry}. */
    NO_ENTRY,
    /** {@code no-lock}. */
    NO_LOCK,
    /** {@code insufficient-memory}. */
    INSUFFICIENT_MEMORY,
    /** {@code insufficient-space}. */
    INSUFFICIENT_SPACE,
    /** {@code not-directory}. */
    NOT_DIRECTORY,
    /** {@code not-empty}. */
    NOT_EMPTY,
    /** {@code not-recoverable}. */
    NOT_RECOVERABLE,
    /** {@code unsupported}. */
    UNSUPPORTED,
    /** {@code no-tty}. */
    NO_TTY,
    /** {@code no-such-device}. */
    NO_SUCH_DEVICE,
    /** {@code overflow}. */
    OVERFLOW,
    /** {@code not-permitted}. */
    NOT_PERMITTED,
    /** {@code pipe}. */
    PIPE,
    /** {@code read-only}. */
    READ_ONLY,
    /** {@code invalid-seek}. */
    INVALID_SEEK,
    /** {@code text-file-busy}. */
    TEXT_FILE_BUSY,
    /** {@code cross-device}. */
    CROSS_DEVICE
}
