package tenon.host.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import tenon.app.outbound.AllowedHost;
import tenon.app.outbound.AllowedHosts;
import tenon.wasi.log.RefusalLog;
import tenon.wasi.sockets.NetworkPolicy;

/**
 * What a component may do with sockets: connect, and send datagrams, to addresses that an item of its {@code allowed_outbound_hosts} with
 * the scheme {@code *} names. A socket has no scheme, so no other item means it; and it has no name, so a name in an item lets the guest
 * look the name up, and its addresses need an item of their own. Nothing listens. Immutable.
 */
record SocketPolicy(String component, AllowedHosts allowed) implements NetworkPolicy {
    private static final RefusalLog REFUSED = RefusalLog.of("tenon.host.app");
    private static final String ANY_SCHEME = "*";

    @Override
    public boolean allows(Use use, InetSocketAddress address) {
        boolean allows = switch (use) {
            case TCP_BIND, TCP_LISTEN, TCP_ACCEPT -> false;
            // what a socket that sends is bound to by itself
            case UDP_BIND -> address.getPort() == 0 && isGrantedAny();
            case TCP_CONNECT, UDP_SEND, UDP_RECEIVE -> reaches(address);
        };
        if (!allows && use != Use.UDP_RECEIVE) {
            REFUSED.warn(
                    "socket refused component={0} use={1} address={2} port={3} hint=\"connections are allowed by `*://ADDRESS:PORT`"
                            + " in allowed_outbound_hosts of [component.{0}]\"",
                    component, use, address.getAddress().getHostAddress(), String.valueOf(address.getPort()));
        }
        return allows;
    }

    private boolean reaches(InetSocketAddress address) {
        InetAddress to = address.getAddress();
        String text = to.getHostAddress();
        String host = text.contains(":") ? "[" + text.split("%")[0] + "]" : text;
        return allowed.allows(ANY_SCHEME, host, address.getPort())
                && new ComponentPolicy(component, allowed).reaches(ANY_SCHEME, host, address.getPort(), to);
    }

    private boolean isGrantedAny() {
        return allowed.hosts().stream().anyMatch(SocketPolicy::meansSockets);
    }

    private static boolean meansSockets(AllowedHost item) {
        return item.scheme().equals(ANY_SCHEME);
    }

    @Override
    public boolean allowsLookup(String name) {
        return allowed.hosts().stream()
                .filter(SocketPolicy::meansSockets)
                .anyMatch(item -> allowed.allows(ANY_SCHEME, name, item.port().first()));
    }
}
