package tenon.wasi.sockets;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Tells stores when a socket of theirs has become ready: one thread for the whole process, which itself only sends what
 * sockets would not take before.
 * Thread-safe.
 */
final class ReadySelector {
    private static final System.Logger LOG = System.getLogger("tenon.wasi.sockets");

    private final Selector selector;

    private ReadySelector() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new IllegalStateException("the host cannot wait for sockets", e);
        }
        Thread.ofPlatform().name("tenon-sockets").daemon().start(this::run);
    }

    /** Made with the first socket that is waited for. */
    private static final class Only {
        private static final ReadySelector INSTANCE = new ReadySelector();
    }

    static ReadySelector instance() {
        return Only.INSTANCE;
    }

    Selector selector() {
        return selector;
    }

    /** Has it see what has changed: a new wish, or a socket that was closed, whose descriptor is free only then. */
    void wakeup() {
        selector.wakeup();
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select(ReadySelector::ready);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "waiting for sockets failed", e);
            }
        }
    }

    private static void ready(SelectionKey key) {
        try {
            int ready = key.readyOps();
            key.interestOpsAnd(~ready);
            ((Watched) key.attachment()).becameReady(ready);
        } catch (CancelledKeyException _) {
            // closed meanwhile: its store knows
        } catch (RuntimeException e) {
            // one socket's trouble is not the others'
            LOG.log(System.Logger.Level.WARNING, "a socket that became ready failed", e);
        }
    }
}
