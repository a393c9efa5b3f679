package tenon.wasi.http;

import java.util.List;
import tenon.runtime.value.Result;
import tenon.wasi.io.Readiness;
import tenon.wasi.log.RefusalLog;

/**
 * How a guest's requests leave the host. Policy belongs here: a backend decides before it connects, and refuses with a code.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface HttpBackend {
    /** Refuses every request, and logs which: what a guest gets that was granted nothing. */
    HttpBackend DENIED = (head, _, _) -> {
        Denials.log(head, "no outgoing request is allowed");
        return Result.err(new ErrorCode.HttpRequestDenied());
    };

    /**
     * Begins an exchange; does not wait for the other side.
     *
     * @param readiness to be signalled when the response's body can be read
     * @param listener told once, on any thread, what became of it
     * @return the exchange, or why it was refused
     */
    Result<Exchange, ErrorCode> begin(RequestHead head, Readiness readiness, Listener listener);

    /** A request under way. Thread-safe. */
    interface Exchange {
        /** Where the request's body goes; an empty last piece ends a request without one. */
        BodySink body();

        /** The guest has lost interest: the connection is not used any more. Does nothing once the response was read. */
        void cancel();
    }

    /** What became of a request. */
    interface Listener {
        /** The head of the response came. */
        void responded(int status, List<Field> headers, BodySource body);

        /** No head will come. */
        void failed(ErrorCode code);
    }

    /** Writes refused requests to the log, by name. */
    final class Denials {
        private static final RefusalLog REFUSED = RefusalLog.of("tenon.wasi.http");

        private Denials() {}

        /** One line: whom the guest wanted to reach, and why it may not. Never path, query or headers. */
        public static void log(RequestHead head, String reason) {
            REFUSED.warn(
                    "outgoing request denied method={0} scheme={1} authority={2} reason=\"{3}\"",
                    head.method().word(), head.scheme().word(), head.authority(), reason);
        }

        /** One line: none of the addresses of a host that the guest may reach may be connected to. */
        public static void log(OutboundPolicy.Target target, String reason) {
            REFUSED.warn(
                    "outgoing connection denied scheme={0} host={1} port={2} reason=\"{3}\"",
                    target.scheme().word(), target.host(), String.valueOf(target.port()), reason);
        }
    }
}
