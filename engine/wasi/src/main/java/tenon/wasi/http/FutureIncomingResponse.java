package tenon.wasi.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.future-incoming-response}. Confined to the Store, but for the listener's methods. */
public final class FutureIncomingResponse implements AutoCloseable, HttpBackend.Listener {
    private final Readiness readiness;
    private final Children children;
    private final AtomicReference<@Nullable Result<IncomingResponse, ErrorCode>> outcome = new AtomicReference<>();
    private HttpBackend.@Nullable Exchange exchange;
    private boolean taken;

    FutureIncomingResponse(Readiness readiness) {
        this.readiness = readiness;
        this.children = new Children("future-incoming-response", readiness);
    }

    void follows(HttpBackend.Exchange begun) {
        exchange = begun;
    }

    @Override
    public void responded(int status, List<Field> headers, BodySource body) {
        var visible = headers.stream()
                .filter(field -> !Field.isForbidden(field.name()))
                .toList();
        outcome.compareAndSet(null, Result.ok(new IncomingResponse(readiness, status, visible, body)));
        readiness.signal();
    }

    @Override
    public void failed(ErrorCode code) {
        outcome.compareAndSet(null, Result.err(code));
        readiness.signal();
    }

    /** {@code subscribe}. */
    public Pollable subscribe() {
        return Pollable.of(readiness, () -> outcome.get() != null, children);
    }

    /** {@code get}: none until the head came; the response once; an error after that. */
    public Optional<Result<Result<IncomingResponse, ErrorCode>, Unit>> get() {
        if (taken) {
            return Optional.of(Result.err());
        }
        Result<IncomingResponse, ErrorCode> known = outcome.get();
        if (known == null) {
            return Optional.empty();
        }
        taken = true;
        return Optional.of(Result.ok(known));
    }

    /** The destructor: a request whose response nobody took is cancelled. */
    @Override
    public void close() {
        children.requireNone("dropped");
        if (!taken && exchange != null) {
            exchange.cancel();
        }
    }
}
