package tenon.wasi.sockets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** {@code wasi:sockets/network.ip-address}. Immutable. */
public sealed interface IpAddress {
    /** {@code ipv4}. */
    record Ipv4(Ipv4Address address) implements IpAddress {}

    /** {@code ipv6}. */
    record Ipv6(Ipv6Address address) implements IpAddress {}

    /** {@code ipv4-address}: its four bytes, in the order in which they are written. */
    record Ipv4Address(byte b0, byte b1, byte b2, byte b3) {
        static Ipv4Address of(InetAddress address) {
            byte[] bytes = address.getAddress();
            return new Ipv4Address(bytes[0], bytes[1], bytes[2], bytes[3]);
        }

        byte[] bytes() {
            return new byte[] {b0, b1, b2, b3};
        }
    }

    /** {@code ipv6-address}: its eight groups, in the order in which they are written. */
    record Ipv6Address(short g0, short g1, short g2, short g3, short g4, short g5, short g6, short g7) {
        static Ipv6Address of(InetAddress address) {
            var groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
            return new Ipv6Address(
                    groups.get(0),
                    groups.get(1),
                    groups.get(2),
                    groups.get(3),
                    groups.get(4),
                    groups.get(5),
                    groups.get(6),
                    groups.get(7));
        }

        byte[] bytes() {
            var bytes = ByteBuffer.allocate(16);
            for (short group : new short[] {g0, g1, g2, g3, g4, g5, g6, g7}) {
                bytes.putShort(group);
            }
            return bytes.array();
        }

        /** Whether it stands for an address of IPv4 (RFC 4291, section 2.5.5). */
        boolean isMapped() {
            return (g0 | g1 | g2 | g3 | g4) == 0 && (g5 == -1 || (g5 == 0 && (g6 != 0 || (g7 & 0xfffe) != 0)));
        }
    }

    /** The address of a host; one of IPv4 whatever it was written as. */
    static IpAddress of(InetAddress address) {
        return address instanceof Inet4Address ? new Ipv4(Ipv4Address.of(address)) : new Ipv6(Ipv6Address.of(address));
    }

    /** Bytes that are known to be 4 or 16. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }
}
