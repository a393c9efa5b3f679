package tenon.core;

import java.util.concurrent.locks.LockSupport;

/** Asks the JVM's collector to look, at the expense of those guests who make it necessary. Thread-safe. */
final class Collection {
    /** Of all time, collections that guests ask for take at most one part in so many, plus one. */
    private static final int REST = 4;

    /** Guards the two below; held while a collection is waited for, which serves all who wait. */
    private static final Object LOCK = new Object();

    private static long last = System.nanoTime();
    private static long next = System.nanoTime();

    private Collection() {}

    /**
     * Has the collector look, unless it does so for another meanwhile; waits for its turn, so that guests who throw much away
     * are slowed down and not the host.
     */
    static void await() {
        long asked = System.nanoTime();
        synchronized (LOCK) {
            if (last - asked >= 0) {
                return;
            }
            long pause = next - System.nanoTime();
            if (pause > 0) {
                LockSupport.parkNanos(pause);
            }
            collect();
        }
    }

    /** Has the collector look, unless it did so only just now. */
    static void unlessRecent() {
        synchronized (LOCK) {
            if (System.nanoTime() - next >= 0) {
                collect();
            }
        }
    }

    private static void collect() {
        long begin = System.nanoTime();
        System.gc();
        last = System.nanoTime();
        next = last + REST * (last - begin);
    }
}
