package tenon.wasi.filesystem;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;

/** An operation that ends with an error code; never leaves this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the system's C library calls its errors, where the JDK has no exception of its own for them. */
    private static final Map<String, ErrorCode> BY_REASON = Map.ofEntries(
            Map.entry("Not a directory", ErrorCode.NOT_DIRECTORY),
            Map.entry("Is a directory", ErrorCode.IS_DIRECTORY),
            Map.entry("Too many levels of symbolic links", ErrorCode.LOOP),
            Map.entry("No space left on device", ErrorCode.INSUFFICIENT_SPACE),
            Map.entry("Read-only file system", ErrorCode.READ_ONLY),
            Map.entry("File name too long", ErrorCode.NAME_TOO_LONG),
            Map.entry("Operation not permitted", ErrorCode.NOT_PERMITTED),
            Map.entry("Permission denied", ErrorCode.ACCESS),
            Map.entry("Invalid argument", ErrorCode.INVALID),
            Map.entry("Device or resource busy", ErrorCode.BUSY),
            Map.entry("Disk quota exceeded", ErrorCode.QUOTA),
            Map.entry("File too large", ErrorCode.FILE_TOO_LARGE),
            Map.entry("Invalid cross-device link", ErrorCode.CROSS_DEVICE),
            Map.entry("Directory not empty", ErrorCode.NOT_EMPTY),
            Map.entry("Text file busy", ErrorCode.TEXT_FILE_BUSY),
            Map.entry("Too many links", ErrorCode.TOO_MANY_LINKS),
            Map.entry("Too many open files", ErrorCode.INSUFFICIENT_MEMORY),
            Map.entry("Broken pipe", ErrorCode.PIPE),
            Map.entry("Stale file handle", ErrorCode.BAD_DESCRIPTOR));

    private final ErrorCode code;

    RefusedException(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    RefusedException(IOException cause) {
        super(cause);
        this.code = codeOf(cause);
    }

    ErrorCode code() {
        return code;
    }

    static RefusedException badPath(InvalidPathException cause) {
        assert cause.getInput() != null;
        return new RefusedException(ErrorCode.ILLEGAL_BYTE_SEQUENCE);
    }

    static ErrorCode codeOf(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> ErrorCode.NO_ENTRY;
            case FileAlreadyExistsException _ -> ErrorCode.EXIST;
            case DirectoryNotEmptyException _ -> ErrorCode.NOT_EMPTY;
            case AccessDeniedException _ -> ErrorCode.ACCESS;
            case NotDirectoryException _ -> ErrorCode.NOT_DIRECTORY;
            case AtomicMoveNotSupportedException _ -> ErrorCode.CROSS_DEVICE;
            case FileSystemLoopException _ -> ErrorCode.LOOP;
            case ClosedChannelException _ -> ErrorCode.BAD_DESCRIPTOR;
            case FileSystemException other -> byReason(Optional.ofNullable(other.getReason()));
            default -> byReason(Optional.ofNullable(failure.getMessage()));
        };
    }

    private static ErrorCode byReason(Optional<String> reason) {
        String text = reason.orElse("");
        return BY_REASON.entrySet().stream()
                .filter(entry -> text.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ErrorCode.IO);
    }
}
