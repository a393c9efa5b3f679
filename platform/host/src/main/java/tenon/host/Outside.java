package tenon.host;

import java.io.IOException;
import java.util.List;
import tenon.host.http.AllowedHosts;
import tenon.host.http.HttpOutside;
import tenon.runtime.value.Result;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.OutboundPolicy;
import tenon.wasi.http.RequestHead;
import tenon.wasi.io.Readiness;

/** The way out of the host for guests' HTTP requests, to whom a policy allows. Thread-safe; whoever makes it closes it. */
public final class Outside implements HttpBackend, AutoCloseable {
    private final HttpOutside client = new HttpOutside();
    private final HttpBackend backend;

    private Outside(OutboundPolicy policy) {
        this.backend = client.toward(policy);
    }

    /**
     * A way to {@code hosts}, each {@code HOST[:PORT]}, {@code *.DOMAIN[:PORT]} or {@code *[:PORT]}; without a port, the scheme's own.
     * Addresses inside this machine and its network are reached only by a grant that names them.
     *
     * @throws IllegalArgumentException if one is not of that form
     */
    public static Outside to(List<String> hosts) {
        return to(AllowedHosts.of(hosts));
    }

    /** A way to whom {@code policy} allows. */
    public static Outside to(OutboundPolicy policy) {
        return new Outside(policy);
    }

    /**
     * A way to whom another policy allows, for guests of their own grants: it uses this one's threads, but never a connection that was
     * made under another policy, and ends with this one.
     */
    public HttpBackend toward(OutboundPolicy policy) {
        return client.toward(policy);
    }

    @Override
    public Result<Exchange, ErrorCode> begin(RequestHead head, Readiness readiness, Listener listener) {
        return backend.begin(head, readiness, listener);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
