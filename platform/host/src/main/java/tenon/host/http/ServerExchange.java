package tenon.host.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.http.BodySink;
import tenon.wasi.http.BodySource;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.Field;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.Method;
import tenon.wasi.http.ResponseSender;
import tenon.wasi.http.Scheme;
import tenon.wasi.io.Readiness;

/**
 * One request that came in, and the way back for its answer.
 *
 * <p>The library gets its exchange back, and may reuse its connection, when the answer has ended and nobody reads the request's
 * body any more. Thread-safe; {@code lock} guards the stage, and no I/O happens under it.
 */
public final class ServerExchange implements ResponseSender, BodySink {
    /** How far the answer is. */
    private enum Stage {
        NOTHING,
        HEAD,
        COMMITTED,
        ENDED,
        ABORTED
    }

    private static final int INTERIM_SECONDS = 5;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String id;
    private final HttpFields.Mutable trailers = HttpFields.build();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition(); // the answer has left, or never will
    private final IncomingRequest.Head head;
    private Stage stage = Stage.NOTHING; // guarded by lock
    private boolean answered; // guarded by lock; the last piece was taken by the library
    private volatile int status;
    private boolean bodyFree; // guarded by lock; the guest reads the request's body no more
    private boolean given; // guarded by lock; the library has its exchange back
    private volatile boolean clientLeft;

    ServerExchange(Request request, Response response, Callback callback, String id) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.id = id;
        this.head = headOf(request);
        this.bodyFree = !mayHaveBody(request);
    }

    /** The request's name in logs and answers. */
    public String id() {
        return id;
    }

    /** Who sent it: {@code ADDRESS:PORT}. */
    public String client() {
        String address = Request.getRemoteAddr(request);
        return (address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address) + ":"
                + Request.getRemotePort(request);
    }

    /** All of the request but its body, without what is the host's own. */
    public IncomingRequest.Head head() {
        return head;
    }

    private static IncomingRequest.Head headOf(Request request) {
        var uri = request.getHttpURI();
        return new IncomingRequest.Head(
                Method.of(request.getMethod()),
                Optional.ofNullable(uri.getPathQuery()),
                Optional.of(request.isSecure() ? new Scheme.Https() : new Scheme.Http()),
                Optional.ofNullable(uri.getAuthority()),
                FieldSections.visible(request.getHeaders()));
    }

    /** The announced length of the body, or -1. */
    public long announcedLength() {
        return request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    }

    /** The body, as the guest reads it. */
    public BodySource body(Readiness readiness, long mostBytes) {
        var tooBig = new ErrorCode.HttpRequestBodySize(Optional.of(mostBytes));
        return new ContentBody(request, readiness, mostBytes, tooBig, ServerErrors::of, this::bodyFree);
    }

    /** The path without its query, for logs. */
    public String path() {
        String path = head.pathWithQuery().orElse("");
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** Whether a piece of the answer found no way to the client any more. */
    public boolean clientLeft() {
        return clientLeft;
    }

    /** The status that was or will be sent. */
    public int status() {
        return status;
    }

    @Override
    public BodySink respond(int code, List<Field> headers) {
        if (!advance(Stage.NOTHING, Stage.HEAD)) {
            throw new IllegalStateException("an answer was begun twice");
        }
        status = code;
        response.setStatus(code);
        FieldSections.put(response.getHeaders(), headers);
        return this;
    }

    @Override
    public void fail(ErrorCode code) {
        refuse(ErrorStatus.of(code));
    }

    @Override
    public Result<Unit, ErrorCode> informational(int code, List<Field> headers) {
        // the library answers 100 itself, and 101 ends HTTP
        if (code <= 101) {
            return Result.err(new ErrorCode.HttpProtocolError());
        }
        var fields = HttpFields.build();
        FieldSections.put(fields, headers);
        try {
            // a client that reads nothing must not keep the guest beyond its time for long
            response.writeInterim(code, fields).get(INTERIM_SECONDS, TimeUnit.SECONDS);
            return Result.ok();
        } catch (TimeoutException _) {
            return Result.err(new ErrorCode.ConnectionWriteTimeout());
        } catch (ExecutionException e) {
            return Result.err(ServerErrors.of(Optional.ofNullable(e.getCause()).orElse(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.err(ErrorCode.internal("interrupted"));
        }
    }

    /**
     * Answers for a guest that did not: the status, the request's id as header and as text. If a head of the guest has already
     * left, the connection is broken off instead.
     */
    public void refuse(int code) {
        if (!advance(Stage.NOTHING, Stage.ENDED) && !advance(Stage.HEAD, Stage.ENDED)) {
            abort(new ErrorCode.HttpResponseIncomplete());
            return;
        }
        response.reset();
        status = code;
        response.setStatus(code);
        response.getHeaders().put("x-request-id", id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        if (code == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        byte[] text = ("status " + code + ", request " + id + "\n").getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(hasBody(code) ? text : new byte[0]), ended());
    }

    /** Answers with {@link #refuse} where no guest is asked: nobody reads the request's body, so the exchange ends with the answer. */
    public void turnAway(int code) {
        refuse(code);
        guestLeft();
    }

    @Override
    public void send(ByteBuffer bytes, boolean last, List<Field> section, Completion completion) {
        boolean first = advance(Stage.HEAD, last ? Stage.ENDED : Stage.COMMITTED);
        if (!first && !advance(Stage.COMMITTED, last ? Stage.ENDED : Stage.COMMITTED)) {
            completion.failed(new ErrorCode.ConnectionTerminated());
            return;
        }
        if (first && trailersCanFollow() && (!last || !section.isEmpty())) {
            response.setTrailersSupplier(() -> trailers);
        }
        FieldSections.put(trailers, section);
        ByteBuffer sent = hasBody(status) ? bytes : ByteBuffer.allocate(0);
        Callback ended = last ? ended() : Callback.NOOP;
        response.write(
                last,
                sent,
                Callback.from(
                        () -> {
                            completion.succeeded();
                            ended.succeeded();
                        },
                        failure -> {
                            clientLeft = true;
                            completion.failed(ServerErrors.of(failure));
                            giveBack(failure);
                        }));
    }

    @Override
    public boolean trailersAfterLength() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    @Override
    public void abort(ErrorCode reason) {
        lock.lock();
        boolean unsent;
        try {
            if (stage == Stage.ENDED || stage == Stage.ABORTED) {
                return;
            }
            unsent = stage != Stage.COMMITTED;
            if (!unsent) {
                stage = Stage.ABORTED;
            }
        } finally {
            lock.unlock();
        }
        if (unsent) {
            refuse(500);
        } else {
            giveBack(new IOException("the answer was broken off: " + reason));
        }
    }

    /** Waits until the answer, which the guest has finished or given up, has left or was broken off. */
    public void awaitSent() throws InterruptedException {
        lock.lock();
        try {
            while (!answered && stage != Stage.ABORTED) {
                over.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits no longer for an answer to leave, unless it has. */
    public void breakOff(String reason) {
        lock.lock();
        try {
            if (answered) {
                return;
            }
        } finally {
            lock.unlock();
        }
        giveBack(new IOException("the answer was broken off: " + reason));
    }

    /** The guest has returned, well or not: it touches neither body any more. */
    public void guestLeft() {
        bodyFree();
        lock.lock();
        boolean open;
        try {
            open = stage != Stage.ENDED && stage != Stage.ABORTED;
        } finally {
            lock.unlock();
        }
        if (open) {
            abort(new ErrorCode.HttpResponseIncomplete());
        }
    }

    private static boolean mayHaveBody(Request request) {
        var headers = request.getHeaders();
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                || headers.contains(HttpHeader.TRANSFER_ENCODING)
                || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    private void bodyFree() {
        lock.lock();
        try {
            bodyFree = true;
        } finally {
            lock.unlock();
        }
        giveBackIfDone();
    }

    private Callback ended() {
        return Callback.from(
                () -> {
                    lock.lock();
                    try {
                        answered = true;
                        over.signalAll();
                    } finally {
                        lock.unlock();
                    }
                    giveBackIfDone();
                },
                this::giveBack);
    }

    private void giveBackIfDone() {
        lock.lock();
        try {
            if (!answered || !bodyFree || given) {
                return;
            }
            given = true;
        } finally {
            lock.unlock();
        }
        callback.succeeded();
    }

    private void giveBack(Throwable failure) {
        lock.lock();
        try {
            if (given) {
                return;
            }
            given = true;
            stage = Stage.ABORTED;
            over.signalAll();
        } finally {
            lock.unlock();
        }
        callback.failed(failure);
    }

    private boolean advance(Stage from, Stage to) {
        lock.lock();
        try {
            if (stage != from) {
                return false;
            }
            stage = to;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean trailersCanFollow() {
        return trailersAfterLength() || !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
    }

    private boolean hasBody(int code) {
        return !(head.method() instanceof Method.Head) && code != 204 && code != 304;
    }
}
