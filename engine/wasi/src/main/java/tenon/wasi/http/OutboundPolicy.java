package tenon.wasi.http;

import java.net.InetAddress;

/**
 * Whom guests' requests may reach. Thread-safe.
 *
 * <p>A backend asks twice: for the name, before it is looked up, so that nobody learns of it who was not granted; and for each address
 * behind it, of which it connects to one that passed and to no other.
 */
public interface OutboundPolicy {
    /** Nobody. */
    OutboundPolicy NOBODY = new OutboundPolicy() {
        @Override
        public boolean check(Target target) {
            return false;
        }

        @Override
        public boolean checkAddress(Target target, InetAddress address) {
            return false;
        }
    };

    /**
     * Where a request shall go. Immutable.
     *
     * @param host a name, or an address, an IPv6 one in brackets, as the guest wrote it
     * @param port the scheme's own if the guest named none
     */
    record Target(Scheme scheme, String host, int port) {
        /** Of the port that the scheme has where none is named. */
        public int ownPort() {
            return scheme instanceof Scheme.Https ? 443 : 80;
        }
    }

    /** Whether a request may go there; if not, the guest gets {@code HTTP-request-denied}. */
    boolean check(Target target);

    /**
     * Whether a connection for a request that passed {@link #check} may go to one of the addresses of its host; if none may, the guest gets
     * {@code destination-IP-prohibited}.
     */
    boolean checkAddress(Target target, InetAddress address);
}
