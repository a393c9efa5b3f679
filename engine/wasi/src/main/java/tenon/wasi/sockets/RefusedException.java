package tenon.wasi.sockets;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation that ends with an error code; never leaves this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the system's C library calls its errors, where the JDK has no exception of its own for them. */
    private static final Map<String, ErrorCode> BY_REASON = Map.ofEntries(
            Map.entry("Address already in use", ErrorCode.ADDRESS_IN_USE),
            Map.entry("Cannot assign requested address", ErrorCode.ADDRESS_NOT_BINDABLE),
            Map.entry("Permission denied", ErrorCode.ACCESS_DENIED),
            Map.entry("Operation not permitted", ErrorCode.ACCESS_DENIED),
            Map.entry("Connection refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("Connection reset", ErrorCode.CONNECTION_RESET),
            Map.entry("Software caused connection abort", ErrorCode.CONNECTION_ABORTED),
            Map.entry("Connection timed out", ErrorCode.TIMEOUT),
            Map.entry("Network is unreachable", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("Network is down", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("No route to host", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("Host is down", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("Message too long", ErrorCode.DATAGRAM_TOO_LARGE),
            Map.entry("Too many open files", ErrorCode.NEW_SOCKET_LIMIT),
            Map.entry("No buffer space available", ErrorCode.OUT_OF_MEMORY),
            Map.entry("Cannot allocate memory", ErrorCode.OUT_OF_MEMORY),
            Map.entry("Invalid argument", ErrorCode.INVALID_ARGUMENT),
            Map.entry("Operation not supported", ErrorCode.NOT_SUPPORTED),
            Map.entry("Protocol not available", ErrorCode.NOT_SUPPORTED),
            Map.entry("Address family not supported", ErrorCode.NOT_SUPPORTED));

    private final ErrorCode code;

    RefusedException(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    RefusedException(ErrorCode code, Exception cause) {
        super(code.name(), cause);
        this.code = code;
    }

    RefusedException(IOException cause) {
        this(codeOf(cause), cause);
    }

    ErrorCode code() {
        return code;
    }

    static ErrorCode codeOf(IOException failure) {
        ErrorCode named = byReason(failure.getMessage());
        if (named != ErrorCode.UNKNOWN) {
            return named;
        }
        return switch (failure) {
            case PortUnreachableException _ -> ErrorCode.CONNECTION_REFUSED;
            case NoRouteToHostException _ -> ErrorCode.REMOTE_UNREACHABLE;
            case ConnectException _ -> ErrorCode.CONNECTION_REFUSED;
            case BindException _ -> ErrorCode.ADDRESS_NOT_BINDABLE;
            case ClosedChannelException _ -> ErrorCode.INVALID_STATE;
            default -> ErrorCode.UNKNOWN;
        };
    }

    private static ErrorCode byReason(@Nullable String reason) {
        String text = reason == null ? "" : reason;
        return BY_REASON.entrySet().stream()
                .filter(entry -> text.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ErrorCode.UNKNOWN);
    }
}
