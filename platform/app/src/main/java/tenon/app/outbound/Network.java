package tenon.app.outbound;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses with the same beginning: {@code 10.0.0.0/8}, {@code 2001:db8::/32}. Immutable.
 *
 * @param base an address of it
 * @param length how many bits of an address decide
 */
public record Network(InetAddress base, int length) {
    private static final int MAPPED = 96;

    /** Reads a network in CIDR form; bits beyond the length do not count; empty if it is none. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        String address = text.substring(0, slash);
        boolean v6 = address.indexOf(':') >= 0;
        Optional<InetAddress> base = v6
                ? IpLiteral.parseV6(address)
                : address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") ? IpLiteral.parseV4(address) : Optional.empty();
        int length = Integer.parseInt(text.substring(slash + 1));
        if (base.isEmpty() || length > (v6 ? 128 : 32)) {
            return Optional.empty();
        }
        boolean mapped = v6 && base.get().getAddress().length == 4;
        if (mapped && length < MAPPED) {
            // it reaches beyond the addresses that stand for those of IPv4, and none of the others is ever met
            return Optional.of(new Network(base.get(), 0));
        }
        return Optional.of(new Network(base.get(), mapped ? length - MAPPED : length));
    }

    /** Whether it has {@code address}; one of IPv6 that stands for one of IPv4 counts as that of IPv4. */
    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int mask = 0xff << (8 - length % 8) & 0xff;
        return length % 8 == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
    }

    @Override
    public String toString() {
        return IpLiteral.format(base) + "/" + length;
    }
}
