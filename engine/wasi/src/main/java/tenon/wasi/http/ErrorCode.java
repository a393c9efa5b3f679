package tenon.wasi.http;

import java.util.Optional;
import tenon.wasi.io.IoError;

/**
 * {@code wasi:http/types.error-code}: why a request or a response failed. Immutable.
 *
 * <p>The cases stand in the order of the WIT, which is the order of the discriminants.
 */
public sealed interface ErrorCode extends IoError.Detail {
    /** {@code DNS-timeout}. */
    record DnsTimeout() implements ErrorCode {}

    /** {@code DNS-error}. */
    record DnsError(DnsErrorPayload payload) implements ErrorCode {}

    /** {@code destination-not-found}. */
    record DestinationNotFound() implements ErrorCode {}

    /** {@code destination-unavailable}. */
    record DestinationUnavailable() implements ErrorCode {}

    /** {@code destination-IP-prohibited}. */
    record DestinationIpProhibited() implements ErrorCode {}

    /** {@code destination-IP-unroutable}. */
    record DestinationIpUnroutable() implements ErrorCode {}

    /** {@code connection-refused}. */
    record ConnectionRefused() implements ErrorCode {}

    /** {@code connection-terminated}. */
    record ConnectionTerminated() implements ErrorCode {}

    /** {@code connection-timeout}. */
    record ConnectionTimeout() implements ErrorCode {}

    /** {@code connection-read-timeout}. */
    record ConnectionReadTimeout() implements ErrorCode {}

    /** {@code connection-write-timeout}. */
    record ConnectionWriteTimeout() implements ErrorCode {}

    /** {@code connection-limit-reached}. */
    record ConnectionLimitReached() implements ErrorCode {}

    /** {@code TLS-protocol-error}. */
    record TlsProtocolError() implements ErrorCode {}

    /** {@code TLS-certificate-error}. */
    record TlsCertificateError() implements ErrorCode {}

    /** {@code TLS-alert-received}. */
    record TlsAlertReceived(TlsAlertReceivedPayload payload) implements ErrorCode {}

    /** {@code HTTP-request-denied}. */
    record HttpRequestDenied() implements ErrorCode {}

    /** {@code HTTP-request-length-required}. */
    record HttpRequestLengthRequired() implements ErrorCode {}

    /** {@code HTTP-request-body-size}. */
    record HttpRequestBodySize(Optional<Long> bytes) implements ErrorCode {}

    /** {@code HTTP-request-method-invalid}. */
    record HttpRequestMethodInvalid() implements ErrorCode {}

    /** {@code HTTP-request-URI-invalid}. */
    record HttpRequestUriInvalid() implements ErrorCode {}

    /** {@code HTTP-request-URI-too-long}. */
    record HttpRequestUriTooLong() implements ErrorCode {}

    /** {@code HTTP-request-header-section-size}. */
    record HttpRequestHeaderSectionSize(Optional<Integer> bytes) implements ErrorCode {}

    /** {@code HTTP-request-header-size}. */
    record HttpRequestHeaderSize(Optional<FieldSizePayload> field) implements ErrorCode {}

    /** {@code HTTP-request-trailer-section-size}. */
    record HttpRequestTrailerSectionSize(Optional<Integer> bytes) implements ErrorCode {}

    /** {@code HTTP-request-trailer-size}. */
    record HttpRequestTrailerSize(FieldSizePayload field) implements ErrorCode {}

    /** {@code HTTP-response-incomplete}. */
    record HttpResponseIncomplete() implements ErrorCode {}

    /** {@code HTTP-response-header-section-size}. */
    record HttpResponseHeaderSectionSize(Optional<Integer> bytes) implements ErrorCode {}

    /** {@code HTTP-response-header-size}. */
    record HttpResponseHeaderSize(FieldSizePayload field) implements ErrorCode {}

    /** {@code HTTP-response-body-size}. */
    record HttpResponseBodySize(Optional<Long> bytes) implements ErrorCode {}

    /** {@code HTTP-response-trailer-section-size}. */
    record HttpResponseTrailerSectionSize(Optional<Integer> bytes) implements ErrorCode {}

    /** {@code HTTP-response-trailer-size}. */
    record HttpResponseTrailerSize(FieldSizePayload field) implements ErrorCode {}

    /** {@code HTTP-response-transfer-coding}. */
    record HttpResponseTransferCoding(Optional<String> coding) implements ErrorCode {}

    /** {@code HTTP-response-content-coding}. */
    record HttpResponseContentCoding(Optional<String> coding) implements ErrorCode {}

    /** {@code HTTP-response-timeout}. */
    record HttpResponseTimeout() implements ErrorCode {}

    /** {@code HTTP-upgrade-failed}. */
    record HttpUpgradeFailed() implements ErrorCode {}

    /** {@code HTTP-protocol-error}. */
    record HttpProtocolError() implements ErrorCode {}

    /** {@code loop-detected}. */
    record LoopDetected() implements ErrorCode {}

    /** {@code configuration-error}. */
    record ConfigurationError() implements ErrorCode {}

    /** {@code internal-error}. */
    record InternalError(Optional<String> description) implements ErrorCode {}

    /** What {@code DNS-error} says: the code's name, and the extended code of RFC 8914. */
    record DnsErrorPayload(Optional<String> rcode, Optional<Short> infoCode) {}

    /** What {@code TLS-alert-received} says. */
    record TlsAlertReceivedPayload(Optional<Byte> alertId, Optional<String> alertMessage) {}

    /** Which field was too big, and its size in bytes. */
    record FieldSizePayload(Optional<String> fieldName, Optional<Integer> fieldSize) {}

    /** {@code internal-error} with a description. */
    static ErrorCode internal(String description) {
        return new InternalError(Optional.of(description));
    }

    /** The same, as the error of a stream. */
    default IoError asIoError() {
        return IoError.of(toString(), this);
    }
}
