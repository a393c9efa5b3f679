package tenon.wasi.sockets;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tenon.wasi.io.Readiness;

/**
 * A socket of the host that does not block, and whose store is told when it becomes ready. Confined to the Store, but for
 * {@link #becameReady} and what it calls; closed by {@link Sockets}.
 */
final class Watched implements AutoCloseable {
    private final SelectableChannel channel;
    private final Readiness readiness;
    private final AtomicInteger ready = new AtomicInteger();
    private volatile @Nullable Runnable whenWritable;
    private volatile @Nullable SelectionKey key;

    Watched(SelectableChannel channel, Readiness readiness) throws IOException {
        channel.configureBlocking(false);
        this.channel = channel;
        this.readiness = readiness;
    }

    /** Has {@code action} run by the thread that waits for sockets, before the store is told, when the socket takes bytes again. */
    void whenWritable(Runnable action) {
        whenWritable = action;
    }

    /** Has the store look again as soon as one of {@code operations} can be done. */
    void await(int operations) {
        ready.updateAndGet(present -> present & ~operations);
        var selector = ReadySelector.instance();
        try {
            SelectionKey present = key;
            if (present == null) {
                key = channel.register(selector.selector(), operations, this);
            } else {
                present.interestOpsOr(operations);
            }
        } catch (ClosedChannelException | CancelledKeyException _) {
            // whoever looks again finds it closed
            readiness.signal();
        }
        selector.wakeup();
    }

    /** Takes a wish back. */
    void stopAwaiting(int operations) {
        SelectionKey present = key;
        if (present != null && present.isValid()) {
            present.interestOpsAnd(~operations);
            ReadySelector.instance().wakeup();
        }
    }

    /** Whether one of {@code operations} could be done since {@link #await} was called for it. */
    boolean isReady(int operations) {
        return (ready.get() & operations) != 0;
    }

    void becameReady(int operations) {
        ready.updateAndGet(present -> present | operations);
        Runnable action = whenWritable;
        if (action != null && (operations & SelectionKey.OP_WRITE) != 0) {
            action.run();
        }
        readiness.signal();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (key != null) {
            ReadySelector.instance().wakeup();
        }
    }
}
