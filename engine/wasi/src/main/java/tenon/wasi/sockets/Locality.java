package tenon.wasi.sockets;

import java.net.Inet6Address;
import java.net.InetAddress;

/** How far away an address is: a grant for "any" means the outside only. */
public enum Locality {
    /** This machine, its link (where clouds keep their credentials), a group, or none at all. */
    HERE,
    /** A private network, or what may lead into one. */
    INSIDE,
    /** All the rest. */
    OUTSIDE;

    /** That of an address. */
    public static Locality of(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()) {
            return HERE;
        }
        return isPrivate(address) ? INSIDE : OUTSIDE;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        if (address instanceof Inet6Address) {
            // unique local (RFC 4193); mapped ones (RFC 4291), NAT64 (RFC 6052) and 6to4 (RFC 3056) hide IPv4 addresses
            return (first & 0xfe) == 0xfc || first == 0 || (first == 0x20 && bytes[1] == 0x02);
        }
        int second = bytes[1] & 0xff;
        boolean carrier = first == 100 && (second & 0xc0) == 64; // RFC 6598
        boolean benchmark = first == 198 && (second & 0xfe) == 18; // RFC 2544
        return address.isSiteLocalAddress() || first == 0 || first >= 240 || carrier || benchmark;
    }
}
