package tenon.wasi.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.runtime.HostMemory;
import tenon.wasi.io.Children;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;

/**
 * {@code wasi:sockets/tcp.tcp-socket}: the states and transitions of wasi-sockets, "Operational semantics of WASI TCP sockets". Confined to
 * the Store; shared by counting, since streams outlive the socket that they came from.
 *
 * <p>Binding and listening are done when they are started; what the network answers to a connection is told when it is finished.
 *
 * <p>Differences from the specification: the JDK cannot keep IPv4 from sockets of IPv6, so connections of IPv4 that reach one are closed
 * unseen.
 */
public final class TcpSocket implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final Sockets sockets;
    private final NetworkAccess access;
    private final IpAddressFamily family;
    private final Children children;

    /** The connection, or what becomes one; beside a listener, what holds the options that its connections get. */
    private Sockets.Opened<SocketChannel> connection;

    private @Nullable TcpListener listener;
    private InetSocketAddress bound;
    private State state;
    private int backlog = BACKLOG;
    private @Nullable RefusedException failure;
    private @Nullable TcpSource source;
    private @Nullable TcpSink sink;
    private int users = 1;

    private TcpSocket(
            Sockets sockets,
            NetworkAccess access,
            IpAddressFamily family,
            Sockets.Opened<SocketChannel> connection,
            State state) {
        this.sockets = sockets;
        this.access = access;
        this.family = family;
        this.children = new Children("tcp-socket", sockets.readiness());
        this.connection = connection;
        this.bound = family.anywhere();
        this.state = state;
    }

    /** The states by their names. */
    private enum State {
        UNBOUND,
        BIND_IN_PROGRESS,
        BOUND,
        LISTEN_IN_PROGRESS,
        LISTENING,
        CONNECT_IN_PROGRESS,
        CONNECTED,
        CLOSED
    }

    /** {@code tuple<input-stream, output-stream>}. */
    record Connection(InputStream input, OutputStream output) {}

    /** {@code tuple<tcp-socket, input-stream, output-stream>}. */
    record Accepted(TcpSocket socket, InputStream input, OutputStream output) {}

    /** {@code create-tcp-socket}. */
    static TcpSocket create(Sockets sockets, NetworkAccess access, IpAddressFamily family) throws RefusedException {
        var opened = sockets.open(() -> SocketChannel.open(family.protocol()));
        return new TcpSocket(sockets, access, family, opened, State.UNBOUND);
    }

    void startBind(IpSocketAddress localAddress) throws RefusedException {
        requireIdle();
        require(state == State.UNBOUND);
        InetSocketAddress local = Addresses.in(family, localAddress);
        Addresses.requireUnicast(local);
        access.require(NetworkPolicy.Use.TCP_BIND, local);
        try {
            // a port that was in use a moment ago can be bound again (tcp.wit, "Implementors note")
            connection.channel().setOption(StandardSocketOptions.SO_REUSEADDR, true);
            connection.channel().bind(local);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
        bound = local;
        state = State.BIND_IN_PROGRESS;
    }

    void finishBind() throws RefusedException {
        requireInProgress(State.BIND_IN_PROGRESS);
        state = State.BOUND;
    }

    void startConnect(IpSocketAddress remoteAddress) throws RefusedException {
        requireIdle();
        require(state == State.UNBOUND || state == State.BOUND);
        try {
            InetSocketAddress remote = Addresses.in(family, remoteAddress);
            Addresses.requireUnicast(remote);
            Addresses.requireRemote(remote);
            access.require(NetworkPolicy.Use.TCP_CONNECT, remote);
            state = State.CONNECT_IN_PROGRESS;
            connect(remote);
        } catch (RefusedException e) {
            closed();
            throw e;
        }
    }

    private void connect(InetSocketAddress remote) {
        try {
            connection.channel().connect(remote);
        } catch (IOException e) {
            // what the network says is told by `finish-connect`
            failure = new RefusedException(e);
        }
    }

    Connection finishConnect() throws RefusedException {
        requireInProgress(State.CONNECT_IN_PROGRESS);
        if (!isConnectOver()) {
            throw new RefusedException(ErrorCode.WOULD_BLOCK);
        }
        if (failure != null) {
            closed();
            throw failure;
        }
        watched().stopAwaiting(SelectionKey.OP_CONNECT);
        state = State.CONNECTED;
        return streams();
    }

    private boolean isConnectOver() {
        if (failure == null) {
            try {
                if (!connection.channel().finishConnect()) {
                    watched().await(SelectionKey.OP_CONNECT);
                    return false;
                }
            } catch (IOException e) {
                failure = new RefusedException(e);
            }
        }
        return true;
    }

    private Connection streams() {
        var in = new TcpSource(this, connection.channel());
        var out = new TcpSink(this, connection.channel());
        source = in;
        sink = out;
        return new Connection(new InputStream(readiness(), in), new OutputStream(readiness(), out));
    }

    void startListen() throws RefusedException {
        requireIdle();
        require(state == State.BOUND);
        try {
            access.require(NetworkPolicy.Use.TCP_LISTEN, bound);
            listener = listen();
        } catch (RefusedException e) {
            closed();
            throw e;
        }
        state = State.LISTEN_IN_PROGRESS;
    }

    private TcpListener listen() throws RefusedException {
        var options = sockets.open(() -> SocketChannel.open(family.protocol()));
        var before = connection;
        connection = options;
        try {
            Options.copy(before.channel(), options.channel());
        } catch (RefusedException e) {
            sockets.close(before.watched());
            throw e;
        }
        return TcpListener.at(sockets, access, family, before, backlog);
    }

    void finishListen() throws RefusedException {
        requireInProgress(State.LISTEN_IN_PROGRESS);
        state = State.LISTENING;
    }

    Accepted accept() throws RefusedException {
        require(state == State.LISTENING);
        var taken = Objects.requireNonNull(listener).take();
        try {
            Options.copy(connection.channel(), taken.channel());
        } catch (RefusedException e) {
            sockets.close(taken.watched());
            throw new RefusedException(ErrorCode.CONNECTION_ABORTED, e);
        }
        var socket = new TcpSocket(sockets, access, family, taken, State.CONNECTED);
        var streams = socket.streams();
        return new Accepted(socket, streams.input(), streams.output());
    }

    IpSocketAddress localAddress() throws RefusedException {
        require(state != State.UNBOUND && state != State.BIND_IN_PROGRESS && state != State.CLOSED);
        NetworkChannel channel = listener == null ? connection.channel() : listener.channel();
        return IpSocketAddress.of(localAddressOf(channel));
    }

    private static InetSocketAddress localAddressOf(NetworkChannel channel) throws RefusedException {
        try {
            if (channel.getLocalAddress() instanceof InetSocketAddress local) {
                return local;
            }
            throw new RefusedException(ErrorCode.INVALID_STATE);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    IpSocketAddress remoteAddress() throws RefusedException {
        require(state == State.CONNECTED);
        try {
            if (connection.channel().getRemoteAddress() instanceof InetSocketAddress remote) {
                return IpSocketAddress.of(remote);
            }
            throw new RefusedException(ErrorCode.INVALID_STATE);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    boolean isListening() {
        return state == State.LISTENING;
    }

    IpAddressFamily addressFamily() {
        return family;
    }

    void setListenBacklogSize(long value) throws RefusedException {
        if (value == 0) {
            throw new RefusedException(ErrorCode.INVALID_ARGUMENT);
        }
        require(state != State.CONNECT_IN_PROGRESS && state != State.CONNECTED && state != State.CLOSED);
        if (listener != null) {
            // the JDK has no way to change it
            throw new RefusedException(ErrorCode.NOT_SUPPORTED);
        }
        backlog = (int) (Long.compareUnsigned(value, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : value);
    }

    /** Where {@link Options} are set: of a listener, those that its connections get. */
    NetworkChannel options() throws RefusedException {
        require(state != State.CLOSED);
        return connection.channel();
    }

    Pollable subscribe() {
        return Pollable.of(sockets.readiness(), this::ready, children);
    }

    private boolean ready() {
        return switch (state) {
            case CONNECT_IN_PROGRESS -> isConnectOver();
            case LISTENING -> listener == null || listener.ready();
            case UNBOUND, BIND_IN_PROGRESS, BOUND, LISTEN_IN_PROGRESS, CONNECTED, CLOSED -> true;
        };
    }

    void shutdown(ShutdownType type) throws RefusedException {
        require(state == State.CONNECTED);
        if (type != ShutdownType.SEND && source != null) {
            source.shutdown();
        }
        if (type != ShutdownType.RECEIVE && sink != null) {
            sink.shutdown();
        }
    }

    Readiness readiness() {
        return sockets.readiness();
    }

    HostMemory memory() {
        return sockets.readiness().memory();
    }

    Watched watched() {
        return connection.watched();
    }

    private void requireIdle() throws RefusedException {
        if (state == State.BIND_IN_PROGRESS
                || state == State.LISTEN_IN_PROGRESS
                || state == State.CONNECT_IN_PROGRESS) {
            throw new RefusedException(ErrorCode.CONCURRENCY_CONFLICT);
        }
    }

    private void requireInProgress(State wanted) throws RefusedException {
        if (state != wanted) {
            throw new RefusedException(ErrorCode.NOT_IN_PROGRESS);
        }
    }

    private static void require(boolean valid) throws RefusedException {
        if (!valid) {
            throw new RefusedException(ErrorCode.INVALID_STATE);
        }
    }

    private void closed() {
        state = State.CLOSED;
        closeChannels();
    }

    private void closeChannels() {
        sockets.close(connection.watched());
        if (listener != null) {
            listener.close();
        }
    }

    TcpSocket retain() {
        users++;
        return this;
    }

    void release() {
        users--;
        if (users == 0) {
            closeChannels();
        }
    }

    /** The destructor. */
    @Override
    public void close() {
        children.requireNone("dropped");
        release();
    }
}
