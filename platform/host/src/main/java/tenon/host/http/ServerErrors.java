package tenon.host.http;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import tenon.wasi.http.ErrorCode;

/** What a failure of the server side of a connection means. */
final class ServerErrors {
    private ServerErrors() {}

    static ErrorCode of(Throwable failure) {
        return switch (failure) {
            case TimeoutException _ -> new ErrorCode.ConnectionReadTimeout();
            case EOFException _ -> new ErrorCode.ConnectionTerminated();
            case ClosedChannelException _ -> new ErrorCode.ConnectionTerminated();
            case HttpException _ -> new ErrorCode.HttpProtocolError();
            case java.io.IOException _ -> new ErrorCode.ConnectionTerminated();
            default -> ErrorCode.internal(String.valueOf(failure.getMessage()));
        };
    }
}
