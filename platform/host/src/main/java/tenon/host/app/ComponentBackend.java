package tenon.host.app;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tenon.app.outbound.AllowedHosts;
import tenon.host.HandlerBackend;
import tenon.host.RequestHandler;
import tenon.runtime.value.Result;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.OutboundPolicy;
import tenon.wasi.http.RequestHead;
import tenon.wasi.http.Scheme;
import tenon.wasi.io.Readiness;

/**
 * Where a component's requests go: {@code http://ID.spin.internal} to another component of the application, all else outside. Thread-safe.
 *
 * <p>Policy: what {@code allowed_outbound_hosts} names, either way. A name below {@code spin.internal} is never looked up.
 *
 * @param outside already under the same policy
 * @param components those that answer requests, by the id in lower case; complete once the application has started
 */
record ComponentBackend(
        OutboundPolicy policy, HttpBackend outside, HandlerBackend inside, Map<String, RequestHandler> components)
        implements HttpBackend {
    private static final String INTERNAL = "." + AllowedHosts.INTERNAL;

    @Override
    public Result<Exchange, ErrorCode> begin(RequestHead head, Readiness readiness, Listener listener) {
        Optional<OutboundPolicy.Target> internal = internal(head);
        if (internal.isEmpty()) {
            return outside.begin(head, readiness, listener);
        }
        if (!policy.check(internal.get())) {
            return Result.err(new ErrorCode.HttpRequestDenied());
        }
        String host = internal.get().host();
        RequestHandler handler = components.get(host.substring(0, host.length() - INTERNAL.length()));
        if (handler == null || !(head.scheme() instanceof Scheme.Http)) {
            return Result.err(new ErrorCode.DestinationNotFound());
        }
        return inside.begin(handler, head, readiness, listener);
    }

    /** The component that is meant, if one is; a dot at the end of the name makes no difference. */
    private static Optional<OutboundPolicy.Target> internal(RequestHead head) {
        String authority = head.authority().toLowerCase(Locale.ROOT);
        int colon = authority.lastIndexOf(':');
        boolean ported = colon > authority.lastIndexOf(']');
        String host = ported ? authority.substring(0, colon) : authority;
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (!bare.endsWith(INTERNAL)) {
            return Optional.empty();
        }
        int own = head.scheme() instanceof Scheme.Https ? 443 : 80;
        int port = ported ? Integer.parseInt(authority.substring(colon + 1)) : own;
        return Optional.of(new OutboundPolicy.Target(head.scheme(), bare, port));
    }
}
