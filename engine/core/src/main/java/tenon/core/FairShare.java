package tenon.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sees to it that guests which never block do not keep the carriers of virtual threads from everybody else, and that no
 * guest outlives its deadline. Thread-safe.
 *
 * <p>Policy: a probe, a virtual thread that only notes the time, is started at every tick. As long as probes run at once,
 * nobody starves and nobody is disturbed. When a probe is late and guests hold all carriers, those that have been running longer
 * than a tick are told to give way, the longest first, at most twice as many as there are processors at a time. While fewer
 * guests run, a late probe is the doing of other threads, the JIT's above all, and nobody is disturbed before it is very late.
 * A guest that was told and has not answered waits for a carrier itself and is not told again. Who has computed for long stays
 * away for longer: a fiftieth of that time, from 1 to 20 ms.
 */
public final class FairShare implements AutoCloseable {
    private static final Logger LOG = System.getLogger("tenon.core");

    private static final long TICK_NANOS = 2_000_000;

    /** A probe that is so late stands for somebody who waits too long, whatever the reason. */
    private static final long VERY_LATE_NANOS = 10 * TICK_NANOS;

    /** How many virtual threads run at a time. */
    static final int CARRIERS = Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());

    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private final AtomicLong probeSeen = new AtomicLong(System.nanoTime());
    private final Thread ticker;
    private volatile boolean closed;

    /** Starts the thread that watches. */
    public FairShare() {
        ticker = Thread.ofPlatform().daemon().name("tenon-fair-share").start(this::run);
    }

    /** A guest's time on stage; whoever began it closes it. */
    public final class Turn implements AutoCloseable {
        private final Interrupt interrupt;
        private final Thread thread = Thread.currentThread();
        private final long deadline;
        private final String limit;
        private final long begun = System.nanoTime();
        private boolean over;

        private Turn(Interrupt interrupt, long deadline, String limit) {
            this.interrupt = interrupt;
            this.deadline = deadline;
            this.limit = limit;
        }

        /** Its interrupt may be older than the turn, and have given way for another guest last. */
        private long runningSince() {
            long gaveWay = interrupt.gaveWayAt();
            return gaveWay - begun > 0 ? gaveWay : begun;
        }

        /** A guest that waits inside the host is woken: the wait fails and the guest meets its stop. */
        private synchronized void stopOverdue() {
            if (!over && interrupt.stopReason() == null) {
                interrupt.stop(limit);
                thread.interrupt();
            }
        }

        @Override
        public void close() {
            turns.remove(this);
            synchronized (this) {
                over = true;
            }
        }
    }

    /**
     * Says that the current thread is about to run a guest.
     *
     * @param nanos after which the guest is stopped; {@link Long#MAX_VALUE} for never
     */
    public Turn begin(Interrupt interrupt, long nanos) {
        long deadline = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + nanos;
        var turn = new Turn(interrupt, deadline, "time limit of " + nanos / 1_000_000 + " ms exceeded");
        turns.add(turn);
        return turn;
    }

    /** How many guests are on stage. */
    public int size() {
        return turns.size();
    }

    @Override
    public void close() {
        closed = true;
        ticker.interrupt();
    }

    private void run() {
        // the time at which the first probe counts as sent and seen
        long probeSent = probeSeen.get();
        while (!closed) {
            try {
                Thread.sleep(Duration.ofNanos(TICK_NANOS));
            } catch (InterruptedException _) {
                continue;
            }
            if (!turns.isEmpty()) {
                try {
                    probeSent = tick(probeSent);
                } catch (OutOfMemoryError e) {
                    // guests may use up the heap, and must not be rid of their watch by it: the next tick tries again
                    LOG.log(Level.WARNING, "the watch over guests was short of memory", e);
                }
            }
        }
    }

    /** Looks once; when the last probe was sent. */
    private long tick(long probeSent) {
        long now = System.nanoTime();
        stopOverdue(now);
        if (probeSeen.get() - probeSent >= 0) {
            Thread.ofVirtual().start(() -> probeSeen.set(System.nanoTime()));
            return now;
        }
        if (now - probeSent > TICK_NANOS / 2) {
            makeRoom(now, now - probeSent);
        }
        return probeSent;
    }

    private void stopOverdue(long now) {
        for (Turn turn : turns) {
            if (turn.deadline != Long.MAX_VALUE && now - turn.deadline > 0) {
                turn.stopOverdue();
            }
        }
    }

    private void makeRoom(long now, long late) {
        List<Turn> holding = turns.stream()
                .filter(turn -> turn.thread.getState() == Thread.State.RUNNABLE)
                .toList();
        if (!isDoingOfGuests(holding.size(), late)) {
            return;
        }
        holding.stream()
                .map(turn -> new Running(turn, turn.runningSince()))
                .filter(running -> now - running.since() > TICK_NANOS)
                .filter(running -> !running.turn().interrupt.isPending())
                .sorted((a, b) -> Long.compare(a.since() - b.since(), 0))
                .limit(2L * Runtime.getRuntime().availableProcessors())
                .forEach(running -> running.turn().interrupt.giveWay());
    }

    /** Whether a probe that is so many nanoseconds late calls for guests to give way, so many of which run or want to. */
    static boolean isDoingOfGuests(int running, long late) {
        return running >= CARRIERS || late > VERY_LATE_NANOS;
    }

    /** A turn and since when it has run without giving way: read once, since sorting needs values that stand still. */
    private record Running(Turn turn, long since) {}
}
