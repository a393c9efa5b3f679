package tenon.wasi.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files and directories that the guests of one store hold open: so many and no more, since the process has only so many, and none
 * after the store is closed, however a guest ended. Confined to the store.
 */
public final class Opened implements AutoCloseable {
    /** As many as a store may have open at a time. */
    static final int MOST = 1_000;

    private final Set<Closeable> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Nothing is open yet. */
    public Opened() {}

    /** Opens something. */
    @FunctionalInterface
    interface Opener<T extends Closeable> {
        T open() throws IOException;
    }

    /**
     * Opens something that {@link #close(Closeable)} closes, or at last {@link #close()}.
     *
     * @throws RefusedException if it cannot be opened, or too much is open
     */
    <T extends Closeable> T open(Opener<? extends T> opener) throws RefusedException {
        if (isFull()) {
            throw new RefusedException(ErrorCode.INSUFFICIENT_MEMORY);
        }
        try {
            T opened = opener.open();
            open.add(opened);
            return opened;
        } catch (IOException e) {
            throw new RefusedException(e);
        }
    }

    /** Closes one. */
    void close(Closeable opened) throws IOException {
        open.remove(opened);
        opened.close();
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    /** Whether no more can be opened. */
    boolean isFull() {
        return open.size() >= MOST;
    }

    /** Closes what guests have left open: those that trapped between opening and keeping. */
    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (Closeable each : open) {
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
