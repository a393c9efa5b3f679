package tenon.host;

import java.time.Duration;
import java.util.function.Consumer;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.ResponseOutparam;
import tenon.wasi.io.Readiness;

/** Answers HTTP requests: a component, or Java code. Thread-safe: it is called for many requests at once. */
@FunctionalInterface
public interface RequestHandler extends AutoCloseable {
    /**
     * Answers one request, on a virtual thread of its own; may go on working after the response was sent.
     *
     * @throws Exception if it failed: before the head was sent the client gets 500, after it a broken body
     */
    void handle(Work work) throws Exception;

    /** Gives back what the handler holds; the service that it answers for closes it. */
    @Override
    default void close() {}

    /**
     * One request to be answered.
     *
     * @param id in the logs, and in the answer if it fails
     * @param client who sent it, {@code ADDRESS:PORT}
     * @param readiness where the guest waits; stopped when the request's time is up
     * @param request the request
     * @param response the right to answer
     * @param patience how long to wait for room, if the host is short of memory
     * @param onStop takes what stops the guest's computation; it is called with the reason, on another thread
     */
    record Work(
            String id,
            String client,
            Readiness readiness,
            IncomingRequest request,
            ResponseOutparam response,
            Duration patience,
            Consumer<Consumer<String>> onStop) {
        /** The same with another request. */
        public Work withRequest(IncomingRequest to) {
            return new Work(id, client, readiness, to, response, patience, onStop);
        }
    }
}
