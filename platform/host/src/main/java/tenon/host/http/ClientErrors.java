package tenon.host.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import tenon.wasi.http.ErrorCode;

/** What a failure of the client side of a connection means. */
final class ClientErrors {
    private static final String ALERT = "Received fatal alert: ";

    private ClientErrors() {}

    /** Before the head of the response came. */
    static ErrorCode beforeHead(Throwable failure) {
        return switch (failure) {
            case TimeUp up -> up.code();
            case HttpOutside.RefusedException _ -> new ErrorCode.DestinationIpProhibited();
            case UnknownHostException _ -> dns();
            case UnresolvedAddressException _ -> dns();
            case NoRouteToHostException _ -> new ErrorCode.DestinationIpUnroutable();
            case SocketTimeoutException _ -> new ErrorCode.ConnectionTimeout();
            case ConnectException _ -> new ErrorCode.ConnectionRefused();
            case TimeoutException _ -> new ErrorCode.ConnectionReadTimeout();
            case SSLException tls -> tls(tls);
            case EOFException _ -> new ErrorCode.ConnectionTerminated();
            case ClosedChannelException _ -> new ErrorCode.ConnectionTerminated();
            case RejectedExecutionException _ -> new ErrorCode.ConnectionLimitReached();
            case HttpException _ -> new ErrorCode.HttpProtocolError();
            case HttpResponseException _ -> new ErrorCode.HttpProtocolError();
            case IOException _ -> new ErrorCode.ConnectionTerminated();
            default -> ErrorCode.internal(String.valueOf(failure.getMessage()));
        };
    }

    /** After it: the same, but a connection that ends leaves the response incomplete. */
    static ErrorCode inBody(Throwable failure) {
        ErrorCode code = beforeHead(failure);
        return code instanceof ErrorCode.ConnectionTerminated ? new ErrorCode.HttpResponseIncomplete() : code;
    }

    private static ErrorCode dns() {
        return new ErrorCode.DnsError(
                new ErrorCode.DnsErrorPayload(Optional.of("address not available"), Optional.empty()));
    }

    private static ErrorCode tls(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new ErrorCode.TlsCertificateError();
            }
        }
        String message = String.valueOf(failure.getMessage());
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            String name = message.substring(alert + ALERT.length());
            return new ErrorCode.TlsAlertReceived(
                    new ErrorCode.TlsAlertReceivedPayload(Optional.empty(), Optional.of(name)));
        }
        return new ErrorCode.TlsProtocolError();
    }

    /** One of the guest's own timeouts ran out. */
    static final class TimeUp extends TimeoutException {
        private static final long serialVersionUID = 1L;

        private final transient ErrorCode code;

        TimeUp(ErrorCode code) {
            super(code.toString());
            this.code = code;
        }

        ErrorCode code() {
            return code;
        }
    }
}
