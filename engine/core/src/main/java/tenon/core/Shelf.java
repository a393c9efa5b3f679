package tenon.core;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Things that wait to be used again, the one used last at the front, so that those at the back are the ones that nobody needs.
 * Thread-safe.
 */
public final class Shelf<T> {
    private final ConcurrentLinkedDeque<T> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();

    /** The fewest that waited at a time since {@link #unneeded}. */
    private final AtomicInteger fewest = new AtomicInteger();

    /** An empty shelf. */
    public Shelf() {}

    /** How many wait. */
    public int size() {
        return count.get();
    }

    /** Has one wait; false if {@code most} do already. */
    public boolean put(T thing, int most) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        waiting.addFirst(thing);
        return true;
    }

    /** The one that was used last, or null. */
    public @Nullable T take() {
        return taken(waiting.pollFirst());
    }

    /** The one that was used longest ago, or null. */
    public @Nullable T takeOldest() {
        return taken(waiting.pollLast());
    }

    private @Nullable T taken(@Nullable T thing) {
        if (thing != null) {
            int left = count.decrementAndGet();
            if (left < fewest.get()) {
                fewest.accumulateAndGet(left, Math::min);
            }
        }
        return thing;
    }

    /** How many have waited all the time since this was asked last. */
    public int unneeded() {
        int now = count.get();
        return Math.min(fewest.getAndSet(now), now);
    }
}
