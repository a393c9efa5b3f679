package tenon.host;

import java.io.IOException;
import java.util.List;
import tenon.host.http.AllowedHosts;
import tenon.host.http.HttpOutside;
import tenon.runtime.value.Result;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.RequestHead;
import tenon.wasi.io.Readiness;

/** The way out of the host for guests' HTTP requests, to those hosts that were granted. Thread-safe; whoever makes it closes it. */
public final class Outside implements HttpBackend, AutoCloseable {
    private final HttpOutside client;

    private Outside(HttpOutside client) {
        this.client = client;
    }

    /**
     * A way to {@code hosts}, each {@code HOST[:PORT]}, {@code *.DOMAIN[:PORT]} or {@code *[:PORT]}; without a port, the scheme's own.
     * Addresses inside this machine and its network are reached only by a grant that names them.
     *
     * @throws IllegalArgumentException if one is not of that form
     */
    public static Outside to(List<String> hosts) {
        return new Outside(new HttpOutside(AllowedHosts.of(hosts)));
    }

    @Override
    public Result<Exchange, ErrorCode> begin(RequestHead head, Readiness readiness, Listener listener) {
        return client.begin(head, readiness, listener);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
