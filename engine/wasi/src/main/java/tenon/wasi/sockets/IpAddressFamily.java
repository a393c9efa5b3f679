package tenon.wasi.sockets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/** {@code wasi:sockets/network.ip-address-family}, in the order of the WIT. */
public enum IpAddressFamily {
    /** {@code ipv4}. */
    IPV4(StandardProtocolFamily.INET, "0.0.0.0"),
    /** {@code ipv6}. */
    IPV6(StandardProtocolFamily.INET6, "::");

    private final StandardProtocolFamily protocol;
    private final InetAddress unspecified;

    IpAddressFamily(StandardProtocolFamily protocol, String unspecified) {
        this.protocol = protocol;
        this.unspecified = InetAddress.ofLiteral(unspecified);
    }

    ProtocolFamily protocol() {
        return protocol;
    }

    /** Any address, and a free port. */
    InetSocketAddress anywhere() {
        return new InetSocketAddress(unspecified, 0);
    }

    /** Whether it is an address of this family, as the JDK has it: an IPv4-mapped IPv6 address is one of IPv4. */
    boolean has(InetSocketAddress address) {
        return (address.getAddress() instanceof Inet4Address) == (this == IPV4);
    }
}
