package tenon.wasi.sockets;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tenon.wasi.io.Readiness;

/**
 * The sockets that the guests of one store have: so many and no more, and none after the store is closed, however a guest ended. Confined to the Store.
 */
public final class Sockets implements AutoCloseable {
    /** As many as a store may have at a time, name lookups that are under way among them. */
    public static final int MOST = 256;

    private static final Logger LOG = System.getLogger("tenon.wasi.sockets");

    private final Readiness readiness;
    private final int most;
    private final Set<Watched> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final AtomicInteger lookups = new AtomicInteger();
    private @Nullable ByteBuffer datagram;

    /** None yet. */
    public Sockets(Readiness readiness) {
        this(readiness, MOST);
    }

    Sockets(Readiness readiness, int most) {
        this.readiness = readiness;
        this.most = most;
    }

    Readiness readiness() {
        return readiness;
    }

    /** Makes a socket of the host. */
    @FunctionalInterface
    interface Opener<C extends SelectableChannel> {
        C open() throws IOException;
    }

    /** A socket with what watches it. */
    record Opened<C extends SelectableChannel>(C channel, Watched watched) {}

    /**
     * Opens a socket that {@link #close(Watched)} closes, or at last {@link #close()}.
     *
     * @throws RefusedException if it cannot be opened, or there are too many
     */
    <C extends SelectableChannel> Opened<C> open(Opener<C> opener) throws RefusedException {
        requireRoom();
        try {
            return adopt(opener.open());
        } catch (UnsupportedOperationException e) {
            throw new RefusedException(ErrorCode.NOT_SUPPORTED, e);
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    private <C extends SelectableChannel> Opened<C> adopt(C channel) throws IOException {
        try {
            var watched = new Watched(channel, readiness);
            open.add(watched);
            return new Opened<>(channel, watched);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Fails if there are as many as there may be. */
    void requireRoom() throws RefusedException {
        if (isFull()) {
            throw new RefusedException(ErrorCode.NEW_SOCKET_LIMIT);
        }
    }

    boolean isFull() {
        return open.size() + lookups.get() >= most;
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    /** Closes one. */
    void close(Watched socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "socket not closed", e);
        }
    }

    void lookupBegins() throws RefusedException {
        requireRoom();
        lookups.incrementAndGet();
    }

    /** Called on any thread. */
    void lookupEnds() {
        lookups.decrementAndGet();
    }

    /** Room for the longest datagram, made for the first. */
    ByteBuffer datagram() {
        ByteBuffer room = datagram;
        if (room == null) {
            room = ByteBuffer.allocate(UdpSocket.LONGEST);
            datagram = room;
        }
        return room;
    }

    /** Closes what guests have left open. */
    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (Watched each : open) {
            try {
                each.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
