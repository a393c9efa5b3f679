package tenon.wasi.http;

import java.nio.ByteBuffer;
import java.util.List;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.response-outparam}: the right to answer, once. Confined to the Store. */
public final class ResponseOutparam implements AutoCloseable {
    private static final BodySink.Completion NOBODY_WAITS = new BodySink.Completion() {
        @Override
        public void succeeded() {}

        @Override
        public void failed(ErrorCode code) {}
    };

    private final Readiness readiness;
    private final ResponseSender sender;
    private boolean used;

    /** The right to answer through {@code sender}. */
    public ResponseOutparam(Readiness readiness, ResponseSender sender) {
        this.readiness = readiness;
        this.sender = sender;
    }

    /** {@code set}: sends the response, or has the host answer for the error. */
    public void set(Result<OutgoingResponse, ErrorCode> response) {
        used = true;
        switch (response) {
            case Result.Ok<OutgoingResponse, ErrorCode>(OutgoingResponse sent) -> sent.sendTo(sender);
            case Result.Err<OutgoingResponse, ErrorCode>(ErrorCode code) -> sender.fail(code);
        }
    }

    /** {@code send-informational}: an interim response, as often as the guest likes. */
    public Result<Unit, ErrorCode> sendInformational(short status, Fields headers) {
        int code = status & 0xffff;
        var entries = headers.entries();
        headers.close();
        if (code < 100 || code > 199) {
            return Result.err(new ErrorCode.HttpProtocolError());
        }
        return sender.informational(code, entries);
    }

    /** Sends an answer of the host's own, where no guest is asked; the array is not copied. */
    public void answer(int status, List<Field> headers, byte[] body) {
        used = true;
        sender.respond(status, headers).send(ByteBuffer.wrap(body), true, List.of(), NOBODY_WAITS);
    }

    /** Whether there is an answer. */
    public boolean used() {
        return used;
    }

    /** The destructor: a guest that drops it has not answered. At the end of the Store, whoever asked knows better why. */
    @Override
    public void close() {
        if (!used && !readiness.isOver()) {
            used = true;
            sender.fail(ErrorCode.internal("the guest dropped `response-outparam` without answering"));
        }
    }
}
