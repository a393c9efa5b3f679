package tenon.runtime.abi;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tenon.runtime.task.Buffer;
import tenon.runtime.task.CopyResult;
import tenon.runtime.task.EventLoop;
import tenon.runtime.task.Shared;

/**
 * An end of a stream or future that the host holds. What it does is done on the thread that uses the store; its fields are confined to
 * that.
 */
final class HostEnd implements Shared.End {
    private final EventLoop loop;
    private Shared shared;
    private final boolean readable;
    private @Nullable CompletableFuture<Boolean> copying;
    private boolean otherGone;
    private boolean closed;

    HostEnd(EventLoop loop, Shared shared, boolean readable) {
        this.loop = loop;
        this.shared = shared;
        this.readable = readable;
        if (readable) {
            shared.reader(this);
        } else {
            shared.writer(this);
        }
        otherGone = shared.dropped();
    }

    /** What it is an end of. */
    Shared shared() {
        return shared.now();
    }

    /** Whether it was closed or passed on. */
    boolean closed() {
        return closed;
    }

    /** Copies from or to a buffer, waiting for the other end; false if that has gone, though something may have been copied. */
    boolean copy(Buffer buffer) {
        return loop.await(outcome -> begin(buffer, outcome));
    }

    private void begin(Buffer buffer, CompletableFuture<Boolean> outcome) {
        if (closed) {
            outcome.completeExceptionally(new IllegalStateException("the end is closed, or a guest's by now"));
        } else if (copying != null) {
            outcome.completeExceptionally(new IllegalStateException("the end is in use on another thread"));
        } else if (otherGone) {
            outcome.complete(false);
        } else {
            copying = outcome;
            if (readable) {
                shared().read(buffer, this);
            } else {
                shared().write(buffer, this);
            }
        }
    }

    @Override
    public void copied() {
        shared().reclaim(this);
        end(true);
    }

    @Override
    public void done(CopyResult result) {
        otherGone |= result == CopyResult.DROPPED;
        end(result == CopyResult.COMPLETED);
    }

    private void end(boolean completed) {
        CompletableFuture<Boolean> outcome = copying;
        copying = null;
        if (outcome != null) {
            outcome.complete(completed);
        }
    }

    @Override
    public void otherDropped() {
        otherGone = true;
    }

    @Override
    public void forwarded(Shared now) {
        shared = now;
    }

    /** Gives the end to a guest. */
    Shared pass() {
        if (closed || copying != null) {
            throw new IllegalStateException(
                    "an end of a stream or future that is in use, or closed, cannot be passed on");
        }
        closed = true;
        shared().reader(null);
        return shared();
    }

    /** Gives the end up. */
    void close() {
        loop.perform(() -> {
            if (!closed) {
                closed = true;
                if (copying != null) {
                    shared().cancel();
                }
                shared().drop(readable);
            }
        });
    }
}
