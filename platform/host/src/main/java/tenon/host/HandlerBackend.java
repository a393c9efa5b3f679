package tenon.host;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tenon.runtime.value.Result;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.RequestHead;
import tenon.wasi.io.Readiness;

/**
 * Sends guests' requests to handlers of this process, without a network. Thread-safe; whoever makes it closes it.
 *
 * <p>Policy: each request gets a virtual thread and a time limit of its own. It takes no turn of the service's, which its caller already
 * has; so those in flight are counted here, and a chain of calls is no longer than {@value #MOST_DEPTH}: a component that calls itself ends
 * in {@code loop-detected}.
 */
public final class HandlerBackend implements AutoCloseable {
    private static final int MOST_DEPTH = 16;
    private static final ScopedValue<Integer> DEPTH = ScopedValue.newInstance();

    private final int most;
    private final Duration time;
    private final Duration patience;
    private final Semaphore room;
    private final Set<HandlerExchange> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;

    /**
     * One with nothing in flight.
     *
     * @param most requests in flight; beyond, a caller gets {@code connection-limit-reached}
     * @param time for each of them
     * @param patience how long one waits for room, if the host is short of memory
     */
    public HandlerBackend(int most, Duration time, Duration patience) {
        this.most = most;
        this.time = time;
        this.patience = patience;
        this.room = new Semaphore(most);
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("tenon-deadlines").daemon().factory());
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /** Begins a request to {@code handler}, as {@link HttpBackend#begin} does. */
    public Result<HttpBackend.Exchange, ErrorCode> begin(
            RequestHandler handler, RequestHead head, Readiness caller, HttpBackend.Listener listener) {
        int depth = DEPTH.orElse(0) + 1;
        if (depth > MOST_DEPTH) {
            return Result.err(new ErrorCode.LoopDetected());
        }
        if (!room.tryAcquire()) {
            return Result.err(new ErrorCode.ConnectionLimitReached());
        }
        var exchange = new HandlerExchange(head, caller, listener, clock);
        running.add(exchange);
        var deadline = clock.schedule(
                () -> exchange.timeUp("the request took longer than " + time.toMillis() + " ms"),
                time.toNanos(),
                TimeUnit.NANOSECONDS);
        Thread.ofVirtual().name("request-" + exchange.id()).start(() -> {
            try {
                ScopedValue.where(DEPTH, depth).run(() -> exchange.run(handler, patience));
            } finally {
                deadline.cancel(false);
                running.remove(exchange);
                room.release();
            }
        });
        return Result.ok(exchange);
    }

    /** Stops what is in flight. */
    @Override
    public void close() {
        running.forEach(exchange -> exchange.stop("the host shuts down"));
        try {
            room.tryAcquire(most, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
    }
}
