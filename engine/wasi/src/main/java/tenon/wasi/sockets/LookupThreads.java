package tenon.wasi.sockets;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that ask for names' addresses. The JDK asks in native code: a virtual thread would hold its carrier as long as whoever is asked
 * keeps silent.
 */
public final class LookupThreads {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_WAITING = 4_096;
    private static final int IDLE_SECONDS = 10;

    private LookupThreads() {}

    /** Daemons, at most 64, that go when nobody asks; what more than 4,096 wait for is rejected. Whoever starts them ends them. */
    public static ExecutorService start() {
        var threads = new ThreadPoolExecutor(
                MOST_AT_ONCE,
                MOST_AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("tenon-lookup-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
