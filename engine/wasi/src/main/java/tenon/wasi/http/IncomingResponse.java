package tenon.wasi.http;

import java.util.List;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.incoming-response}. Confined to the Store. */
public final class IncomingResponse implements AutoCloseable {
    private final Readiness readiness;
    private final int status;
    private final List<Field> headers;
    private final BodySource body;
    private final Children children;
    private boolean consumed;

    IncomingResponse(Readiness readiness, int status, List<Field> headers, BodySource body) {
        this.readiness = readiness;
        this.children = new Children("incoming-response", readiness);
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** {@code status}. */
    public short status() {
        return (short) status;
    }

    /** {@code headers}: cannot be changed. */
    public Fields headers() {
        return Fields.immutable(headers, children);
    }

    /** {@code consume}: the body, once. */
    public Result<IncomingBody, Unit> consume() {
        if (consumed) {
            return Result.err();
        }
        consumed = true;
        return Result.ok(new IncomingBody(readiness, body));
    }

    /** The destructor. */
    @Override
    public void close() {
        children.requireNone("dropped");
        if (!consumed) {
            body.close();
        }
    }
}
