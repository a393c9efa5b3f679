package tenon.wasi.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;
import tenon.wasi.io.Readiness;

/** {@code wasi:http/types.outgoing-request}. Confined to the Store. */
public final class OutgoingRequest implements AutoCloseable {
    private final Readiness readiness;
    private final List<Field> headers;
    /** Counts what they take for as long as this keeps them. */
    private final Fields given;

    private final Children children;
    private Method method = new Method.Get();
    private Optional<String> pathWithQuery = Optional.empty();
    private Optional<Scheme> scheme = Optional.empty();
    private Optional<String> authority = Optional.empty();
    private @Nullable OutgoingBody body;

    /** {@code [constructor]outgoing-request}: GET, all else unset; takes what {@code headers} holds. */
    public OutgoingRequest(Readiness readiness, Fields headers) {
        this.readiness = readiness;
        this.children = new Children("outgoing-request", readiness);
        this.headers = headers.entries();
        this.given = headers;
    }

    /** {@code body}: once. */
    public Result<OutgoingBody, Unit> body() {
        if (body != null) {
            return Result.err();
        }
        var made = new OutgoingBody(readiness, OutgoingBody.Message.REQUEST, Fields.contentLength(headers));
        body = made;
        return Result.ok(made);
    }

    /** {@code method}. */
    public Method method() {
        return method;
    }

    /** {@code set-method}: fails if it is no token. */
    public Result<Unit, Unit> setMethod(Method to) {
        if (!Field.isToken(to.word())) {
            return Result.err();
        }
        method = to;
        return Result.ok();
    }

    /** {@code path-with-query}. */
    public Optional<String> pathWithQuery() {
        return pathWithQuery;
    }

    /** {@code set-path-with-query}: fails if it is none. */
    public Result<Unit, Unit> setPathWithQuery(Optional<String> to) {
        if (to.isPresent() && !UriParts.isPathWithQuery(to.get())) {
            return Result.err();
        }
        pathWithQuery = to;
        return Result.ok();
    }

    /** {@code scheme}. */
    public Optional<Scheme> scheme() {
        return scheme;
    }

    /** {@code set-scheme}: fails if it is none. */
    public Result<Unit, Unit> setScheme(Optional<Scheme> to) {
        if (to.isPresent() && !UriParts.isScheme(to.get().word())) {
            return Result.err();
        }
        scheme = to;
        return Result.ok();
    }

    /** {@code authority}. */
    public Optional<String> authority() {
        return authority;
    }

    /** {@code set-authority}: fails if it is none. */
    public Result<Unit, Unit> setAuthority(Optional<String> to) {
        if (to.isPresent() && !UriParts.isAuthority(to.get())) {
            return Result.err();
        }
        authority = to;
        return Result.ok();
    }

    /** {@code headers}: cannot be changed. */
    public Fields headers() {
        return Fields.immutable(headers, children);
    }

    /** The head to send, or what is wrong with it. */
    Result<RequestHead, ErrorCode> head(RequestHead.Timeouts timeouts) {
        // the WIT leaves the default to the host; asking for encryption is the safe one
        Scheme chosen = scheme.orElse(new Scheme.Https());
        if (chosen instanceof Scheme.Other) {
            return Result.err(new ErrorCode.HttpProtocolError());
        }
        if (authority.isEmpty()) {
            return Result.err(new ErrorCode.HttpRequestUriInvalid());
        }
        if (method instanceof Method.Connect) {
            return Result.err(new ErrorCode.HttpRequestMethodInvalid());
        }
        String path = pathWithQuery.orElse("/");
        String target = path.isEmpty() || path.startsWith("?") ? "/" + path : path;
        return Result.ok(new RequestHead(method, chosen, authority.get(), target, headers, timeouts));
    }

    /** The request is on its way: its body goes to {@code sink}, at once if the guest never asked for one. */
    void attach(BodySink sink) {
        OutgoingBody asked = body;
        if (asked == null) {
            asked = new OutgoingBody(readiness, OutgoingBody.Message.REQUEST, Fields.contentLength(headers));
            body = asked;
            asked.attach(sink);
            asked.finish(Optional.empty());
        } else {
            asked.attach(sink);
        }
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

    /** The guest passed it on. */
    void consumed() {
        children.requireNone("sent");
        gone();
    }
}
