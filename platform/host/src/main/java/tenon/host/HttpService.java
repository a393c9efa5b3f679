package tenon.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tenon.host.http.HttpListener;
import tenon.host.http.ServerExchange;
import tenon.runtime.NoRoomException;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.ResponseOutparam;
import tenon.wasi.io.Readiness;

/**
 * An HTTP service: one virtual thread a request, each within its limits. Thread-safe; whoever starts it closes it.
 *
 * <p>Policy: a request waits for its turn, or is answered 503. A handler that fails before its head was sent is answered for
 * with 500 (504 if its time was up) and the request's id; after that the connection is broken off, so that no client takes a
 * part for the whole. Either way the next request is served. Closing stops accepting first, lets requests in flight finish
 * within their bound, then stops them.
 */
public final class HttpService implements AutoCloseable {
    private static final Logger LOG = System.getLogger("tenon.host");

    private final ServeOptions options;
    private final RequestHandler handler;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<RunningRequest> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;
    private final HttpListener listener;
    private volatile boolean draining;

    /** Makes what answers requests. */
    @FunctionalInterface
    public interface HandlerMaker {
        /** Makes it; what it throws ends the start of the service. */
        RequestHandler make() throws IOException;
    }

    private HttpService(ServeOptions options, HttpListener listener, RequestHandler handler) throws IOException {
        this.options = options;
        this.handler = handler;
        this.turns = new Semaphore(options.concurrency());
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("tenon-deadlines").daemon().factory());
        this.clock.setRemoveOnCancelPolicy(true);
        this.listener = listener;
        listener.listen(options.address(), this::take);
    }

    /**
     * Listens, and answers with {@code handler}.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static HttpService start(ServeOptions options, RequestHandler handler) throws IOException {
        return startMaking(options, () -> handler);
    }

    /**
     * Makes a handler while the server gets ready, which takes about as long in a young process; then listens.
     *
     * @throws IOException if the handler's maker throws it, or the address cannot be listened on
     */
    public static HttpService startMaking(ServeOptions options, HandlerMaker maker) throws IOException {
        var preparing = CompletableFuture.supplyAsync(
                () -> listener(options),
                task -> Thread.ofPlatform().name("tenon-http-start").start(task));
        RequestHandler handler;
        try {
            handler = maker.make();
        } catch (Throwable failure) {
            abandon(preparing, failure);
            throw failure;
        }
        try {
            return new HttpService(options, prepared(preparing), handler);
        } catch (Throwable failure) {
            abandon(preparing, failure);
            handler.close();
            throw failure;
        }
    }

    private static void abandon(CompletableFuture<HttpListener> preparing, Throwable reason) {
        try {
            prepared(preparing).close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static HttpListener prepared(CompletableFuture<HttpListener> preparing) throws IOException {
        try {
            return preparing.join();
        } catch (CompletionException e) {
            throw new IOException("the HTTP server did not start", e.getCause());
        }
    }

    private static HttpListener listener(ServeOptions options) {
        try {
            return new HttpListener(options.headerBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers. */
    public URI uri() {
        InetSocketAddress address = options.address();
        String host = address.getHostString();
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + listener.port());
    }

    /** How many requests are being worked on. */
    public int inFlight() {
        return running.size();
    }

    private void take(ServerExchange exchange) {
        if (draining) {
            exchange.turnAway(503);
        } else if (exchange.announcedLength() > options.bodyBytes()) {
            exchange.turnAway(413);
        } else {
            Thread.ofVirtual().name("request-" + exchange.id()).start(() -> serve(exchange));
        }
    }

    private void serve(ServerExchange exchange) {
        long begun = System.nanoTime();
        if (!turn()) {
            LOG.log(Level.WARNING, "request refused id={0} reason=\"too many requests in flight\"", exchange.id());
            exchange.turnAway(503);
            return;
        }
        try {
            work(exchange);
        } finally {
            exchange.guestLeft();
            turns.release();
        }
        if (options.accessLog()) {
            LOG.log(
                    Level.INFO,
                    "request id={0} method={1} path={2} status={3} ms={4}",
                    exchange.id(),
                    exchange.head().method().word(),
                    exchange.path(),
                    String.valueOf(exchange.status()),
                    String.valueOf((System.nanoTime() - begun) / 1_000_000));
        }
    }

    private void work(ServerExchange exchange) {
        var readiness = new Readiness();
        var request = new RunningRequest(readiness);
        running.add(request);
        Duration time = options.requestTime();
        var deadline = clock.schedule(
                () -> request.timeUp("the request took longer than " + time.toMillis() + " ms"),
                time.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            var incoming =
                    new IncomingRequest(readiness, exchange.head(), exchange.body(readiness, options.bodyBytes()));
            var response = new ResponseOutparam(readiness, exchange);
            handler.handle(new RequestHandler.Work(
                    exchange.id(),
                    exchange.client(),
                    readiness,
                    incoming,
                    response,
                    options.queueTime(),
                    request::onStop));
            if (!response.used()) {
                LOG.log(Level.WARNING, "request unanswered id={0} path={1}", exchange.id(), exchange.path());
                exchange.refuse(500);
            }
            // the last pieces may still be under way to a slow client; whatever stops a guest stops waiting for it
            request.onStop(exchange::breakOff);
            exchange.awaitSent();
        } catch (NoRoomException | OutOfMemoryError shortage) {
            LOG.log(Level.WARNING, "request refused id={0} reason=\"{1}\"", exchange.id(), shortage.getMessage());
            exchange.refuse(request.isTimeUp() ? 504 : 503);
        } catch (Throwable failure) { // whatever it was, it ends this request and no other
            logFailure(exchange, failure);
            exchange.refuse(request.isTimeUp() ? 504 : 500);
        } finally {
            deadline.cancel(false);
            running.remove(request);
        }
    }

    private static void logFailure(ServerExchange exchange, Throwable failure) {
        String request =
                " id=" + exchange.id() + " method=" + exchange.head().method().word() + " path=" + exchange.path();
        if (exchange.clientLeft()) {
            // most guests trap when nobody takes their answer: that is no fault of theirs
            LOG.log(Level.INFO, "request abandoned by its client" + request);
            LOG.log(Level.DEBUG, "the guest then", failure);
        } else {
            LOG.log(Level.WARNING, "request failed" + request, failure);
        }
    }

    private boolean turn() {
        if (turns.tryAcquire()) {
            return true;
        }
        if (waiting.incrementAndGet() > options.queue()) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return turns.tryAcquire(options.queueTime().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Stops accepting, waits for requests in flight up to the bound, stops the rest, and closes, the handler as well. */
    @Override
    public void close() throws IOException {
        draining = true;
        listener.stopAccepting();
        long end = System.nanoTime() + options.drainTime().toNanos();
        try {
            boolean idle =
                    turns.tryAcquire(options.concurrency(), options.drainTime().toNanos(), TimeUnit.NANOSECONDS);
            if (!idle) {
                LOG.log(Level.WARNING, "shutdown stops requests count={0}", String.valueOf(running.size()));
                running.forEach(request -> request.stop("the host shuts down"));
                long left = Math.max(end - System.nanoTime(), TimeUnit.SECONDS.toNanos(1));
                turns.tryAcquire(options.concurrency(), left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
        handler.close();
        listener.close();
    }
}
