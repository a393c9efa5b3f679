package tenon.host.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tenon.wasi.http.BodySink;
import tenon.wasi.http.BodySource;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.RequestHead;
import tenon.wasi.io.Readiness;

/** One request that goes out. Thread-safe; the library is told of the request when the first piece of its body comes. */
final class ClientExchange implements HttpBackend.Exchange, BodySink {
    private final Request request;
    private final RequestHead.Timeouts timeouts;
    private final Readiness readiness;
    private final HttpBackend.Listener listener;
    private final ScheduledExecutorService clock;
    private final HttpFields.Mutable trailers = HttpFields.build();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicReference<@Nullable Future<?>> timer = new AtomicReference<>();
    private @Nullable AsyncRequestContent content;

    ClientExchange(
            Request request,
            RequestHead.Timeouts timeouts,
            Readiness readiness,
            HttpBackend.Listener listener,
            ScheduledExecutorService clock) {
        this.request = request;
        this.timeouts = timeouts;
        this.readiness = readiness;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public BodySink body() {
        return this;
    }

    @Override
    public void cancel() {
        request.abort(new IOException("the guest dropped the request"));
    }

    @Override
    public boolean trailersAfterLength() {
        return false;
    }

    @Override
    public void abort(ErrorCode reason) {
        fail(reason);
        request.abort(new IOException("the request's body was broken off: " + reason));
    }

    @Override
    public void send(ByteBuffer bytes, boolean last, List<Field> section, Completion completion) {
        if (content == null && last && section.isEmpty()) {
            sendWhole(bytes, completion);
            return;
        }
        if (content == null) {
            content = new AsyncRequestContent();
            request.body(content);
            request.trailersSupplier(() -> trailers);
            begin();
        }
        FieldSections.put(trailers, section);
        Callback done =
                Callback.from(completion::succeeded, failure -> completion.failed(ClientErrors.beforeHead(failure)));
        if (!last && !bytes.hasRemaining()) {
            // such a piece is for the head, which the library sends by itself
            completion.succeeded();
        } else {
            content.write(last, bytes, done);
        }
    }

    private void sendWhole(ByteBuffer bytes, Completion completion) {
        if (bytes.hasRemaining()) {
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            request.body(new BytesRequestContent(all));
        }
        begin();
        completion.succeeded();
    }

    private void begin() {
        timeouts.connect().ifPresent(nanos -> limit(nanos, new ErrorCode.ConnectionTimeout()));
        request.onRequestBegin(_ -> stopTimer());
        request.onRequestSuccess(
                _ -> timeouts.firstByte().ifPresent(nanos -> limit(nanos, new ErrorCode.HttpResponseTimeout())));
        request.onResponseContentSource(this::respond);
        request.send(this::completed);
    }

    private void respond(Response response, Content.Source source) {
        stopTimer();
        if (!told.compareAndSet(false, true)) {
            return;
        }
        var body = new ContentBody(
                new Watched(source),
                readiness,
                Long.MAX_VALUE,
                new ErrorCode.HttpResponseBodySize(Optional.empty()),
                ClientErrors::inBody,
                () -> {});
        listener.responded(
                response.getStatus(), FieldSections.visible(response.getHeaders()), new Trailed(body, response, this));
    }

    private void completed(Result result) {
        stopTimer();
        if (result.isFailed()) {
            fail(ClientErrors.beforeHead(Objects.requireNonNull(result.getFailure())));
        } else if (told.compareAndSet(false, true)) {
            Response response = result.getResponse();
            listener.responded(
                    response.getStatus(),
                    FieldSections.visible(response.getHeaders()),
                    BodySource.of(new byte[0], List.of()));
        }
        readiness.signal();
    }

    private void fail(ErrorCode code) {
        if (told.compareAndSet(false, true)) {
            listener.failed(code);
        }
    }

    private void limit(long nanos, ErrorCode code) {
        var task = clock.schedule(
                () -> {
                    fail(code);
                    request.abort(new ClientErrors.TimeUp(code));
                },
                nanos < 0 ? Long.MAX_VALUE : nanos,
                TimeUnit.NANOSECONDS);
        replaceTimer(task);
    }

    private void stopTimer() {
        replaceTimer(null);
    }

    private void replaceTimer(@Nullable Future<?> next) {
        Future<?> before = timer.getAndSet(next);
        if (before != null) {
            before.cancel(false);
        }
    }

    /** The body's source, each wait for more of it bounded as the guest said. */
    private final class Watched implements Content.Source {
        private final Content.Source source;

        Watched(Content.Source source) {
            this.source = source;
        }

        @Override
        public Content.@Nullable Chunk read() {
            return source.read();
        }

        @Override
        public void demand(Runnable more) {
            timeouts.betweenBytes().ifPresent(nanos -> limit(nanos, new ErrorCode.ConnectionReadTimeout()));
            source.demand(() -> {
                stopTimer();
                more.run();
            });
        }

        @Override
        public void fail(Throwable failure) {
            source.fail(failure);
        }
    }

    /** A response's body: its trailers are with the response, and leaving it early ends the connection. */
    private record Trailed(ContentBody body, Response response, ClientExchange exchange) implements BodySource {
        @Override
        public Read read(int most) {
            return body.read(most);
        }

        @Override
        public boolean ready() {
            return body.ready();
        }

        @Override
        public List<Field> trailers() {
            HttpFields section = response.getTrailers();
            return section == null ? body.trailers() : FieldSections.visible(section);
        }

        @Override
        public void close() {
            if (!body.ended()) {
                body.close();
                exchange.cancel();
            }
        }
    }
}
