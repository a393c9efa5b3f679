package tenon.wasi.http;

import java.util.Optional;
import tenon.wasi.io.IoError;

/** From the errors of streams back to the codes of {@code wasi:http}. */
final class ErrorCodes {
    private ErrorCodes() {}

    /** The code that stands behind an error, or {@code internal-error}. */
    static ErrorCode of(IoError error) {
        return behind(error).orElseGet(() -> ErrorCode.internal(error.description()));
    }

    /** The code that stands behind an error, if it came from here: {@code http-error-code}. */
    static Optional<ErrorCode> behind(IoError error) {
        return error.detail().filter(ErrorCode.class::isInstance).map(ErrorCode.class::cast);
    }
}
