package tenon.wasi.sockets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import tenon.wasi.io.ByteSource;
import tenon.wasi.io.IoError;

/**
 * What comes over a connection. Confined to the Store.
 *
 * <p>Policy: the host reads when the guest reads, and at most one small piece ahead when the guest asks whether there is something; the rest
 * waits in the system's buffer, so that whoever sends too much is slowed down.
 */
final class TcpSource implements ByteSource {
    private static final int MOST_AHEAD = 4 << 10;
    private static final int MOST = 32 << 10;
    private static final byte[] NONE = new byte[0];

    private final TcpSocket socket;
    private final SocketChannel channel;
    private byte[] ahead = NONE;
    private int taken;
    private Read end = NOTHING;

    TcpSource(TcpSocket socket, SocketChannel channel) {
        this.socket = socket.retain();
        this.channel = channel;
    }

    @Override
    public Read read(int most) {
        if (taken < ahead.length) {
            int from = taken;
            taken = Math.min(ahead.length, from + most);
            byte[] part = Arrays.copyOfRange(ahead, from, taken);
            if (taken == ahead.length) {
                forget();
            }
            return new Read.Bytes(part);
        }
        return end == NOTHING ? fetch(Math.min(most, MOST)) : end;
    }

    private Read fetch(int most) {
        try {
            var buffer = ByteBuffer.allocate(most);
            int count = channel.read(buffer);
            if (count < 0) {
                end = END;
                return END;
            }
            return count == 0 ? NOTHING : new Read.Bytes(Arrays.copyOf(buffer.array(), count));
        } catch (IOException e) {
            end = new Read.Failed(failure(e));
            return end;
        }
    }

    static IoError failure(IOException e) {
        return IoError.of(String.valueOf(e.getMessage()), RefusedException.codeOf(e));
    }

    @Override
    public boolean ready() {
        if (taken < ahead.length || end != NOTHING) {
            return true;
        }
        if (fetch(MOST_AHEAD) instanceof Read.Bytes(byte[] bytes)) {
            if (bytes.length == 0) {
                socket.watched().await(SelectionKey.OP_READ);
                return false;
            }
            socket.memory().take(bytes.length, "bytes that came over sockets");
            ahead = bytes;
            taken = 0;
        }
        return true;
    }

    /** {@code shutdown}: what has come and was not read is discarded. */
    void shutdown() throws RefusedException {
        if (end == NOTHING) {
            end = END;
            try {
                channel.shutdownInput();
            } catch (IOException e) {
                throw new RefusedException(e);
            }
        }
        forget();
    }

    private void forget() {
        socket.memory().giveBack(ahead.length);
        ahead = NONE;
        taken = 0;
    }

    @Override
    public void close() {
        forget();
        socket.release();
    }
}
