package tenon.wasi.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** Collects a guest's answer in memory, without a network: for tests, and for hosts that call guests by themselves. Thread-safe. */
public final class MemoryResponse implements ResponseSender, BodySink {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private List<Field> headers = List.of();
    private List<Field> trailers = List.of();
    private boolean complete;
    private Optional<ErrorCode> failure = Optional.empty();

    /** No answer yet. */
    public MemoryResponse() {}

    /** The status, 0 before there is an answer. */
    public synchronized int status() {
        return status;
    }

    /** The headers as the guest gave them. */
    public synchronized List<Field> headers() {
        return headers;
    }

    /** The trailers, known when the body has ended. */
    public synchronized List<Field> trailers() {
        return trailers;
    }

    /** The body so far, as UTF-8. */
    public synchronized String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Whether the body has ended as it should. */
    public synchronized boolean isComplete() {
        return complete;
    }

    /** Why there is no answer, or why the body was broken off. */
    public synchronized Optional<ErrorCode> failure() {
        return failure;
    }

    @Override
    public synchronized BodySink respond(int code, List<Field> fields) {
        status = code;
        headers = List.copyOf(fields);
        return this;
    }

    @Override
    public synchronized void fail(ErrorCode code) {
        failure = Optional.of(code);
    }

    @Override
    public Result<Unit, ErrorCode> informational(int code, List<Field> fields) {
        return Result.ok();
    }

    @Override
    public void send(ByteBuffer bytes, boolean last, List<Field> section, Completion completion) {
        synchronized (this) {
            byte[] piece = new byte[bytes.remaining()];
            bytes.get(piece);
            body.writeBytes(piece);
            trailers = last ? List.copyOf(section) : trailers;
            complete = last;
        }
        completion.succeeded();
    }

    @Override
    public boolean trailersAfterLength() {
        return true;
    }

    @Override
    public synchronized void abort(ErrorCode reason) {
        failure = Optional.of(reason);
    }
}
