package tenon.runtime;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Slots of one linked component that wait for their next life, the one used last at the front. Thread-safe. */
final class Pool {
    private final ConcurrentLinkedDeque<Slot> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile int most;

    Pool(int most) {
        this.most = most;
    }

    /** How many slots may wait. */
    void most(int slots) {
        most = slots;
    }

    /** A slot made with the same limits, or null. */
    @Nullable Slot take(StoreLimits limits) {
        Slot slot = idle.pollFirst();
        if (slot == null) {
            return null;
        }
        count.decrementAndGet();
        if (slot.limits().equals(limits)) {
            return slot;
        }
        slot.interrupt().close();
        return null;
    }

    /** Has a slot wait, unless enough others do. */
    void put(Slot slot) {
        if (count.incrementAndGet() <= most) {
            idle.addFirst(slot);
        } else {
            count.decrementAndGet();
            slot.interrupt().close();
        }
    }
}
