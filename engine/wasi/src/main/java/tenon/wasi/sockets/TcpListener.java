package tenon.wasi.sockets;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What takes connections for a {@link TcpSocket}. Confined to the Store.
 *
 * <p>The JDK binds and listens in one step, and has a class of its own for what listens: the socket that the guest has bound is replaced by
 * such a one at the same address, which the first holds until then where the system lets both have it.
 */
final class TcpListener {
    private final Sockets sockets;
    private final NetworkAccess access;
    private final IpAddressFamily family;
    private final Sockets.Opened<ServerSocketChannel> server;
    private Sockets.@Nullable Opened<SocketChannel> next;

    private TcpListener(
            Sockets sockets, NetworkAccess access, IpAddressFamily family, Sockets.Opened<ServerSocketChannel> server) {
        this.sockets = sockets;
        this.access = access;
        this.family = family;
        this.server = server;
    }

    /** Listens where {@code bound} is, which is closed. */
    static TcpListener at(
            Sockets sockets,
            NetworkAccess access,
            IpAddressFamily family,
            Sockets.Opened<SocketChannel> bound,
            int backlog)
            throws RefusedException {
        var server = sockets.open(() -> ServerSocketChannel.open(family.protocol()));
        try {
            Options.copy(bound.channel(), server.channel());
            server.channel().setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listen(server.channel(), bound.channel(), backlog);
            return new TcpListener(sockets, access, family, server);
        } catch (IOException e) {
            sockets.close(server.watched());
            throw new RefusedException(e);
        } catch (RefusedException e) {
            sockets.close(server.watched());
            throw e;
        } finally {
            sockets.close(bound.watched());
        }
    }

    private static void listen(ServerSocketChannel server, SocketChannel bound, int backlog) throws IOException {
        SocketAddress local = bound.getLocalAddress();
        try {
            server.bind(local, backlog);
        } catch (BindException _) {
            // a system that gives an address to one socket only
            bound.close();
            server.bind(local, backlog);
        }
    }

    ServerSocketChannel channel() {
        return server.channel();
    }

    /** Whether {@link #take} would give something other than {@code would-block}. */
    boolean ready() {
        try {
            if (seek() == null) {
                server.watched().await(SelectionKey.OP_ACCEPT);
                return false;
            }
        } catch (RefusedException _) {
            // `take` will say so
        }
        return true;
    }

    /** The next connection; whoever takes it closes it. */
    Sockets.Opened<SocketChannel> take() throws RefusedException {
        var found = seek();
        if (found == null) {
            throw new RefusedException(ErrorCode.WOULD_BLOCK);
        }
        next = null;
        return found;
    }

    /** The next connection that may be taken, if there is one; those that may not are closed. */
    private Sockets.@Nullable Opened<SocketChannel> seek() throws RefusedException {
        while (next == null) {
            sockets.requireRoom();
            SocketChannel channel = accept();
            if (channel == null) {
                return null;
            }
            var opened = sockets.open(() -> channel);
            if (isAdmitted(channel)) {
                next = opened;
            } else {
                sockets.close(opened.watched());
            }
        }
        return next;
    }

    private @Nullable SocketChannel accept() throws RefusedException {
        try {
            return server.channel().accept();
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    private boolean isAdmitted(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress remote
                    && family.has(remote)
                    && access.admits(NetworkPolicy.Use.TCP_ACCEPT, remote);
        } catch (IOException _) {
            // gone already
            return false;
        }
    }

    void close() {
        sockets.close(server.watched());
        if (next != null) {
            sockets.close(next.watched());
        }
    }
}
