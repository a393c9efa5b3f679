package tenon.wasi.sockets;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses as the JDK wants them, and which may be used for what. */
final class Addresses {
    private Addresses() {}

    /**
     * An address as the JDK wants it.
     *
     * @throws RefusedException if it is not of {@code family}, or the JDK cannot express it
     */
    static InetSocketAddress in(IpAddressFamily family, IpSocketAddress address) throws RefusedException {
        return switch (address) {
            case IpSocketAddress.Ipv4(IpSocketAddress.Ipv4SocketAddress v4) -> {
                require(family == IpAddressFamily.IPV4, ErrorCode.INVALID_ARGUMENT);
                yield new InetSocketAddress(IpAddress.address(v4.address().bytes()), Short.toUnsignedInt(v4.port()));
            }
            case IpSocketAddress.Ipv6(IpSocketAddress.Ipv6SocketAddress v6) -> {
                require(family == IpAddressFamily.IPV6 && !v6.address().isMapped(), ErrorCode.INVALID_ARGUMENT);
                // the JDK has no way to set it
                require(v6.flowInfo() == 0, ErrorCode.NOT_SUPPORTED);
                require(v6.scopeId() >= 0, ErrorCode.INVALID_ARGUMENT);
                yield new InetSocketAddress(scoped(v6), Short.toUnsignedInt(v6.port()));
            }
        };
    }

    private static Inet6Address scoped(IpSocketAddress.Ipv6SocketAddress v6) throws RefusedException {
        try {
            // -1 is none, and 0 is none in WASI
            return Inet6Address.getByAddress(null, v6.address().bytes(), v6.scopeId() == 0 ? -1 : v6.scopeId());
        } catch (UnknownHostException e) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT, e);
        }
    }

    private static void require(boolean condition, ErrorCode otherwise) throws RefusedException {
        if (!condition) {
            throw new RefusedException(otherwise);
        }
    }

    /** Fails for groups and for the broadcast address. */
    static void requireUnicast(InetSocketAddress address) throws RefusedException {
        var host = address.getAddress();
        if (host.isMulticastAddress() || host.getHostAddress().equals("255.255.255.255")) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        }
    }

    /** Fails unless something can be sent there: neither the host nor the port may be zero. */
    static void requireRemote(InetSocketAddress address) throws RefusedException {
        if (address.getAddress().isAnyLocalAddress() || address.getPort() == 0) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        }
    }
}
