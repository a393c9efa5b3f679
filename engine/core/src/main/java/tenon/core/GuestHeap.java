package tenon.core;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the structures and arrays that guests of one store hold against its limits of memory.
 *
 * <p>The policy: the JVM's collector alone knows what is alive, so objects belong to shares of some size, and a share is given
 * back when the collector has found none of its objects alive. What is counted is therefore never less than what is held, and
 * more until the next collection. When the limit is reached a collection is asked for, and only what it leaves counts. Confined
 * to its store.
 */
final class GuestHeap {
    /** Objects smaller than a share are counted together. */
    private static final int SHARE = 64 << 10;

    /** How long to wait for what the collector has found. */
    private static final long PATIENCE_MILLIS = 100;

    private final ResourceLimits limits;
    private final ReferenceQueue<Share> gone = new ReferenceQueue<>();
    private final Set<Counted> counted = new HashSet<>();
    private Share current;
    private long left;

    GuestHeap(ResourceLimits limits) {
        this.limits = limits;
        this.current = new Share(limits);
    }

    /** What objects that are counted together point at. */
    static final class Share {
        private final ResourceLimits limits;

        private Share(ResourceLimits limits) {
            this.limits = limits;
        }

        /** The check before an instruction on so many elements: {@link ResourceLimits#poll(int)}. */
        void poll(int elements) {
            limits.poll(elements);
        }
    }

    /** A share that is counted; the collector tells when it is gone. */
    private static final class Counted extends PhantomReference<Share> {
        private final long bytes;

        Counted(Share share, long bytes, ReferenceQueue<Share> queue) {
            super(share, queue);
            this.bytes = bytes;
        }
    }

    /**
     * Counts an object of so many bytes.
     *
     * @return what the object has to point at for as long as it lives
     * @throws Trap if it is beyond the limit
     */
    Share share(long bytes) {
        left -= bytes;
        return left >= 0 ? current : next(bytes);
    }

    private Share next(long bytes) {
        StackRoom.require();
        limits.poll();
        left += bytes;
        if (bytes > SHARE) {
            return take(bytes);
        }
        current = take(SHARE);
        left = SHARE - bytes;
        return current;
    }

    private Share take(long bytes) {
        drain();
        boolean taken = limits.takeHeap(bytes);
        if (!taken) {
            // the objects of the present share may be gone as well
            current = new Share(limits);
            left = 0;
            Collection.await();
            do {
                taken = limits.takeHeap(bytes);
            } while (!taken && awaitGone());
        }
        if (!taken) {
            throw new Trap(
                    limits.refused() ? TrapKind.OUT_OF_MEMORY : TrapKind.HOST,
                    "structures and arrays are beyond the limit of memory");
        }
        var share = new Share(limits);
        counted.add(new Counted(share, bytes, gone));
        return share;
    }

    private void drain() {
        for (var found = gone.poll(); found != null; found = gone.poll()) {
            giveBack(found);
        }
    }

    private void giveBack(@Nullable Object found) {
        if (found instanceof Counted share && counted.remove(share)) {
            limits.giveBackHeap(share.bytes);
        }
    }

    /** Waits for what the collector has found; false if there is no more. */
    private boolean awaitGone() {
        try {
            var found = gone.remove(PATIENCE_MILLIS);
            giveBack(found);
            drain();
            return found != null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
