package tenon.wasi.http;

import java.util.List;
import java.util.Optional;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.incoming-request}. Confined to the Store. */
public final class IncomingRequest implements AutoCloseable {
    private final Readiness readiness;
    private final Head head;
    private final BodySource body;
    private final Children children;
    private boolean consumed;

    /** A request; headers that are forbidden to guests must have been left out of {@code head}. */
    public IncomingRequest(Readiness readiness, Head head, BodySource body) {
        this.readiness = readiness;
        this.children = new Children("incoming-request", readiness);
        this.head = head;
        this.body = body;
    }

    /** All but the body. Immutable. */
    public record Head(
            Method method,
            Optional<String> pathWithQuery,
            Optional<Scheme> scheme,
            Optional<String> authority,
            List<Field> headers) {}

    /** All but the body. */
    public Head head() {
        return head;
    }

    /** The same request with another head, for the host to give a guest in place of this one, which must not have been used. */
    public IncomingRequest withHead(Head other) {
        return new IncomingRequest(readiness, other, body);
    }

    /** {@code method}. */
    public Method method() {
        return head.method();
    }

    /** {@code path-with-query}. */
    public Optional<String> pathWithQuery() {
        return head.pathWithQuery();
    }

    /** {@code scheme}. */
    public Optional<Scheme> scheme() {
        return head.scheme();
    }

    /** {@code authority}. */
    public Optional<String> authority() {
        return head.authority();
    }

    /** {@code headers}: cannot be changed. */
    public Fields headers() {
        return Fields.immutable(head.headers(), children);
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
