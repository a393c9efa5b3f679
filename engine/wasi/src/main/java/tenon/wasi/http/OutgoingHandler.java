package tenon.wasi.http;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/outgoing-handler@0.2}. Confined to the Store. */
public final class OutgoingHandler implements AutoCloseable {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:http/outgoing-handler@0.2.12", OutgoingHandler.class, MethodHandles.lookup())
            .resourceOf("outgoing-request", HttpTypes.INTERFACE)
            .resourceOf("request-options", HttpTypes.INTERFACE)
            .resourceOf("future-incoming-response", HttpTypes.INTERFACE)
            .function("handle", "handle", methodType(Result.class, OutgoingRequest.class, Optional.class))
            .build();

    private final Readiness readiness;
    private final HttpBackend backend;

    /** What has begun and may still go on: nothing else refers to an exchange that is over. */
    private final Set<HttpBackend.Exchange> begun = Collections.newSetFromMap(new WeakHashMap<>());

    private final int most;

    /** Requests whose answers' bodies were neither read nor dropped; the backend's threads count down. */
    private final AtomicInteger open = new AtomicInteger();

    /** Sends through {@code backend}. */
    public OutgoingHandler(Readiness readiness, HttpBackend backend) {
        this(readiness, backend, HttpLimits.DEFAULT.outgoingRequests());
    }

    /** Sends through {@code backend}, at most {@code most} requests at a time. */
    public OutgoingHandler(Readiness readiness, HttpBackend backend, int most) {
        this.readiness = readiness;
        this.backend = backend;
        this.most = most;
    }

    /** {@code handle}: begins the exchange, or says why it cannot be. */
    public Result<FutureIncomingResponse, ErrorCode> handle(OutgoingRequest request, Optional<RequestOptions> options) {
        request.consumed();
        var timeouts = options.map(RequestOptions::timeouts).orElse(RequestHead.Timeouts.NONE);
        return switch (request.head(timeouts)) {
            case Result.Err<RequestHead, ErrorCode>(ErrorCode code) -> Result.err(code);
            case Result.Ok<RequestHead, ErrorCode>(RequestHead head) -> begin(request, head);
        };
    }

    private Result<FutureIncomingResponse, ErrorCode> begin(OutgoingRequest request, RequestHead head) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return Result.err(new ErrorCode.ConnectionLimitReached());
        }
        var future = new FutureIncomingResponse(readiness, open::decrementAndGet);
        return switch (backend.begin(head, readiness, future)) {
            case Result.Err<HttpBackend.Exchange, ErrorCode>(ErrorCode code) -> {
                open.decrementAndGet();
                yield Result.err(code);
            }
            case Result.Ok<HttpBackend.Exchange, ErrorCode>(HttpBackend.Exchange exchange) -> {
                begun.add(exchange);
                future.follows(exchange);
                request.attach(exchange.body());
                yield Result.ok(future);
            }
        };
    }

    /** The Store is over: ends what its guests, which may have trapped at any point, have left behind. */
    @Override
    public void close() {
        List.copyOf(begun).forEach(HttpBackend.Exchange::cancel);
        begun.clear();
    }
}
