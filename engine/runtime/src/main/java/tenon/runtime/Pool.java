package tenon.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tenon.core.MemoryBudget;
import tenon.core.ResourceLimits;
import tenon.core.Shelf;

/**
 * Slots of one linked component: those that wait for their next life, the one used last at the front, and room for further ones.
 * Thread-safe.
 *
 * <p>Policy: a life begins only if the budget has what the lives before it have used, so that guests are made to wait and not cut off.
 * What is expected rises at once with a life that used more, and falls by an eighth of the difference with each that used less. Waiting
 * slots are dropped, the one used longest ago first, when the budget is short, and with time those that nobody needs.
 */
final class Pool implements MemoryBudget.Reserve {
    /** What is expected falls by this part of the difference. */
    private static final int INERTIA = 8;

    /** So many wait however long nobody needs them. */
    private static final int LEAST = 2;

    private final Shelf<Slot> idle = new Shelf<>();
    private final MemoryBudget budget;
    private final AtomicLong expected;
    private volatile int most;
    private volatile boolean closed;

    /** A pool of at most so many waiting slots, each of which takes at least {@code footprint} bytes of the budget. */
    Pool(int most, MemoryBudget budget, long footprint) {
        this.most = most;
        this.budget = budget;
        this.expected = new AtomicLong(footprint);
        budget.add(this);
    }

    /** How many slots may wait. */
    void most(int slots) {
        most = slots;
    }

    /** A life has used so many bytes of the budget at a time. */
    void learn(long peak) {
        long before = expected.get();
        long after = peak >= before ? peak : before - (before - peak) / INERTIA;
        if (after != before) {
            expected.compareAndSet(before, after);
        }
    }

    /**
     * A slot that a life in the store has begun in: one that waited, or a new one; waits for room.
     *
     * @throws NoRoomException if there is none in time
     */
    Slot take(Code code, Store store, Duration patience) {
        if (closed) {
            throw new IllegalStateException("the component is closed");
        }
        store.requireOpen();
        Slot slot = tryTake(code, store);
        return slot != null ? slot : await(code, store, patience);
    }

    private Slot await(Code code, Store store, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long seen = budget.present();
        try {
            while (true) {
                Slot slot = tryTake(code, store);
                if (slot != null) {
                    return slot;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new NoRoomException(
                            "the host has no room for another instance: " + budget.used() + " of " + budget.most()
                                    + " bytes are in use, expected " + expected + " free ones",
                            null);
                }
                seen = budget.await(seen, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoRoomException("the wait for room for another instance was interrupted", e);
        } finally {
            budget.leave();
        }
    }

    private @Nullable Slot tryTake(Code code, Store store) {
        // more than there is in all would never be free
        long bytes = Math.min(expected.get(), budget.most());
        Slot slot = idle.take();
        if (slot != null) {
            boolean begun = false;
            try {
                if (slot.limits().equals(store.limits()) && slot.resources().begin(bytes)) {
                    slot.begin(store);
                    begun = true;
                    return slot;
                }
            } finally {
                if (!begun) {
                    slot.close();
                }
            }
        }
        return make(code, store, bytes);
    }

    private @Nullable Slot make(Code code, Store store, long bytes) {
        StoreLimits limits = store.limits();
        var resources = new ResourceLimits(limits.memoryBytes(), limits.tableElements(), budget);
        if (!resources.begin(bytes)) {
            return null;
        }
        boolean made = false;
        try {
            var slot = new Slot(code, this, store, resources);
            if (code.resettable()) {
                slot.capture();
            }
            made = true;
            return slot;
        } finally {
            if (!made) {
                resources.close();
            }
        }
    }

    /** Has a slot wait, unless enough others do. */
    void put(Slot slot) {
        if (closed || !idle.put(slot, most)) {
            slot.close();
            return;
        }
        budget.change();
        if (closed) {
            drop();
        }
    }

    @Override
    public boolean release() {
        Slot slot = idle.takeOldest();
        if (slot == null) {
            return false;
        }
        slot.close();
        return true;
    }

    @Override
    public void age() {
        for (int left = (idle.unneeded() - LEAST + 1) / 2; left > 0 && release(); left--) {
            // until half of them are gone
        }
    }

    /** Drops what waits, and from now on whatever comes back. */
    void close() {
        closed = true;
        drop();
    }

    private void drop() {
        while (release()) {
            // until none is left
        }
    }
}
