package tenon.wasi.sockets;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** {@code wasi:sockets/network.ip-socket-address}. Immutable. */
public sealed interface IpSocketAddress {
    /** {@code ipv4}. */
    record Ipv4(Ipv4SocketAddress address) implements IpSocketAddress {}

    /** {@code ipv6}. */
    record Ipv6(Ipv6SocketAddress address) implements IpSocketAddress {}

    /** {@code ipv4-socket-address}. */
    record Ipv4SocketAddress(short port, IpAddress.Ipv4Address address) {}

    /** {@code ipv6-socket-address}. */
    record Ipv6SocketAddress(short port, int flowInfo, IpAddress.Ipv6Address address, int scopeId) {}

    /** What the JDK calls it. */
    static IpSocketAddress of(InetSocketAddress address) {
        short port = (short) address.getPort();
        return switch (IpAddress.of(address.getAddress())) {
            case IpAddress.Ipv4(IpAddress.Ipv4Address v4) -> new Ipv4(new Ipv4SocketAddress(port, v4));
            case IpAddress.Ipv6(IpAddress.Ipv6Address v6) -> {
                int scope = address.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
                yield new Ipv6(new Ipv6SocketAddress(port, 0, v6, scope));
            }
        };
    }
}
