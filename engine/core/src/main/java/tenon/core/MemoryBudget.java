package tenon.core;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of the heap the guests of a host may have together: linear memories, tables, and what the host keeps for them.
 * Thread-safe.
 *
 * <p>Policy: who finds the budget used up first has reserves dropped that nobody uses, and is refused if that is not enough; nobody's
 * memory is taken away. Reserves that nobody needs shrink with time. Counted is what an array takes of the heap, which is more than its length where the collector gives big
 * arrays regions of their own. What is not counted (code, buffers of connections, stacks that wait) has the rest of the heap.
 */
public final class MemoryBudget {
    /** Of the heap; the rest is for what is not counted, and for the collector to work in. */
    private static final int PERCENT = 60;

    /** How often reserves give back what nobody needs. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private static final int HEADER = 16;
    private static final long REGIONS = 2048;
    private static final long SMALLEST_REGION = 1 << 20;
    private static final long LARGEST_REGION = 32 << 20;

    /** A collector with regions gives arrays of more than half of one as many whole ones as they need (G1). */
    private static final long REGION = Math.clamp(
            Long.highestOneBit(Math.max(1, 2 * (Runtime.getRuntime().maxMemory() / REGIONS) - 1)),
            SMALLEST_REGION,
            LARGEST_REGION);

    /** Arrays that were left behind, to the length of the memory and at least: when a collection is asked for. */
    private static final int OUTGROWN = 3;

    private static final long LEAST_OUTGROWN = 256 << 20;

    private static final MemoryBudget HEAP =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / 100 * PERCENT, true);

    private final long most;
    private final boolean reserving;
    private final AtomicLong used = new AtomicLong();
    /** Bytes of arrays that memories have left behind since a collection was asked for. */
    private final AtomicLong outgrown = new AtomicLong();

    private final List<WeakReference<Reserve>> reserves = new CopyOnWriteArrayList<>();

    /** Guards {@code changes}; nothing is done under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private long changes; // guarded by lock
    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicBoolean ages = new AtomicBoolean();

    private MemoryBudget(long most, boolean reserving) {
        this.most = most;
        this.reserving = reserving;
    }

    /** Something that keeps memory which nobody uses now. */
    public interface Reserve {
        /** Gives some of it back to the budget; false if it has none. Called on any thread; must not wait. */
        boolean release();

        /** Gives back a part of what nobody needed since the last call. Called now and then, on any thread; must not wait. */
        void age();
    }

    /** A budget of so many bytes. */
    public static MemoryBudget of(long bytes) {
        return new MemoryBudget(bytes, true);
    }

    /** One of so many bytes for guests that have no successors: nothing waits in reserve that they have done with. */
    public static MemoryBudget withoutReserves(long bytes) {
        return new MemoryBudget(bytes, false);
    }

    /** The one of this process: 60 % of the greatest heap that the JVM may have. */
    public static MemoryBudget ofHeap() {
        return HEAP;
    }

    /** What an array of so many bytes takes of the heap. */
    public static long footprint(long bytes) {
        long whole = bytes + HEADER;
        return whole <= REGION / 2 ? whole : (whole + REGION - 1) / REGION * REGION;
    }

    /** Bytes in all. */
    public long most() {
        return most;
    }

    /** Bytes that are taken. */
    public long used() {
        return used.get();
    }

    /** Has a reserve be asked when the budget is short; it is not kept alive by that. */
    public void add(Reserve reserve) {
        reserves.removeIf(each -> each.get() == null);
        reserves.add(new WeakReference<>(reserve));
        if (most < Long.MAX_VALUE && !ages.getAndSet(true)) {
            Thread.ofVirtual().name("tenon-reserves").start(new Aging(new WeakReference<>(this)));
        }
    }

    /** Has each reserve grow older; ends with the budget, which it does not keep alive. */
    private record Aging(WeakReference<MemoryBudget> budget) implements Runnable {
        @Override
        public void run() {
            try {
                while (budget.get() != null) {
                    Thread.sleep(AGE);
                    age(budget.get());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private static void age(@Nullable MemoryBudget budget) {
            if (budget != null) {
                budget.age();
            }
        }
    }

    /** Has each reserve give back a part of what nobody needed since this was called last. */
    void age() {
        for (WeakReference<Reserve> each : reserves) {
            Reserve reserve = each.get();
            if (reserve != null) {
                reserve.age();
            }
        }
    }

    /** Takes bytes; false if they are not there, whatever the reserves give. */
    public boolean take(long bytes) {
        while (!takeIfFree(bytes)) {
            if (bytes > most || !release()) {
                return false;
            }
        }
        return true;
    }

    /** Takes bytes for something that waits in reserve; false if they are not there now, or nothing is to wait. */
    boolean takeInReserve(long bytes) {
        return reserving && takeIfFree(bytes);
    }

    /** Takes bytes; false if they are not there now. */
    private boolean takeIfFree(long bytes) {
        // never counted in passing: what does not fit must not be in the way of what does
        long before = used.get();
        while (bytes <= most - before) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /**
     * Makes something that takes much of the JVM's heap; while there is no room for it, reserves are dropped.
     *
     * @throws OutOfMemoryError if there is no room without reserves either
     */
    <T> T allocate(Supplier<T> making) {
        while (true) {
            try {
                return making.get();
            } catch (OutOfMemoryError error) {
                if (!release()) {
                    throw error;
                }
            }
        }
    }

    /**
     * A memory's array of {@code before} bytes has been replaced by one of {@code after}. Where nothing waits in reserve, a
     * single guest runs, perhaps under a collector that makes the heap larger as long as it may before it looks for such
     * arrays by itself; so it is asked to once they come to a multiple of what is alive.
     */
    void outgrown(long before, long after) {
        if (!reserving && outgrown.addAndGet(before) > Math.max(LEAST_OUTGROWN, OUTGROWN * after)) {
            outgrown.set(0);
            Collection.unlessRecent();
        }
    }

    private boolean release() {
        for (WeakReference<Reserve> each : reserves) {
            Reserve reserve = each.get();
            if (reserve != null && reserve.release()) {
                return true;
            }
        }
        return false;
    }

    /** Gives bytes back. */
    public void giveBack(long bytes) {
        if (bytes > 0) {
            used.addAndGet(-bytes);
            change();
        }
    }

    /** Has one of those look again who wait: there may be something for them. */
    public void change() {
        if (waiting.get() == 0) {
            return;
        }
        lock.lock();
        try {
            changes++;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A number to give to {@link #await} that stands for the present; ask for it before looking. */
    public long present() {
        lock.lock();
        try {
            waiting.incrementAndGet();
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever asked for {@link #present} says that he waits no more; another one looks in his place. */
    public void leave() {
        lock.lock();
        try {
            waiting.decrementAndGet();
        } finally {
            lock.unlock();
        }
        change();
    }

    /**
     * Waits, first come first served, until something has changed since {@code seen}, or the time is up.
     *
     * @return what stands for the present then
     * @throws InterruptedException if the thread was interrupted
     */
    public long await(long seen, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return changes;
        } finally {
            lock.unlock();
        }
    }
}
