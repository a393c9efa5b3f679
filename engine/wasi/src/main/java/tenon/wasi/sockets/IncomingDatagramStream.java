package tenon.wasi.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.wasi.io.Children;
import tenon.wasi.io.Pollable;

/** {@code wasi:sockets/udp.incoming-datagram-stream}. Confined to the Store; its socket must outlive it. */
public final class IncomingDatagramStream implements AutoCloseable {
    private static final int MOST = 16;
    private static final int MOST_BYTES = 64 << 10;

    /** What the host spends on telling a refused datagram from a welcome one before it lets the guest go on. */
    private static final int MOST_REFUSED = 64;

    private final UdpSocket socket;
    private final Children pollables;
    private @Nullable Datagram ahead;
    private @Nullable RefusedException failure;

    IncomingDatagramStream(UdpSocket socket) {
        this.socket = socket;
        this.pollables = new Children("incoming-datagram-stream", socket.readiness());
        socket.streams().born();
    }

    /** {@code incoming-datagram}. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Datagram(byte[] data, IpSocketAddress remoteAddress) {}

    List<Datagram> receive(long maxResults) throws RefusedException {
        var received = new ArrayList<Datagram>();
        int bytes = 0;
        while (received.size() < MOST
                && Long.compareUnsigned(received.size(), maxResults) < 0
                && bytes < MOST_BYTES
                && hasNext(received.isEmpty())) {
            Datagram next = ahead;
            assert next != null;
            forget();
            received.add(next);
            bytes += next.data().length;
        }
        return received;
    }

    /** Whether there is a datagram in {@link #ahead}; {@code first} is the one whose failure is told. */
    private boolean hasNext(boolean first) throws RefusedException {
        look();
        if (failure != null && first) {
            RefusedException told = failure;
            failure = null;
            throw told;
        }
        return ahead != null;
    }

    private void look() {
        for (int refused = 0; ahead == null && failure == null && refused < MOST_REFUSED; refused++) {
            ByteBuffer room = socket.room().clear();
            try {
                if (!(socket.channel().receive(room) instanceof InetSocketAddress from)) {
                    return;
                }
                if (socket.admits(from)) {
                    byte[] data = new byte[room.flip().remaining()];
                    room.get(data);
                    socket.memory().take(data.length, "datagrams");
                    ahead = new Datagram(data, IpSocketAddress.of(from));
                }
            } catch (IOException e) {
                failure = new RefusedException(e);
            }
        }
    }

    private void forget() {
        if (ahead != null) {
            socket.memory().giveBack(ahead.data().length);
            ahead = null;
        }
    }

    Pollable subscribe() {
        return Pollable.of(socket.readiness(), this::ready, pollables);
    }

    private boolean ready() {
        look();
        if (ahead == null && failure == null) {
            socket.watched().await(SelectionKey.OP_READ);
            return false;
        }
        return true;
    }

    /** The destructor. */
    @Override
    public void close() {
        pollables.requireNone("dropped");
        forget();
        socket.streams().dropped();
    }
}
