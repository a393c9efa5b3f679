package tenon.app.outbound;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tenon.app.ManifestException;
import tenon.types.Place;

/**
 * One item of {@code allowed_outbound_hosts}: {@code SCHEME://HOST[:PORT]}. Immutable.
 *
 * @param text as it was written
 * @param scheme in lower case, or {@code *}
 */
public record AllowedHost(String text, String scheme, HostRule host, PortRule port) {
    private static final Map<String, Integer> PORTS =
            Map.of("postgres", 5432, "mysql", 3306, "redis", 6379, "mqtt", 1883, "http", 80, "https", 443);
    static final String FORM = "expected `SCHEME://HOST[:PORT]`, each of them may be `*`";

    /** Which hosts. */
    public sealed interface HostRule {}

    /** {@code *}. */
    public record AnyHost() implements HostRule {
        @Override
        public String toString() {
            return "*";
        }
    }

    /** {@code self} and {@code self.alt}: the application itself, by a URL without a host. */
    public record Self() implements HostRule {
        @Override
        public String toString() {
            return "self";
        }
    }

    /** {@code *.example.com}; {@code domain} without the star and its dot. */
    public record Below(String domain) implements HostRule {
        @Override
        public String toString() {
            return "*." + domain;
        }
    }

    /** A host by its name or address. */
    public record Literal(UrlHost host) implements HostRule {
        @Override
        public String toString() {
            return host.toString();
        }
    }

    /** {@code 10.0.0.0/8}: hosts that a guest names by such an address. */
    public record Within(Network network) implements HostRule {
        @Override
        public String toString() {
            return network.toString();
        }
    }

    /** Which ports: from {@code first} up to and without {@code end}. */
    public record PortRule(int first, int end) {
        /** {@code *}. */
        public static final PortRule ANY = new PortRule(0, 1 << 16);

        /** Negative for a port that nobody knows. */
        boolean allows(int port) {
            return equals(ANY) || (port >= first && port < end);
        }

        @Override
        public String toString() {
            return equals(ANY) ? "*" : end == first + 1 ? "" + first : first + ".." + end;
        }
    }

    /** The port of a scheme; empty if it has none of its own. */
    public static Optional<Integer> wellKnownPort(String scheme) {
        return Optional.ofNullable(PORTS.get(scheme));
    }

    /**
     * Reads an item without expressions.
     *
     * @throws ManifestException if it is none
     */
    public static AllowedHost parse(String written, Place place) {
        String text = written.strip();
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            String hint = text.equals("insecure:allow-all") || text.equals("*") ? "; for all hosts, `*://*:*`" : "";
            throw fault(place, text, "has no scheme", hint);
        }
        String rest = text.substring(scheme + 3);
        int colon = rest.lastIndexOf(':');
        String host = rest;
        String port = "";
        if (colon == rest.length() - 1 && colon >= 0) {
            host = rest.substring(0, colon);
        } else if (colon >= 0 && host(rest).isEmpty()) {
            host = rest.substring(0, colon);
            port = rest.substring(colon + 1);
        }
        if (port.endsWith("/")) {
            port = port.substring(0, port.length() - 1);
        }
        if (port.indexOf('/') >= 0) {
            throw fault(place, text, "has a path", "");
        }
        String lower = text.substring(0, scheme).toLowerCase(Locale.ROOT);
        return new AllowedHost(
                written,
                scheme(lower, text, place),
                host(host).orElseThrow(() -> hostFault(rest, text, place)),
                port(port, lower, text, place));
    }

    private static String scheme(String scheme, String text, Place place) {
        if (scheme.startsWith("{")) {
            throw fault(place, text, "has a list of schemes, which is not supported", "");
        }
        if (!scheme.equals("*") && (scheme.isEmpty() || !scheme.chars().allMatch(Character::isAlphabetic))) {
            throw fault(place, text, "has no scheme of letters", "");
        }
        return scheme;
    }

    private static Optional<HostRule> host(String written) {
        String text = written.strip();
        if (text.equals("*")) {
            return Optional.of(new AnyHost());
        }
        if (text.equals("self") || text.equals("self.alt")) {
            return Optional.of(new Self());
        }
        Optional<Network> network = Network.parse(text);
        if (network.isPresent()) {
            return Optional.of(new Within(network.get()));
        }
        String host = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        boolean below = host.startsWith("*.");
        String name = below ? host.substring(2) : host;
        if (name.indexOf('*') >= 0 || name.indexOf('{') >= 0) {
            return Optional.empty();
        }
        Optional<UrlHost> parsed = UrlHost.parse(name);
        if (below) {
            return parsed.flatMap(found ->
                    found instanceof UrlHost.Domain domain ? Optional.of(new Below(domain.name())) : Optional.empty());
        }
        return parsed.map(Literal::new);
    }

    private static ManifestException hostFault(String host, String text, Place place) {
        if (host.startsWith("{")) {
            return fault(place, text, "has a list of hosts, which is not supported", "");
        }
        String name = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        return name.indexOf('/') >= 0
                ? fault(place, text, "has a path", "")
                : fault(place, text, "has no valid host", "; `*` may only stand for all, or in front of a domain");
    }

    private static PortRule port(String port, String scheme, String text, Place place) {
        if (port.isEmpty()) {
            int number = wellKnownPort(scheme)
                    .orElseThrow(() -> fault(place, text, "has no port, and `" + scheme + "` none of its own", ""));
            return new PortRule(number, number + 1);
        }
        if (port.equals("*")) {
            return PortRule.ANY;
        }
        if (port.startsWith("{")) {
            throw fault(place, text, "has a list of ports, which is not supported", "");
        }
        int dots = port.indexOf("..");
        if (dots < 0) {
            int number = number(port, text, place);
            return new PortRule(number, number + 1);
        }
        return new PortRule(
                number(port.substring(0, dots), text, place), number(port.substring(dots + 2), text, place));
    }

    private static int number(String digits, String text, Place place) {
        int number = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 1 << 16;
        if (number >= 1 << 16) {
            throw fault(place, text, "has no port after its colon", "; a port is 0 to 65535, a range `1000..2000`");
        }
        return number;
    }

    private static ManifestException fault(Place place, String text, String fact, String hint) {
        return new ManifestException(place, "allowed host `" + text + "` " + fact + ", " + FORM + hint);
    }

    /** Whether a connection is allowed; {@code scheme} in lower case. */
    boolean allows(String asked, UrlHost name, int askedPort) {
        return allowsScheme(asked) && allowsHost(name) && port.allows(askedPort);
    }

    boolean allowsScheme(String asked) {
        return scheme.equals("*") || scheme.equals(asked);
    }

    /** Whether the application itself may be called. */
    boolean allowsSelf() {
        return host instanceof Self || host instanceof AnyHost;
    }

    private boolean allowsHost(UrlHost asked) {
        return switch (host) {
            case AnyHost _ -> true;
            case Self _ -> false;
            case Below below ->
                asked instanceof UrlHost.Domain domain && domain.name().endsWith("." + below.domain());
            case Literal literal -> literal.host().equals(asked);
            case Within within ->
                asked instanceof UrlHost.Address address && within.network().contains(address.address());
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
