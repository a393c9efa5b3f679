package tenon.wasi.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import tenon.runtime.value.Result;
import tenon.wasi.io.Readiness;

/** Answers outgoing requests from a Java function, without a network: for tests and for hosts that are their own peers. */
public final class MemoryBackend implements HttpBackend {
    private final BiFunction<RequestHead, byte[], Answer> function;

    /** Answers with {@code function}, which gets a request's head and its whole body. */
    public MemoryBackend(BiFunction<RequestHead, byte[], Answer> function) {
        this.function = function;
    }

    /** A whole response. Immutable; the array is not copied. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, List<Field> headers, byte[] body, List<Field> trailers) {}

    @Override
    public Result<Exchange, ErrorCode> begin(RequestHead head, Readiness readiness, Listener listener) {
        return Result.ok(new Collecting(head, listener));
    }

    private final class Collecting implements Exchange, BodySink {
        private final RequestHead head;
        private final Listener listener;
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

        Collecting(RequestHead head, Listener listener) {
            this.head = head;
            this.listener = listener;
        }

        @Override
        public BodySink body() {
            return this;
        }

        @Override
        public void cancel() {}

        @Override
        public void send(ByteBuffer bytes, boolean last, List<Field> trailers, Completion completion) {
            byte[] piece = new byte[bytes.remaining()];
            bytes.get(piece);
            collected.writeBytes(piece);
            completion.succeeded();
            if (last) {
                Answer answer = function.apply(head, collected.toByteArray());
                listener.responded(answer.status(), answer.headers(), BodySource.of(answer.body(), answer.trailers()));
            }
        }

        @Override
        public boolean trailersAfterLength() {
            return true;
        }

        @Override
        public void abort(ErrorCode reason) {
            listener.failed(reason);
        }
    }
}
