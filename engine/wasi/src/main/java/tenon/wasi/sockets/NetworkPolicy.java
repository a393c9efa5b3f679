package tenon.wasi.sockets;

import java.net.InetSocketAddress;

/**
 * What guests may do with sockets. Thread-safe.
 *
 * <p>Asked with the very address that is then used, on the guest's thread, right before it is used. That a name may be looked up, and
 * what is found, grants nothing.
 */
public interface NetworkPolicy {
    /** Nothing. */
    NetworkPolicy NOTHING = new NetworkPolicy() {
        @Override
        public boolean allows(Use use, InetSocketAddress address) {
            return false;
        }

        @Override
        public boolean allowsLookup(String name) {
            return false;
        }
    };

    /** All that the host itself may do. */
    NetworkPolicy EVERYTHING = new NetworkPolicy() {
        @Override
        public boolean allows(Use use, InetSocketAddress address) {
            return true;
        }

        @Override
        public boolean allowsLookup(String name) {
            return true;
        }
    };

    /** What an address is used for. */
    enum Use {
        /** A TCP socket gets this local address; port 0 is any free one. */
        TCP_BIND,
        /** A TCP socket takes connections at this local address, given as it was bound: port 0 is any free one. */
        TCP_LISTEN,
        /** A connection from this remote address is taken; if not, it is closed before the guest sees it. */
        TCP_ACCEPT,
        /** A connection to this remote address is made. */
        TCP_CONNECT,
        /** A UDP socket gets this local address; port 0 is any free one. */
        UDP_BIND,
        /** A datagram goes to this remote address. */
        UDP_SEND,
        /** A datagram from this remote address is given to the guest; if not, it is dropped before the guest sees it. */
        UDP_RECEIVE
    }

    /** Whether {@code address} may be used so; if not, the guest gets {@code access-denied}. */
    boolean allows(Use use, InetSocketAddress address);

    /**
     * Whether the addresses of a name may be asked for, which tells it to whoever answers.
     *
     * @param name in ASCII and lower case, never an address
     */
    boolean allowsLookup(String name);
}
