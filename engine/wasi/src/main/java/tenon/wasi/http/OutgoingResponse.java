package tenon.wasi.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.outgoing-response}. Confined to the Store. */
public final class OutgoingResponse implements AutoCloseable {
    /** Lower ones announce another response (RFC 9110, 15.2). */
    private static final int FIRST_FINAL = 200;

    private final Readiness readiness;
    private final List<Field> headers;
    /** Counts what they take for as long as this keeps them. */
    private final Fields given;

    private final Children children;
    private int status = 200;
    private @Nullable OutgoingBody body;

    /** {@code [constructor]outgoing-response}: 200; takes what {@code headers} holds. */
    public OutgoingResponse(Readiness readiness, Fields headers) {
        this.readiness = readiness;
        this.children = new Children("outgoing-response", readiness);
        this.headers = headers.entries();
        this.given = headers;
    }

    /** {@code status-code}. */
    public short statusCode() {
        return (short) status;
    }

    /** {@code set-status-code}: fails outside 100 to 999. */
    public Result<Unit, Unit> setStatusCode(short code) {
        int value = code & 0xffff;
        if (value < 100 || value > 999) {
            return Result.err();
        }
        status = value;
        return Result.ok();
    }

    /** {@code headers}: cannot be changed. */
    public Fields headers() {
        return Fields.immutable(headers, children);
    }

    /** {@code body}: once. */
    public Result<OutgoingBody, Unit> body() {
        if (body != null) {
            return Result.err();
        }
        var made = new OutgoingBody(readiness, OutgoingBody.Message.RESPONSE, Fields.contentLength(headers));
        body = made;
        return Result.ok(made);
    }

    /** The response is on its way; one without a body ends here. */
    void sendTo(ResponseSender sender) {
        children.requireNone("sent");
        gone();
        if (status < FIRST_FINAL) {
            // to a client the answer would come after it, or, with 101, not be HTTP any more
            sender.fail(new ErrorCode.HttpProtocolError());
            return;
        }
        BodySink sink = sender.respond(status, headers);
        if (body != null) {
            body.attach(sink);
            return;
        }
        // a content-length without a body is right for an answer to HEAD and for 304
        var none = new OutgoingBody(readiness, OutgoingBody.Message.RESPONSE, OptionalLong.empty());
        none.attach(sink);
        none.finish(Optional.empty());
    }

    /** The destructor. */
    @Override
    public void close() {
        children.requireNone("dropped");
        gone();
    }

    private void gone() {
        given.close();
        if (body != null) {
            body.messageGone();
        }
    }
}
