package tenon.script;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The time that a script has: when it is up, what runs is stopped. Thread-safe. */
final class TimeLimit implements AutoCloseable {
    private final Duration limit;
    private final List<Runnable> stops = new CopyOnWriteArrayList<>();
    private final Thread watch;
    private volatile boolean up;

    /** Begins now. */
    TimeLimit(Duration limit) {
        this.limit = limit;
        this.watch = Thread.ofPlatform().name("time-limit").daemon().start(this::await);
    }

    private void await() {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException _) {
            // the script has ended
            return;
        }
        up = true;
        stops.forEach(Runnable::run);
    }

    /** Whether it is up. */
    boolean isUp() {
        return up;
    }

    /** Has {@code stop} run when the time is up, on a thread of its own. */
    void onEnd(Runnable stop) {
        stops.add(stop);
        if (up) {
            stop.run();
        }
    }

    /** What is said of an assertion that there is no time for. */
    String reason() {
        return "the script has taken longer than " + limit.toMillis() / 1000.0 + " s";
    }

    /** The script has ended; the time no longer matters. */
    @Override
    public void close() {
        watch.interrupt();
    }
}
