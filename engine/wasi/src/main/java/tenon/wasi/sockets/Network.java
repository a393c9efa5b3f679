package tenon.wasi.sockets;

/**
 * {@code wasi:sockets/network.network}: the right to use the network that the store was given. Immutable; what it allows is asked of the
 * {@link NetworkPolicy} at each use.
 */
public final class Network {
    Network() {}
}
