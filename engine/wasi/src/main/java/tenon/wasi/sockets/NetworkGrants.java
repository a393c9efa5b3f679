package tenon.wasi.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What sockets may do, from words. Immutable.
 *
 * <p>Policy: nothing that was not named. {@code *} means the outside only ({@link Locality}); what lies inside is named by its address, by
 * the network that it is in, or by a host's name. A name stands for the addresses that it has when the grant is read, and may be looked up
 * by the guest; what the guest finds then grants nothing. Who may connect somewhere may bind a socket to a free port for that, but gets
 * datagrams only from where it may send to; who may listen gets connections and datagrams from everywhere.
 */
public final class NetworkGrants implements NetworkPolicy {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._:-]+");

    private final List<Grant> remote;
    private final List<Grant> local;
    private final Set<String> names;

    private NetworkGrants(List<Grant> remote, List<Grant> local, Set<String> names) {
        this.remote = List.copyOf(remote);
        this.local = List.copyOf(local);
        this.names = Set.copyOf(names);
    }

    /**
     * Grants from words. Each is {@code HOST[:PORT]}, {@code NETWORK/BITS[:PORT]} or {@code *[:PORT]}, an IPv6 address before a port in
     * brackets; without a port it means all ports.
     *
     * @param remote where guests may connect to, and exchange datagrams with
     * @param local where guests may listen; here {@code *} means every address, and port 0 a free one
     * @throws IllegalArgumentException if one is not of that form
     * @throws UnknownHostException if a host has no address
     */
    public static NetworkGrants of(List<String> remote, List<String> local) throws UnknownHostException {
        var names = new HashSet<String>();
        var there = new ArrayList<Grant>();
        for (String text : remote) {
            there.addAll(parse(text, false, names));
        }
        var here = new ArrayList<Grant>();
        for (String text : local) {
            here.addAll(parse(text, true, new HashSet<>()));
        }
        return new NetworkGrants(there, here, names);
    }

    /** What a grant says of addresses. */
    private sealed interface Range {
        boolean contains(InetAddress address);
    }

    /** {@code *}: all, or all outside. */
    private record Any(boolean inside) implements Range {
        @Override
        public boolean contains(InetAddress address) {
            return inside || Locality.of(address) == Locality.OUTSIDE;
        }
    }

    /** Those that begin with the first {@code bits} of {@code network}. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Network(byte[] network, int bits) implements Range {
        static Network of(InetAddress address) {
            byte[] bytes = address.getAddress();
            return new Network(bytes, bytes.length * 8);
        }

        @Override
        public boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != network.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i & 7);
                if (((bytes[i >> 3] ^ network[i >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A range with a port, or with all of them. */
    private record Grant(Range range, OptionalInt port) {
        boolean covers(InetSocketAddress address) {
            return (port.isEmpty() || port.getAsInt() == address.getPort()) && range.contains(address.getAddress());
        }
    }

    private static List<Grant> parse(String text, boolean local, Set<String> names) throws UnknownHostException {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', bracket + 1);
        // several colons without brackets are an IPv6 address alone
        boolean hasPort = colon >= 0 && text.indexOf(':', colon + 1) < 0;
        String host = hasPort ? text.substring(0, colon) : text;
        OptionalInt port = hasPort ? OptionalInt.of(port(text, text.substring(colon + 1), local)) : OptionalInt.empty();
        return ranges(text, plain(host), local, names).stream()
                .map(range -> new Grant(range, port))
                .toList();
    }

    private static String plain(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String digits, boolean local) {
        int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
        if (port < (local ? 0 : 1) || port > 65_535) {
            throw new IllegalArgumentException("`" + text + "` has no port after its colon, expected 1 to 65535");
        }
        return port;
    }

    private static List<Range> ranges(String text, String host, boolean local, Set<String> names)
            throws UnknownHostException {
        if (host.equals("*")) {
            return List.of(new Any(local));
        }
        int slash = host.indexOf('/');
        if (slash >= 0) {
            return List.of(network(text, host.substring(0, slash), host.substring(slash + 1)));
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "`" + text + "` is no address, expected `HOST[:PORT]`, `NETWORK/BITS[:PORT]` or `*[:PORT]`");
        }
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return List.of(Network.of(literal.get()));
        }
        names.add(host.toLowerCase(Locale.ROOT));
        var ranges = new ArrayList<Range>();
        for (InetAddress address : InetAddress.getAllByName(host)) {
            ranges.add(Network.of(address));
        }
        return ranges;
    }

    private static Range network(String text, String address, String bits) {
        InetAddress first = literal(address)
                .orElseThrow(
                        () -> new IllegalArgumentException("`" + text + "` begins with no address before its `/`"));
        int most = first.getAddress().length * 8;
        int length = BITS.matcher(bits).matches() ? Integer.parseInt(bits) : -1;
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("`" + text + "` has no length after its `/`, expected 0 to " + most);
        }
        return new Network(first.getAddress(), length);
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public boolean allows(Use use, InetSocketAddress address) {
        return switch (use) {
            case TCP_CONNECT, UDP_SEND -> isCovered(remote, address);
            case TCP_LISTEN -> isCovered(local, address);
            case TCP_ACCEPT -> !local.isEmpty();
            case TCP_BIND, UDP_BIND -> isCovered(local, address) || (address.getPort() == 0 && !remote.isEmpty());
            case UDP_RECEIVE -> !local.isEmpty() || isCovered(remote, address);
        };
    }

    private static boolean isCovered(List<Grant> grants, InetSocketAddress address) {
        return grants.stream().anyMatch(grant -> grant.covers(address));
    }

    @Override
    public boolean allowsLookup(String name) {
        return names.contains(name);
    }
}
