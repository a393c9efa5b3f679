package tenon.host.http;

import tenon.wasi.http.ErrorCode;

/** Which status tells a client of an {@code error-code} that the guest gave instead of a response. Immutable. */
public final class ErrorStatus {
    private ErrorStatus() {}

    /** The status, 400 to 599. */
    public static int of(ErrorCode code) {
        return switch (code) {
            case ErrorCode.HttpRequestLengthRequired _ -> 411;
            case ErrorCode.HttpRequestBodySize _ -> 413;
            case ErrorCode.HttpRequestUriTooLong _ -> 414;
            case ErrorCode.HttpRequestHeaderSectionSize _,
                    ErrorCode.HttpRequestHeaderSize _,
                    ErrorCode.HttpRequestTrailerSectionSize _,
                    ErrorCode.HttpRequestTrailerSize _ -> 431;
            case ErrorCode.HttpRequestMethodInvalid _, ErrorCode.HttpRequestUriInvalid _ -> 400;
            case ErrorCode.HttpRequestDenied _, ErrorCode.DestinationIpProhibited _ -> 403;
            case ErrorCode.ConnectionLimitReached _ -> 503;
            case ErrorCode.LoopDetected _ -> 508;
            case ErrorCode.DnsTimeout _,
                    ErrorCode.ConnectionTimeout _,
                    ErrorCode.ConnectionReadTimeout _,
                    ErrorCode.ConnectionWriteTimeout _,
                    ErrorCode.HttpResponseTimeout _ -> 504;
            case ErrorCode.DnsError _,
                    ErrorCode.DestinationNotFound _,
                    ErrorCode.DestinationUnavailable _,
                    ErrorCode.DestinationIpUnroutable _,
                    ErrorCode.ConnectionRefused _,
                    ErrorCode.ConnectionTerminated _,
                    ErrorCode.TlsProtocolError _,
                    ErrorCode.TlsCertificateError _,
                    ErrorCode.TlsAlertReceived _,
                    ErrorCode.HttpResponseIncomplete _,
                    ErrorCode.HttpResponseHeaderSectionSize _,
                    ErrorCode.HttpResponseHeaderSize _,
                    ErrorCode.HttpResponseBodySize _,
                    ErrorCode.HttpResponseTrailerSectionSize _,
                    ErrorCode.HttpResponseTrailerSize _,
                    ErrorCode.HttpResponseTransferCoding _,
                    ErrorCode.HttpResponseContentCoding _,
                    ErrorCode.HttpUpgradeFailed _,
                    ErrorCode.HttpProtocolError _ -> 502;
            case ErrorCode.ConfigurationError _, ErrorCode.InternalError _ -> 500;
        };
    }
}
