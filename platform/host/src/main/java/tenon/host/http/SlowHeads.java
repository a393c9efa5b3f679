package tenon.host.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose client takes too long for a request's head. The library's own timeout begins anew with each byte.
 *
 * <p>Policy: a head that has begun has ten seconds, whatever trickles in meanwhile. A connection without a request that sends nothing
 * is left to the library's timeout; one with a request under way to the request's time. So is one of HTTP/2: its bytes between requests
 * may be a client's question whether we are there, and who wants to hold it may ask that for ever. Thread-safe.
 */
final class SlowHeads extends AbstractLifeCycle implements Connection.Listener {
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_MILLIS = 1_000;

    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private final Scheduler scheduler;

    SlowHeads(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * How far a connection was when it was looked at last.
     *
     * @param bytes received
     * @param requests whose heads were complete
     * @param answers that were complete
     * @param since when bytes of a head were first seen; 0 if none were
     */
    private record Progress(long bytes, long requests, long answers, long since) {}

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof HTTP2Connection)) {
            open.put(connection, new Progress(0, 0, 0, 0));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        scheduler.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        long now = System.nanoTime();
        open.forEach((connection, before) -> {
            Progress after = progress(connection, before, now);
            if (after.since != 0 && now - after.since > HEAD_NANOS) {
                connection.getEndPoint().close();
            } else if (!after.equals(before)) {
                open.replace(connection, before, after);
            }
        });
        again();
    }

    private static Progress progress(Connection connection, Progress before, long now) {
        long bytes = connection.getBytesIn();
        long requests = connection.getMessagesIn();
        long answers = connection.getMessagesOut();
        // after an answer, the bytes since the last look may have been those of the request's body
        boolean waits = requests == before.requests && answers == before.answers && answers >= requests;
        if (!waits) {
            return new Progress(bytes, requests, answers, 0);
        }
        boolean begun = before.since != 0 || bytes > before.bytes;
        long since = begun && before.since == 0 ? Math.max(now, 1) : before.since;
        return new Progress(before.bytes, requests, answers, since);
    }
}
