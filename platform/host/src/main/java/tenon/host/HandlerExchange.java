package tenon.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tenon.host.http.ErrorStatus;
import tenon.host.http.RequestIds;
import tenon.runtime.NoRoomException;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.http.BodySink;
import tenon.wasi.http.BodySource;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.Method;
import tenon.wasi.http.RequestHead;
import tenon.wasi.http.ResponseOutparam;
import tenon.wasi.http.ResponseSender;
import tenon.wasi.io.Readiness;

/** One request from a guest to a handler of this process: the caller's side and the handler's. Thread-safe. */
final class HandlerExchange implements HttpBackend.Exchange, ResponseSender {
    private static final Logger LOG = System.getLogger("tenon.host");

    private final String id = RequestIds.next();
    private final RequestHead head;
    private final HttpBackend.Listener listener;
    private final ScheduledExecutorService clock;
    private final Readiness readiness = new Readiness();
    private final RunningRequest request = new RunningRequest(readiness);
    private final BodyPipe asked = new BodyPipe(readiness, BodyPipe.Leaving.DISCARDS, () -> {});
    private final BodyPipe answered;
    private final CompletableFuture<Unit> over = new CompletableFuture<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicReference<@Nullable Future<?>> timer = new AtomicReference<>();

    HandlerExchange(RequestHead head, Readiness caller, HttpBackend.Listener listener, ScheduledExecutorService clock) {
        this.head = head;
        this.listener = listener;
        this.clock = clock;
        this.answered = new BodyPipe(caller, BodyPipe.Leaving.FAILS, () -> over.complete(Unit.UNIT));
        head.options().firstByte().ifPresent(nanos -> limit(nanos, new ErrorCode.HttpResponseTimeout()));
    }

    String id() {
        return id;
    }

    void timeUp(String reason) {
        request.timeUp(reason);
    }

    void stop(String reason) {
        request.stop(reason);
    }

    /** Has the handler answer; returns when its answer has left. */
    void run(RequestHandler handler, Duration patience) {
        try {
            var incoming = new IncomingRequest(readiness, heard(), asked);
            var response = new ResponseOutparam(readiness, this);
            handler.handle(new RequestHandler.Work(
                    id, "127.0.0.1:0", readiness, incoming, response, patience, request::onStop));
            if (!response.used()) {
                refuse(500);
            }
            // the last pieces may still wait for a slow reader
            request.onStop(_ -> over.complete(Unit.UNIT));
            over.join();
        } catch (NoRoomException | OutOfMemoryError shortage) {
            LOG.log(Level.WARNING, "request refused id={0} reason=\"{1}\"", id, shortage.getMessage());
            refuse(request.isTimeUp() ? 504 : 503);
        } catch (Throwable failure) { // whatever it was, it ends this request and no other
            LOG.log(
                    Level.WARNING,
                    "request failed id=" + id + " method=" + head.method().word() + " authority=" + head.authority(),
                    failure);
            refuse(request.isTimeUp() ? 504 : 500);
        } finally {
            asked.close();
            answered.abort(new ErrorCode.HttpResponseIncomplete());
            replaceTimer(null);
        }
    }

    /** The head as the handler sees it; names in lower case, as they come from outside. */
    private IncomingRequest.Head heard() {
        var headers = head.headers().stream()
                .map(field -> new Field(field.name().toLowerCase(Locale.ROOT), field.value()))
                .toList();
        return new IncomingRequest.Head(
                head.method(),
                Optional.of(head.pathWithQuery()),
                Optional.of(head.scheme()),
                Optional.of(head.authority()),
                headers);
    }

    @Override
    public BodySink body() {
        return asked;
    }

    @Override
    public void cancel() {
        if (!over.isDone()) {
            request.stop("the caller dropped the request");
        }
    }

    @Override
    public BodySink respond(int status, List<Field> headers) {
        return new Answer(status, headers);
    }

    @Override
    public void fail(ErrorCode code) {
        refuse(ErrorStatus.of(code));
    }

    @Override
    public Result<Unit, ErrorCode> informational(int status, List<Field> headers) {
        // a caller has no word for it: WASI's client side knows final responses only
        return Result.ok();
    }

    /** Answers for a handler that did not; after the head the body is broken off. */
    private void refuse(int status) {
        if (tell(
                status,
                List.of(Field.of("content-type", "text/plain;charset=utf-8"), Field.of("x-request-id", id)),
                BodySource.of(("status " + status + ", request " + id + "\n").getBytes(UTF_8), List.of()))) {
            over.complete(Unit.UNIT);
        }
        answered.abort(new ErrorCode.HttpResponseIncomplete());
    }

    private boolean tell(int status, List<Field> headers, BodySource body) {
        if (!told.compareAndSet(false, true)) {
            return false;
        }
        replaceTimer(null);
        var lower = headers.stream()
                .map(field -> new Field(field.name().toLowerCase(Locale.ROOT), field.value()))
                .toList();
        listener.responded(status, lower, body);
        return true;
    }

    private void limit(long nanos, ErrorCode code) {
        replaceTimer(clock.schedule(
                () -> {
                    if (told.compareAndSet(false, true)) {
                        listener.failed(code);
                    }
                    request.stop("the caller waited no longer");
                },
                nanos < 0 ? Long.MAX_VALUE : nanos,
                TimeUnit.NANOSECONDS));
    }

    private void replaceTimer(@Nullable Future<?> next) {
        Future<?> before = timer.getAndSet(next);
        if (before != null) {
            before.cancel(false);
        }
    }

    /** The answer's body; its head goes with the first piece. */
    private final class Answer implements BodySink {
        private final int status;
        private final List<Field> headers;

        Answer(int status, List<Field> headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        public void send(ByteBuffer bytes, boolean last, List<Field> trailers, Completion completion) {
            boolean bodiless = head.method() instanceof Method.Head || status == 204 || status == 304;
            tell(status, headers, bodiless ? BodySource.of(new byte[0], List.of()) : new Watched(answered));
            if (bodiless) {
                completion.succeeded();
                over.complete(Unit.UNIT);
            } else {
                replaceTimer(null);
                answered.send(bytes, last, trailers, completion);
            }
        }

        @Override
        public boolean trailersAfterLength() {
            return true;
        }

        @Override
        public void abort(ErrorCode reason) {
            refuse(500);
        }
    }

    /** The answer's body as the caller reads it: each wait is bounded as the caller said, and leaving early stops the handler. */
    private final class Watched implements BodySource {
        private final BodyPipe pipe;

        Watched(BodyPipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public Read read(int most) {
            return pipe.read(most);
        }

        @Override
        public boolean ready() {
            boolean ready = pipe.ready();
            if (!ready && timer.get() == null) {
                head.options().betweenBytes().ifPresent(this::limitWait);
            }
            return ready;
        }

        private void limitWait(long nanos) {
            replaceTimer(clock.schedule(
                    () -> pipe.abort(new ErrorCode.ConnectionReadTimeout()),
                    nanos < 0 ? Long.MAX_VALUE : nanos,
                    TimeUnit.NANOSECONDS));
        }

        @Override
        public List<Field> trailers() {
            return pipe.trailers();
        }

        @Override
        public void close() {
            cancel();
            pipe.close();
        }
    }
}
