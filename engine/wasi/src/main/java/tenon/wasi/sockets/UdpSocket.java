package tenon.wasi.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.HostMemory;
import tenon.wasi.io.Children;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;

/**
 * {@code wasi:sockets/udp.udp-socket}. Confined to the Store.
 *
 * <p>Differences from the specification: the JDK cannot keep IPv4 from sockets of IPv6, so datagrams of IPv4 that reach one are dropped.
 */
public final class UdpSocket implements AutoCloseable {
    /** The longest datagram that IP knows, in bytes. */
    static final int LONGEST = 64 << 10;

    private final Sockets sockets;
    private final NetworkAccess access;
    private final IpAddressFamily family;
    private final Sockets.Opened<DatagramChannel> opened;
    private final Children pollables;
    private final Children streams;
    private State state = State.UNBOUND;
    private @Nullable InetSocketAddress remote;

    private UdpSocket(
            Sockets sockets, NetworkAccess access, IpAddressFamily family, Sockets.Opened<DatagramChannel> opened) {
        this.sockets = sockets;
        this.access = access;
        this.family = family;
        this.opened = opened;
        this.pollables = new Children("udp-socket", sockets.readiness());
        this.streams = new Children("udp-socket", sockets.readiness());
    }

    private enum State {
        UNBOUND,
        BIND_IN_PROGRESS,
        BOUND
    }

    /** {@code tuple<incoming-datagram-stream, outgoing-datagram-stream>}. */
    record DatagramStreams(IncomingDatagramStream incoming, OutgoingDatagramStream outgoing) {}

    /** {@code create-udp-socket}. */
    static UdpSocket create(Sockets sockets, NetworkAccess access, IpAddressFamily family) throws RefusedException {
        return new UdpSocket(sockets, access, family, sockets.open(() -> DatagramChannel.open(family.protocol())));
    }

    void startBind(IpSocketAddress localAddress) throws RefusedException {
        requireIdle();
        require(state == State.UNBOUND);
        InetSocketAddress local = Addresses.in(family, localAddress);
        access.require(NetworkPolicy.Use.UDP_BIND, local);
        try {
            channel().bind(local);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
        state = State.BIND_IN_PROGRESS;
    }

    void finishBind() throws RefusedException {
        if (state != State.BIND_IN_PROGRESS) {
            throw new RefusedException(ErrorCode.NOT_IN_PROGRESS);
        }
        state = State.BOUND;
    }

    /** {@code stream}; traps while those of an earlier call are alive, as the WIT allows. */
    DatagramStreams stream(Optional<IpSocketAddress> remoteAddress) throws RefusedException {
        requireIdle();
        require(state == State.BOUND);
        streams.requireNone("streamed");
        InetSocketAddress peer = null;
        if (remoteAddress.isPresent()) {
            peer = Addresses.in(family, remoteAddress.get());
            Addresses.requireRemote(peer);
            access.require(NetworkPolicy.Use.UDP_SEND, peer);
        }
        try {
            remote = null;
            channel().disconnect();
            if (peer != null) {
                channel().connect(peer);
            }
        } catch (IOException e) {
            throw new RefusedException(e);
        }
        remote = peer;
        return new DatagramStreams(new IncomingDatagramStream(this), new OutgoingDatagramStream(this));
    }

    IpSocketAddress localAddress() throws RefusedException {
        require(state == State.BOUND);
        try {
            if (channel().getLocalAddress() instanceof InetSocketAddress local) {
                return IpSocketAddress.of(local);
            }
            throw new RefusedException(ErrorCode.INVALID_STATE);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    IpSocketAddress remoteAddress() throws RefusedException {
        InetSocketAddress peer = remote;
        if (peer == null) {
            throw new RefusedException(ErrorCode.INVALID_STATE);
        }
        return IpSocketAddress.of(peer);
    }

    IpAddressFamily addressFamily() {
        return family;
    }

    /** Where {@link Options} are set. */
    NetworkChannel options() {
        return channel();
    }

    /** Nothing that a socket does by itself has to be waited for. */
    Pollable subscribe() {
        return Pollable.of(readiness(), () -> true, pollables);
    }

    DatagramChannel channel() {
        return opened.channel();
    }

    Watched watched() {
        return opened.watched();
    }

    Readiness readiness() {
        return sockets.readiness();
    }

    HostMemory memory() {
        return sockets.readiness().memory();
    }

    /** Those that must be dropped before the socket is, or is streamed anew. */
    Children streams() {
        return streams;
    }

    /** Whom it is connected to. */
    @Nullable InetSocketAddress peer() {
        return remote;
    }

    /** Room for one datagram, shared by the store's sockets. */
    ByteBuffer room() {
        return sockets.datagram();
    }

    /** Whether a datagram from there may be seen. */
    boolean admits(InetSocketAddress from) {
        return family.has(from) && access.admits(NetworkPolicy.Use.UDP_RECEIVE, from);
    }

    /** Where a datagram goes that shall go to {@code wanted}. */
    InetSocketAddress destination(Optional<IpSocketAddress> wanted) throws RefusedException {
        InetSocketAddress peer = remote;
        if (wanted.isEmpty()) {
            if (peer == null) {
                throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
            }
            return peer;
        }
        InetSocketAddress to = Addresses.in(family, wanted.get());
        Addresses.requireRemote(to);
        if (peer != null && !peer.equals(to)) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        }
        return to;
    }

    /** Fails unless a datagram may go there. */
    void requireSend(InetSocketAddress to) throws RefusedException {
        access.require(NetworkPolicy.Use.UDP_SEND, to);
    }

    private void requireIdle() throws RefusedException {
        if (state == State.BIND_IN_PROGRESS) {
            throw new RefusedException(ErrorCode.CONCURRENCY_CONFLICT);
        }
    }

    private static void require(boolean valid) throws RefusedException {
        if (!valid) {
            throw new RefusedException(ErrorCode.INVALID_STATE);
        }
    }

    /** The destructor. */
    @Override
    public void close() {
        pollables.requireNone("dropped");
        streams.requireNone("dropped");
        sockets.close(opened.watched());
    }
}
