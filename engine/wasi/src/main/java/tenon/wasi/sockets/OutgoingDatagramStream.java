package tenon.wasi.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Optional;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.wasi.io.Children;
import tenon.wasi.io.Pollable;

/**
 * {@code wasi:sockets/udp.outgoing-datagram-stream}. Confined to the Store; its socket must outlive it.
 *
 * <p>Differences from the specification: the JDK sends no datagram without bytes from a socket that has a peer, which is
 * {@code not-supported}.
 */
public final class OutgoingDatagramStream implements AutoCloseable {
    private static final int PERMIT = 16;

    private final UdpSocket socket;
    private final Children pollables;
    private int permit;
    private boolean blocked;

    OutgoingDatagramStream(UdpSocket socket) {
        this.socket = socket;
        this.pollables = new Children("outgoing-datagram-stream", socket.readiness());
        socket.streams().born();
    }

    /** {@code outgoing-datagram}. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Datagram(byte[] data, Optional<IpSocketAddress> remoteAddress) {}

    long checkSend() {
        permit = ready() ? PERMIT : 0;
        return permit;
    }

    /** {@code send}; traps beyond the permit. */
    long send(List<Datagram> datagrams) throws RefusedException {
        if (datagrams.size() > permit) {
            throw new Trap(
                    TrapKind.HOST,
                    "`send` was called with " + datagrams.size() + " datagrams, expected at most the " + permit
                            + " that `check-send` permitted");
        }
        permit = 0;
        long sent = 0;
        for (Datagram datagram : datagrams) {
            try {
                if (!isSent(datagram)) {
                    return sent;
                }
            } catch (RefusedException e) {
                if (sent > 0) {
                    return sent;
                }
                throw e;
            }
            sent++;
        }
        return sent;
    }

    private boolean isSent(Datagram datagram) throws RefusedException {
        InetSocketAddress to = socket.destination(datagram.remoteAddress());
        if (datagram.data().length >= UdpSocket.LONGEST) {
            throw new RefusedException(ErrorCode.DATAGRAM_TOO_LARGE);
        }
        if (datagram.data().length == 0 && socket.peer() != null) {
            throw new RefusedException(ErrorCode.NOT_SUPPORTED);
        }
        socket.requireSend(to);
        try {
            var buffer = ByteBuffer.wrap(datagram.data());
            int count = socket.channel().send(buffer, to);
            blocked = count == 0 && buffer.hasRemaining();
        } catch (IOException e) {
            throw new RefusedException(e);
        }
        if (blocked) {
            socket.watched().await(SelectionKey.OP_WRITE);
        }
        return !blocked;
    }

    Pollable subscribe() {
        return Pollable.of(socket.readiness(), this::ready, pollables);
    }

    private boolean ready() {
        if (blocked && socket.watched().isReady(SelectionKey.OP_WRITE)) {
            blocked = false;
        }
        return !blocked;
    }

    /** The destructor. */
    @Override
    public void close() {
        pollables.requireNone("dropped");
        socket.streams().dropped();
    }
}
