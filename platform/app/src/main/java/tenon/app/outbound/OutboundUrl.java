package tenon.app.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What of a URL decides whether a connection is allowed. Whoever connects goes to this host and port, and does not read the URL
 * again: two readers may find two hosts in one URL. Immutable.
 *
 * @param scheme in lower case
 * @param host an IPv6 address in brackets
 * @param port negative if none is given
 */
public record OutboundUrl(String scheme, String host, int port) {

    /** URL Standard, "special scheme": more than a slash ends their authority. */
    private static final Set<String> WEB = Set.of("http", "https", "ws", "wss");

    /** Reads a URL, with {@code defaultScheme} if it has none; empty if it has no host, or is none. */
    public static Optional<OutboundUrl> parse(String url, String defaultScheme) {
        int colon = url.indexOf("://");
        boolean schemed = colon > 0 && url.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
        String scheme = (schemed ? url.substring(0, colon) : defaultScheme).toLowerCase(Locale.ROOT);
        String rest = schemed ? url.substring(colon + 3) : url;
        // passwords of databases are written as they are, `#` and all
        String front = rest.split(WEB.contains(scheme) ? "[/?#\\\\]" : "/", 2)[0];
        String authority = front.substring(front.lastIndexOf('@') + 1).split("[?#\\\\]", 2)[0];
        int port = authority.lastIndexOf(':');
        boolean ported = port > authority.lastIndexOf(']');
        String host = ported ? authority.substring(0, port) : authority;
        String digits = ported ? authority.substring(port + 1) : "";
        if (UrlHost.parse(host).isEmpty() || !digits.matches("[0-9]{0,5}")) {
            return Optional.empty();
        }
        int number = digits.isEmpty() ? -1 : Integer.parseInt(digits);
        return number > 65_535 ? Optional.empty() : Optional.of(new OutboundUrl(scheme, host, number));
    }
}
