package tenon.wasi.http;

import java.util.List;
import java.util.Optional;

/**
 * The head of a request that a guest sends. Immutable.
 *
 * @param authority host, and port if it is not the scheme's own
 * @param pathWithQuery starts with a slash, or is {@code *}
 * @param headers without those that the host makes
 * @param options the guest's timeouts
 */
public record RequestHead(
        Method method, Scheme scheme, String authority, String pathWithQuery, List<Field> headers, Timeouts options) {

    /** Nanoseconds, as {@code request-options} has them; none where the guest set none. Immutable. */
    public record Timeouts(Optional<Long> connect, Optional<Long> firstByte, Optional<Long> betweenBytes) {
        /** None at all. */
        public static final Timeouts NONE = new Timeouts(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
