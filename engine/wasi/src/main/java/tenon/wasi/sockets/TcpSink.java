package tenon.wasi.sockets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tenon.wasi.io.ByteSink;

/**
 * What goes over a connection. Confined to the Store, but for what sends the rest; {@code this} guards the state.
 *
 * <p>Policy: bytes go to the system at once; what it does not take is kept and sent as soon as it does, and no more is taken until then, so
 * that a guest is slowed down by a peer that does not read. Once taken, bytes are not lost by dropping the stream: that waits until they
 * are on their way.
 */
final class TcpSink implements ByteSink {
    /** Bytes that it takes at a time, and so may have to keep. */
    private static final int MOST = 32 << 10;

    private static final Capacity OPEN = new Capacity.Open(MOST);

    private final TcpSocket socket;
    private final SocketChannel channel;
    private @Nullable ByteBuffer kept; // guarded by this
    private Capacity state = OPEN; // guarded by this
    private boolean ending; // guarded by this
    private int counted;

    TcpSink(TcpSocket socket, SocketChannel channel) {
        this.socket = socket.retain();
        this.channel = channel;
        socket.watched().whenWritable(this::sendRest);
    }

    @Override
    public synchronized Capacity capacity() {
        if (kept != null) {
            return BUSY;
        }
        count(0);
        return state;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        var buffer = ByteBuffer.wrap(bytes, offset, length);
        synchronized (this) {
            assert kept == null : "capacity was 0";
            push(buffer);
            if (state != OPEN || !buffer.hasRemaining()) {
                return;
            }
            kept = ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset + length - buffer.remaining(), offset + length));
        }
        count(buffer.remaining());
        socket.watched().await(SelectionKey.OP_WRITE);
    }

    /** Counts what the host keeps; on the store's thread. */
    private void count(int bytes) {
        socket.memory().giveBack(counted);
        counted = 0;
        if (bytes > 0) {
            socket.memory().take(bytes, "bytes that go over sockets");
            counted = bytes;
        }
    }

    /** The system takes bytes again: called by the thread that waits for sockets. */
    private void sendRest() {
        synchronized (this) {
            ByteBuffer rest = kept;
            if (rest == null) {
                return;
            }
            push(rest);
            if (!rest.hasRemaining() || state != OPEN) {
                kept = null;
                if (ending && state == OPEN) {
                    end();
                }
                return;
            }
        }
        socket.watched().await(SelectionKey.OP_WRITE);
    }

    private void push(ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining() && channel.write(buffer) > 0) {
                // until the system takes no more
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        boolean gone = String.valueOf(e.getMessage()).startsWith("Broken pipe");
        state = gone ? CLOSED : new Capacity.Failed(TcpSource.failure(e));
    }

    @Override
    public void flush() {
        // what was taken is on its way already, and capacity is 0 until all of it is
    }

    /** {@code shutdown}: the peer is told when all that was taken has been sent. */
    synchronized void shutdown() {
        if (!ending) {
            ending = true;
            if (state == OPEN && kept == null) {
                end();
            }
        }
    }

    private void end() {
        state = CLOSED;
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void close() {
        if (!socket.readiness().isOver()) {
            socket.readiness().await(() -> !BUSY.equals(capacity()));
        }
        count(0);
        socket.release();
    }
}
