package tenon.wasi.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Once over;
    private boolean taken;

    /** {@code over} is run once, on any thread: when the request has failed, or its answer was read or dropped. */
    FutureIncomingResponse(Readiness readiness, Runnable over) {
        this.readiness = readiness;
        this.over = new Once(over);
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
        outcome.compareAndSet(
                null, Result.ok(new IncomingResponse(readiness, status, visible, new Watched(body, over))));
        readiness.signal();
    }

    @Override
    public void failed(ErrorCode code) {
        outcome.compareAndSet(null, Result.err(code));
        over.run();
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
        if (!taken) {
            over.run();
        }
    }

    /** Runs an action the first time. Thread-safe. */
    private record Once(Runnable action, AtomicBoolean done) implements Runnable {
        Once(Runnable action) {
            this(action, new AtomicBoolean());
        }

        @Override
        public void run() {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        }
    }

    /** The answer's body; {@code over} when it has ended or was dropped. */
    private record Watched(BodySource source, Once over) implements BodySource {
        @Override
        public Read read(int most) {
            Read read = source.read(most);
            if (!(read instanceof Read.Bytes)) {
                over.run();
            }
            return read;
        }

        @Override
        public boolean ready() {
            return source.ready();
        }

        @Override
        public List<Field> trailers() {
            return source.trailers();
        }

        @Override
        public void close() {
            source.close();
            over.run();
        }
    }
}
