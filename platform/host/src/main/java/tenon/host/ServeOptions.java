package tenon.host;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a service is offered, and what one request may use. Immutable.
 *
 * @param address where to listen; port 0 takes a free one
 * @param requestTime how long the guest may work on a request, its answer's body included
 * @param requestMemory bytes of linear memory that the guests of one request may have together
 * @param concurrency requests in flight; those beyond wait in a queue
 * @param queue requests that may wait; those beyond are answered 503
 * @param queueTime how long a request waits before it is answered 503
 * @param headerBytes the most bytes of a request's head; more is answered 431
 * @param bodyBytes the most bytes of a request's body; more is answered 413, or fails the guest's read
 * @param drainTime how long a shutdown waits for requests in flight
 * @param accessLog whether a line is logged for each request
 */
public record ServeOptions(
        InetSocketAddress address,
        Duration requestTime,
        long requestMemory,
        int concurrency,
        int queue,
        Duration queueTime,
        int headerBytes,
        long bodyBytes,
        Duration drainTime,
        boolean accessLog) {
    /** Port 8080 of the loopback address, 30 s and 512 MiB a request, 1,000 in flight, 1,000 in the queue for at most 5 s. */
    public static final ServeOptions DEFAULT = new ServeOptions(
            new InetSocketAddress("127.0.0.1", 8080),
            Duration.ofSeconds(30),
            512L << 20,
            1_000,
            1_000,
            Duration.ofSeconds(5),
            16 << 10,
            Long.MAX_VALUE,
            Duration.ofSeconds(10),
            false);

    /** The same at another address. */
    public ServeOptions withAddress(InetSocketAddress to) {
        return new ServeOptions(
                to,
                requestTime,
                requestMemory,
                concurrency,
                queue,
                queueTime,
                headerBytes,
                bodyBytes,
                drainTime,
                accessLog);
    }

    /** The same with another limit for a request's time. */
    public ServeOptions withRequestTime(Duration to) {
        return new ServeOptions(
                address,
                to,
                requestMemory,
                concurrency,
                queue,
                queueTime,
                headerBytes,
                bodyBytes,
                drainTime,
                accessLog);
    }

    /** The same with another limit for a request's memory, in bytes. */
    public ServeOptions withRequestMemory(long to) {
        return new ServeOptions(
                address, requestTime, to, concurrency, queue, queueTime, headerBytes, bodyBytes, drainTime, accessLog);
    }

    /** The same with another number of requests in flight. */
    public ServeOptions withConcurrency(int to) {
        return new ServeOptions(
                address,
                requestTime,
                requestMemory,
                to,
                queue,
                queueTime,
                headerBytes,
                bodyBytes,
                drainTime,
                accessLog);
    }

    /** The same with another queue. */
    public ServeOptions withQueue(int to, Duration time) {
        return new ServeOptions(
                address,
                requestTime,
                requestMemory,
                concurrency,
                to,
                time,
                headerBytes,
                bodyBytes,
                drainTime,
                accessLog);
    }

    /** The same with another limit for bodies, in bytes. */
    public ServeOptions withBodyBytes(long to) {
        return new ServeOptions(
                address,
                requestTime,
                requestMemory,
                concurrency,
                queue,
                queueTime,
                headerBytes,
                to,
                drainTime,
                accessLog);
    }

    /** The same with another time to drain. */
    public ServeOptions withDrainTime(Duration to) {
        return new ServeOptions(
                address,
                requestTime,
                requestMemory,
                concurrency,
                queue,
                queueTime,
                headerBytes,
                bodyBytes,
                to,
                accessLog);
    }

    /** The same with or without an access log. */
    public ServeOptions withAccessLog(boolean to) {
        return new ServeOptions(
                address,
                requestTime,
                requestMemory,
                concurrency,
                queue,
                queueTime,
                headerBytes,
                bodyBytes,
                drainTime,
                to);
    }
}
