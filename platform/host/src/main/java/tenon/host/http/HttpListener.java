package tenon.host.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The socket: HTTP/1.1 and HTTP/2 in clear text on one port. Thread-safe. */
public final class HttpListener implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int IDLE_MILLIS = 60_000;

    /** Further ones wait in the system's queue until others close. */
    private static final int MOST_CONNECTIONS = 10_000;

    private final Server server;
    private final ServerConnector connector;
    private volatile Consumer<ServerExchange> taker = exchange -> exchange.turnAway(503);

    /** A server that runs, but does not listen yet. */
    public HttpListener(int headerBytes) throws IOException {
        // the library's own queue asks the JVM's management beans for a cache line's size, half a second in a young
        // process
        var threads = new QueuedThreadPool(THREADS, 4, IDLE_MILLIS, new LinkedBlockingQueue<>());
        threads.setName("tenon-http");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server = new Server(threads);
        var config = new HttpConfiguration();
        config.setSendServerVersion(false);
        config.setRequestHeaderSize(headerBytes);
        // what a path means is the guest's to judge: the host opens nothing by it
        config.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(
                server, 1, 1, new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
        connector.setAcceptQueueSize(1024);
        // many thousands of connections that do nothing must not take the memory of those that do
        connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        connector.addBean(new SlowHeads(connector.getScheduler()));
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                taker.accept(new ServerExchange(request, response, callback, RequestIds.next()));
                return true;
            }
        });
        start(server);
    }

    /** Listens; each request is given to {@code taker}, which must not block. */
    public void listen(InetSocketAddress address, Consumer<ServerExchange> taker) throws IOException {
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        this.taker = taker;
        server.addConnector(connector);
        start(connector);
    }

    private static void start(LifeCycle part) throws IOException {
        try {
            part.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the HTTP server did not start", e);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more connections. */
    public void stopAccepting() {
        connector.shutdown();
    }

    /** Closes every connection. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the HTTP server did not stop", e);
        }
    }
}
