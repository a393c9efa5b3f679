package tenon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;
import tenon.types.TenonException;
import tenon.wasi.WasiConfig;

/** A Rust component over the network: {@code hello.wasm} is the http-hello of the shared components, built without an adapter. */
@Timeout(120)
class ComponentHandlerTest {
    private static final Runtime RUNTIME = Runtime.create();
    private static final ServeOptions FREE_PORT = ServeOptions.DEFAULT
            .withAddress(new InetSocketAddress("127.0.0.1", 0))
            .withDrainTime(Duration.ofSeconds(2));

    private static Component hello;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable HttpService service;

    @BeforeAll
    static void read() throws IOException {
        try (var stream = ComponentHandlerTest.class.getResourceAsStream("/hello.wasm")) {
            hello = ComponentDecoder.decode(Objects.requireNonNull(stream).readAllBytes());
        }
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        if (service != null) {
            service.close();
        }
    }

    private URI start(ServeOptions options, WasiConfig config, StoreLimits limits) throws IOException {
        var started = HttpService.start(options, ComponentHandler.of(RUNTIME, hello, config, limits));
        service = started;
        return started.uri();
    }

    private URI start() throws IOException {
        return start(FREE_PORT, WasiConfig.NOTHING, StoreLimits.DEFAULT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return send(HttpRequest.newBuilder(uri));
    }

    @Test
    void helloAndEchoAndSlowAreServed() throws Exception {
        URI uri = start();
        assertEquals("hello from rust\n", get(uri).body());
        assertEquals(
                "chunk 0\nchunk 1\nchunk 2\nchunk 3\nchunk 4\n",
                get(uri.resolve("/slow")).body());
        var echo = send(HttpRequest.newBuilder(uri.resolve("/echo?q=1"))
                .header("x-a", "1")
                .POST(HttpRequest.BodyPublishers.ofString("[1]")));
        assertEquals(
                "{\"authority\":\"127.0.0.1:" + uri.getPort()
                        + "\",\"bytes\":3,\"headers\":[[\"x-a\",\"1\"]],\"json\":[1],"
                        + "\"method\":\"POST\",\"path\":\"/echo\",\"query\":\"q=1\"}",
                echo.body());
        assertEquals(404, get(uri.resolve("/nothing")).statusCode());
    }

    /** The client upgrades to HTTP/2, where a guest may return before its last piece has left. */
    @Test
    void everyAnswerIsWholeInEitherVersion() throws Exception {
        URI uri = start();
        for (var version : HttpClient.Version.values()) {
            for (int i = 0; i < 300; i++) {
                assertEquals(
                        "hello from rust\n",
                        send(HttpRequest.newBuilder(uri).version(version)).body());
            }
        }
    }

    @Test
    void aGuestReachesTheHostsThatWereGranted() throws Exception {
        URI other = start();
        try (var first = Objects.requireNonNull(service);
                var outside = Outside.to(List.of("127.0.0.1:" + other.getPort()))) {
            URI uri = start(FREE_PORT, WasiConfig.NOTHING.withHttp(outside), StoreLimits.DEFAULT);
            String host = "127.0.0.1:" + first.uri().getPort();
            assertEquals(
                    "{\"bytes\":16,\"status\":200,\"text\":\"hello from rust\\n\"}",
                    get(uri.resolve("/fetch?host=" + host + "&path=/")).body());
            var denied = get(uri.resolve("/fetch?host=127.0.0.1:1&path=/"));
            assertEquals("ErrorCode::HttpRequestDenied", denied.body());
            assertEquals(502, denied.statusCode());
        }
    }

    @Test
    void aTrapIsA500AndTheNextRequestIsServed() throws Exception {
        URI uri = start(FREE_PORT.withBodyBytes(10), WasiConfig.NOTHING, StoreLimits.DEFAULT);
        // the guest expects to read its body, and panics when it cannot
        var trapped = send(HttpRequest.newBuilder(uri.resolve("/echo"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("more than ten"))));
        assertEquals(500, trapped.statusCode());
        assertTrue(trapped.body()
                .contains(trapped.headers().firstValue("x-request-id").orElseThrow()));
        assertEquals("hello from rust\n", get(uri).body());
    }

    @Test
    void aGuestThatWaitsTooLongIsStopped() throws Exception {
        // somebody takes the connection and never answers
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var outside = Outside.to(List.of("127.0.0.1:" + silent.getLocalPort()))) {
            var hasty = FREE_PORT.withRequestTime(Duration.ofMillis(500));
            URI uri = start(hasty, WasiConfig.NOTHING.withHttp(outside), StoreLimits.DEFAULT);
            var stopped = get(uri.resolve("/fetch?host=127.0.0.1:" + silent.getLocalPort() + "&path=/"));
            assertEquals(504, stopped.statusCode());
        }
    }

    @Test
    void memoryBeyondTheLimitIsA500() throws Exception {
        URI uri = start(FREE_PORT, WasiConfig.NOTHING, StoreLimits.DEFAULT.withMemoryBytes(65_536));
        assertEquals(500, get(uri).statusCode());
    }

    @Test
    void aThousandRequestsAtOnceAreServedByAsManyGuestsAsTheHeapHolds() throws Exception {
        var crowded = FREE_PORT.withConcurrency(200).withQueue(1_000, Duration.ofSeconds(100));
        URI uri = start(crowded, WasiConfig.NOTHING, StoreLimits.DEFAULT);
        assertEquals("hello from rust\n", get(uri).body());
        var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 1_000; i++) {
            var request = HttpRequest.newBuilder(uri.resolve("/slow"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            all.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        for (var response : all) {
            assertEquals(
                    "chunk 0\nchunk 1\nchunk 2\nchunk 3\nchunk 4\n",
                    response.join().body());
        }
    }

    @Test
    void aComponentThatAnswersNothingIsRefusedByName() {
        byte[] empty = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
        var error = assertThrows(
                TenonException.class,
                () -> ComponentHandler.of(
                        RUNTIME, ComponentDecoder.decode(empty), WasiConfig.NOTHING, StoreLimits.DEFAULT));
        assertTrue(error.fact().contains("wasi:http/incoming-handler"), error.fact());
    }
}
