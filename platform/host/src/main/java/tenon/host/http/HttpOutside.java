package tenon.host.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.wasi.http.ErrorCode;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.http.OutboundPolicy;
import tenon.wasi.http.RequestHead;
import tenon.wasi.http.Scheme;
import tenon.wasi.io.Readiness;
import tenon.wasi.sockets.LookupThreads;

/**
 * Sends guests' requests over HTTP/1.1, to whom a policy allows. Thread-safe; starts the client with the first request.
 *
 * <p>Policy: the name is looked up and its addresses are judged at the moment of connecting, and the connection goes to an address
 * that passed; a pooled connection has passed, too, since each policy has its own. No redirects are followed, no cookies kept, no proxies asked, no content
 * decoded, no header added but those that frame the message: what a guest sends and gets is what is on the wire.
 */
public final class HttpOutside implements AutoCloseable {
    private static final long CONNECT_MILLIS = 30_000;
    private static final long IDLE_MILLIS = 600_000;
    private static final int MOST_CONNECTIONS = 256;

    private final ScheduledThreadPoolExecutor clock;
    private final ExecutorService lookups = LookupThreads.start();
    private @Nullable HttpClient started; // guarded by this

    /** A way out that was not used yet. */
    public HttpOutside() {
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("tenon-timeouts").daemon().factory());
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /** A backend that reaches whom {@code policy} allows. */
    public HttpBackend toward(OutboundPolicy policy) {
        return (head, readiness, listener) -> begin(policy, head, readiness, listener);
    }

    private Result<HttpBackend.Exchange, ErrorCode> begin(
            OutboundPolicy policy, RequestHead head, Readiness readiness, HttpBackend.Listener listener) {
        OutboundPolicy.Target target = target(head);
        if (!policy.check(target)) {
            HttpBackend.Denials.log(head, "the host was not granted");
            return Result.err(new ErrorCode.HttpRequestDenied());
        }
        try {
            var request = client().newRequest(target.host(), target.port());
            request.scheme(head.scheme().word()).method(head.method().word()).path(head.pathWithQuery());
            request.headers(headers -> FieldSections.put(headers, head.headers()));
            // what connections have in common: one that passed one policy is not used under another
            request.tag(policy);
            return Result.ok(new ClientExchange(request, head.options(), readiness, listener, clock));
        } catch (IllegalArgumentException e) {
            return Result.err(new ErrorCode.HttpRequestUriInvalid());
        }
    }

    private synchronized HttpClient client() {
        HttpClient present = started;
        if (present == null) {
            present = start();
            started = present;
        }
        return present;
    }

    private HttpClient start() {
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(new SslContextFactory.Client());
        var threads = new QueuedThreadPool(16, 2);
        threads.setName("tenon-outside");
        threads.setDaemon(true);
        connector.setExecutor(threads);
        var client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setConnectTimeout(CONNECT_MILLIS);
        client.setIdleTimeout(IDLE_MILLIS);
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setSocketAddressResolver(new Judging());
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client did not start", e);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        return client;
    }

    @Override
    public synchronized void close() throws IOException {
        clock.shutdownNow();
        lookups.shutdownNow();
        if (started == null) {
            return;
        }
        try {
            started.stop();
        } catch (Exception e) {
            throw new IOException("the HTTP client did not stop", e);
        }
    }

    private static OutboundPolicy.Target target(RequestHead head) {
        String authority = head.authority();
        int colon = authority.lastIndexOf(':');
        if (colon <= authority.lastIndexOf(']')) {
            return new OutboundPolicy.Target(
                    head.scheme(), authority, head.scheme() instanceof Scheme.Https ? 443 : 80);
        }
        return new OutboundPolicy.Target(
                head.scheme(), authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
    }

    /** Looks names up and keeps the addresses that the request's policy allows. */
    private final class Judging implements SocketAddressResolver {
        @Override
        public void resolve(
                String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
            try {
                lookups.execute(() -> {
                    try {
                        promise.succeeded(judged(host, port, Objects.requireNonNull((Destination)
                                context.get(Destination.CONTEXT_KEY))));
                    } catch (Throwable e) { // the library waits for an answer, whatever happened
                        promise.failed(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                promise.failed(e);
            }
        }

        private static List<InetSocketAddress> judged(String host, int port, Destination destination)
                throws UnknownHostException, RefusedException {
            var policy = (OutboundPolicy) destination.getOrigin().getTag();
            var scheme = Scheme.of(destination.getOrigin().getScheme());
            var target = new OutboundPolicy.Target(scheme, host, port);
            var passed = new ArrayList<InetSocketAddress>();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (policy.checkAddress(target, address)) {
                    passed.add(new InetSocketAddress(address, port));
                }
            }
            if (passed.isEmpty()) {
                HttpBackend.Denials.log(target, "none of its addresses may be connected to");
                throw new RefusedException(host);
            }
            return passed;
        }
    }

    /** No address behind a name may be connected to. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String host) {
            super("no address of `" + host + "` may be connected to");
        }
    }
}
