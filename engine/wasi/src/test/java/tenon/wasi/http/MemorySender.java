package tenon.wasi.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Readiness;

/** Collects what a guest answers. Thread-safe. */
final class MemorySender implements ResponseSender, BodySink {
    private final List<String> pieces = new ArrayList<>();
    private final Deque<Completion> held = new ArrayDeque<>();
    private final Readiness readiness;
    private Optional<ErrorCode> aborted = Optional.empty();
    private Optional<ErrorCode> failed = Optional.empty();
    private boolean holding;
    private int status;

    MemorySender(Readiness readiness) {
        this.readiness = readiness;
    }

    synchronized List<String> pieces() {
        return List.copyOf(pieces);
    }

    synchronized int status() {
        return status;
    }

    synchronized Optional<ErrorCode> aborted() {
        return aborted;
    }

    synchronized Optional<ErrorCode> failed() {
        return failed;
    }

    synchronized void holdCompletions() {
        holding = true;
    }

    void complete() {
        Completion completion;
        synchronized (this) {
            completion = held.pop();
        }
        completion.succeeded();
        readiness.signal();
    }

    @Override
    public synchronized BodySink respond(int code, List<Field> headers) {
        status = code;
        return this;
    }

    @Override
    public synchronized void fail(ErrorCode code) {
        failed = Optional.of(code);
    }

    @Override
    public Result<Unit, ErrorCode> informational(int code, List<Field> headers) {
        return Result.ok();
    }

    @Override
    public void send(ByteBuffer bytes, boolean last, List<Field> trailers, Completion completion) {
        synchronized (this) {
            var piece = new StringBuilder(StandardCharsets.UTF_8.decode(bytes));
            if (last) {
                piece.append("|last");
            }
            trailers.forEach(
                    field -> piece.append(' ').append(field.name()).append('=').append(field.text()));
            pieces.add(piece.toString());
            if (holding) {
                held.push(completion);
                return;
            }
        }
        completion.succeeded();
    }

    @Override
    public boolean trailersAfterLength() {
        return false;
    }

    @Override
    public synchronized void abort(ErrorCode reason) {
        aborted = Optional.of(reason);
    }
}
