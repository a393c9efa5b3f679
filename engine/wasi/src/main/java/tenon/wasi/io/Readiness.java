package tenon.wasi.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostMemory;

/**
 * The one way in which a guest waits: a bell, one per Store, that everything rings which may have made something ready.
 *
 * <p>Policy: backends never call into a guest or its resources; they change their own state and {@link #signal}. Whoever waits
 * looks at the conditions itself, again after every signal. So a signal too many costs a look, and none is lost.
 *
 * <p>Thread-safe; waiting is for the Store's thread only.
 */
public final class Readiness {
    /** Deadline of a wait that has none. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long ORIGIN = System.nanoTime();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<BooleanSupplier> beforeWaiting = new ArrayList<>();
    private BooleanSupplier over = () -> false;
    private HostMemory memory = HostMemory.endless();
    private long changes; // guarded by lock
    private @Nullable String stopped; // guarded by lock

    /** A bell that nothing hangs on yet. */
    public Readiness() {}

    /** Nanoseconds of the monotonic clock, counted from the start of this process; never negative. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }

    /** Tells whoever waits to look again; never blocks. */
    public void signal() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the present wait and every later one with a trap that gives {@code reason}. */
    public void stop(String reason) {
        lock.lock();
        try {
            stopped = reason;
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has {@code action} run on the Store's thread whenever a guest is about to wait, to send what was held back; for as long as it
     * says that there may be more.
     */
    public void beforeWaiting(BooleanSupplier action) {
        beforeWaiting.add(action);
    }

    /** Says how to know that the Store is over. */
    public void endWhen(BooleanSupplier storeIsOver) {
        over = storeIsOver;
    }

    /** Says where what the host keeps for the Store's guests is counted. */
    public void countIn(HostMemory counter) {
        memory = counter;
    }

    /** Where what the host keeps for the Store's guests is counted. */
    public HostMemory memory() {
        return memory;
    }

    /** Whether the Store is over: what guests still hold is being closed. */
    public boolean isOver() {
        return over.getAsBoolean();
    }

    /** Waits until {@code ready} holds. */
    public void await(BooleanSupplier ready) {
        await(ready, NEVER);
    }

    /**
     * Waits until {@code ready} holds or the time has come.
     *
     * @param deadline nanoseconds of {@link #now}, or {@link #NEVER}
     * @return whether {@code ready} holds
     * @throws tenon.core.Trap if the guest was stopped
     */
    public boolean await(BooleanSupplier ready, long deadline) {
        if (ready.getAsBoolean()) {
            return true;
        }
        beforeWaiting.removeIf(action -> !action.getAsBoolean());
        while (true) {
            long seen = changes();
            if (ready.getAsBoolean()) {
                return true;
            }
            if (deadline != NEVER && now() >= deadline) {
                return false;
            }
            awaitChange(seen, deadline);
        }
    }

    private long changes() {
        lock.lock();
        try {
            requireRunning();
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(long seen, long deadline) {
        lock.lock();
        try {
            while (changes == seen) {
                if (deadline == NEVER) {
                    changed.await();
                } else {
                    long nanos = deadline - now();
                    if (nanos <= 0) {
                        return;
                    }
                    changed.await(nanos, TimeUnit.NANOSECONDS);
                }
            }
            requireRunning();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trap(TrapKind.INTERRUPTED, "the thread that the guest waited on was interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void requireRunning() {
        if (stopped != null) {
            throw new Trap(TrapKind.INTERRUPTED, stopped);
        }
    }
}
