package tenon.core;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops a running guest, or makes it give way, from another thread. Thread-safe; one per store.
 *
 * <p>At the head of a loop that calls nothing, guest code touches a shared memory segment, as a buffer. The JIT hoists the
 * check whether that segment is still alive out of the loop, so that it costs nothing; yet closing the segment makes the JVM
 * deoptimize whichever frame hoisted it, and the check is done again, fails, and ends here. Where a loop calls, nothing can
 * be hoisted, and a volatile flag is read. At the entry of functions that call others a plain flag is read: no JIT hoists it
 * over a real call.
 */
public final class Interrupt implements AutoCloseable {
    /** How long a guest that was told to give way stays away at least; there is always somebody waiting then. */
    private static final long SHORTEST_AWAY_NANOS = 1_000_000;

    private static final long LONGEST_AWAY_NANOS = 20_000_000;

    /** Who has been at it for long stays away for longer: this part of the time since it began. */
    private static final int AWAY_PART = 50;

    /** Guards arming and closing; never held while the guest waits. */
    private final Object lock = new Object();

    private Arena arena = Arena.ofShared();
    private ByteBuffer buffer = arena.allocate(1).asByteBuffer();
    private boolean pending;
    private volatile boolean asked;
    private volatile @Nullable String stopReason;
    private volatile long gaveWayAt = System.nanoTime();
    private volatile long begunAt = gaveWayAt;

    /** Nothing asked yet. */
    public Interrupt() {}

    /**
     * The check at the head of a loop that calls, where nothing can be hoisted: returns if nothing was asked, gives way if
     * that was asked, traps if told to stop.
     */
    public static void pollLoop(Interrupt interrupt) {
        if (interrupt.asked) {
            interrupt.answer();
        }
    }

    /** What loops of compiled code touch; to be kept in a variable around them. */
    public static ByteBuffer buffer(Interrupt interrupt) {
        return interrupt.buffer;
    }

    /** Answers behind a failed touch of what {@link #buffer} gave; what to touch from now on. */
    public static ByteBuffer closed(Interrupt interrupt) {
        if (interrupt.arena.scope().isAlive()) {
            // a function that was called from the loop has answered already
            Thread.interrupted();
        } else {
            interrupt.answer();
        }
        return interrupt.buffer;
    }

    /** The check at the entry of a function. */
    public static void pollCall(Interrupt interrupt) {
        if (interrupt.pending) {
            interrupt.answer();
        }
    }

    /** Ends the guest with a trap at its next check, and at every further one. The first reason stays. */
    public void stop(String reason) {
        synchronized (lock) {
            if (stopReason == null) {
                stopReason = reason;
            }
            signal();
        }
    }

    /** Makes the guest leave its carrier thread for a moment at its next check. */
    public void giveWay() {
        synchronized (lock) {
            signal();
        }
    }

    /** Why the guest was stopped, or null. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** Whether something was asked that the guest has not yet seen. */
    public boolean isPending() {
        synchronized (lock) {
            return pending;
        }
    }

    /** When the guest last gave way, or began; in the terms of {@link System#nanoTime()}. */
    public long gaveWayAt() {
        return gaveWayAt;
    }

    /** Makes it ready for another guest: nothing asked, nothing stopped. */
    public void reset() {
        synchronized (lock) {
            stopReason = null;
            arm();
        }
        begunAt = System.nanoTime();
        gaveWayAt = begunAt;
    }

    /** Frees the segment; a guest that still runs is stopped. */
    @Override
    public void close() {
        stop("its instance was closed");
    }

    private void signal() {
        pending = true;
        asked = true;
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private void arm() {
        pending = false;
        asked = false;
        if (!arena.scope().isAlive()) {
            arena = Arena.ofShared();
            buffer = arena.allocate(1).asByteBuffer();
        }
    }

    private void answer() {
        // a thread that is caught inside an access gets its error asynchronously, and the JVM interrupts it on that
        // occasion
        Thread.interrupted();
        StackRoom.require();
        String reason = stopReason;
        if (reason == null) {
            long age = System.nanoTime() - begunAt;
            LockSupport.parkNanos(Math.clamp(age / AWAY_PART, SHORTEST_AWAY_NANOS, LONGEST_AWAY_NANOS));
            gaveWayAt = System.nanoTime();
            synchronized (lock) {
                reason = stopReason;
                if (reason == null) {
                    arm();
                }
            }
        }
        if (reason != null) {
            throw new Trap(TrapKind.INTERRUPTED, reason);
        }
    }
}
