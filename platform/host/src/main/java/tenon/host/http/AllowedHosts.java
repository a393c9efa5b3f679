package tenon.host.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tenon.wasi.http.OutboundPolicy;
import tenon.wasi.sockets.Locality;

/**
 * Whom guests may send requests to. Immutable.
 *
 * <p>Policy: nobody who was not named. A grant names a host, {@code *.} and a domain, or {@code *} for all, and perhaps a port;
 * without one it means the scheme's own. The addresses behind a name are judged when a connection is made, on the very address
 * that is connected to: loopback, link-local (where clouds keep their credentials), multicast and unspecified addresses need a
 * grant that names them ({@code 127.0.0.1:8080}, {@code localhost}); private networks need a grant that names the host, so that
 * {@code *} does not open the inside of a network to whoever can set a DNS record.
 */
public final class AllowedHosts implements OutboundPolicy {
    private final List<Grant> grants;

    private AllowedHosts(List<Grant> grants) {
        this.grants = List.copyOf(grants);
    }

    /**
     * From {@code HOST[:PORT]} each.
     *
     * @throws IllegalArgumentException if one is not of that form
     */
    public static AllowedHosts of(List<String> texts) {
        return new AllowedHosts(texts.stream().map(Grant::parse).toList());
    }

    @Override
    public boolean check(Target target) {
        return grant(target).isPresent();
    }

    @Override
    public boolean checkAddress(Target target, InetAddress address) {
        return grant(target).filter(grant -> grant.reaches(address)).isPresent();
    }

    /** The best grant for a host, if there is one. */
    private Optional<Grant> grant(Target target) {
        return grants.stream()
                .filter(grant -> grant.covers(target.host(), target.port(), target.ownPort()))
                .min((a, b) -> a.kind().compareTo(b.kind()));
    }

    /** How much of a host's name a grant gives; the most exact one first. */
    public enum Kind {
        /** The very name or address. */
        EXACT,
        /** All names below a domain. */
        BELOW,
        /** All names. */
        ALL
    }

    /**
     * One grant. Immutable.
     *
     * @param host in lower case, an IPv6 address without its brackets; for {@link Kind#BELOW} the domain with a leading dot
     * @param port or 0 for the scheme's own
     */
    public record Grant(Kind kind, String host, int port) {
        static Grant parse(String text) {
            int colon = text.lastIndexOf(':');
            boolean hasPort = colon > text.lastIndexOf(']') && colon == text.indexOf(':', text.lastIndexOf(']') + 1);
            String name = hasPort ? text.substring(0, colon) : text;
            int port = hasPort ? port(text, text.substring(colon + 1)) : 0;
            if (name.equals("*")) {
                return new Grant(Kind.ALL, "", port);
            }
            if (name.startsWith("*.") && name.indexOf('*', 1) < 0 && name.length() > 2) {
                return new Grant(Kind.BELOW, plain(name.substring(1)), port);
            }
            if (name.isEmpty() || name.contains("*") || name.contains("/") || name.contains("@")) {
                throw new IllegalArgumentException(
                        "`" + text + "` is no host, expected `HOST[:PORT]`, `*.DOMAIN` or `*`");
            }
            return new Grant(Kind.EXACT, plain(name), port);
        }

        private static int port(String text, String digits) {
            if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65_535 || Integer.parseInt(digits) == 0) {
                throw new IllegalArgumentException("`" + text + "` has no port after its colon, expected 1 to 65535");
            }
            return Integer.parseInt(digits);
        }

        private boolean covers(String asked, int askedPort, int ownPort) {
            String name = plain(asked);
            boolean named = switch (kind) {
                case EXACT -> name.equals(host);
                case BELOW -> name.endsWith(host) && name.length() > host.length();
                case ALL -> true;
            };
            return named && askedPort == (port == 0 ? ownPort : port);
        }

        /** Whether a connection may go to {@code address}, which the granted name stands for. */
        public boolean reaches(InetAddress address) {
            if (kind == Kind.EXACT && namesAddress()) {
                return true;
            }
            return switch (Locality.of(address)) {
                case HERE -> address.isLoopbackAddress() && kind == Kind.EXACT && host.equals("localhost");
                case INSIDE -> kind == Kind.EXACT;
                case OUTSIDE -> true;
            };
        }

        // a name of digits and dots, or with a colon, is an address: no DNS record can change it
        private boolean namesAddress() {
            return host.contains(":") || host.matches("[0-9]+(\\.[0-9]+){3}");
        }

        private static String plain(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
            String bare = bracketed ? lower.substring(1, lower.length() - 1) : lower;
            return bare.length() > 1 && bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        }
    }
}
