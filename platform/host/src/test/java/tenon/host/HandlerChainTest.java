package tenon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;
import tenon.types.LinkException;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;

/** Middleware before a component, of {@code examples/auth}: both are replaced under load. */
@Timeout(120)
class HandlerChainTest {
    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Path AUTH = EXAMPLES.resolve("auth/auth.wasm");
    private static final Path NEXT = EXAMPLES.resolve("auth/auth-next.wasm");
    private static final Path HELLO = EXAMPLES.resolve("hello/hello.wasm");
    private static final int SWAPS = 60;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    private String get(URI uri, String... tokens) throws Exception {
        var request = HttpRequest.newBuilder(uri);
        for (String token : tokens) {
            request.header("authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static Component component(Path file) throws IOException {
        return ComponentDecoder.decode(Files.readAllBytes(file));
    }

    private static HandlerChain.Link link(Path file) throws IOException {
        var linker = new Linker();
        Wasi.define(linker, WasiConfig.NOTHING);
        return new HandlerChain.Link(component(file), linker);
    }

    @Test
    void noRequestIsLostWhileBothAreReplaced() throws Exception {
        HandlerChain chain = HandlerChain.of(
                Runtime.create(), List.of(link(AUTH), link(HELLO)), StoreLimits.DEFAULT.withMemoryBytes(64 << 20));
        var options = ServeOptions.DEFAULT.withAddress(new InetSocketAddress("127.0.0.1", 0));
        var over = new AtomicBoolean();
        var answered = new AtomicLong();
        try (var service = HttpService.start(options, chain);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                clients.add(threads.submit(() -> {
                    while (!over.get()) {
                        switch (number) {
                            case 0 -> assertEquals("401 who goes there?\n", get(service.uri()));
                            case 1 ->
                                assertEquals(
                                        "200 chunk 0\nchunk 1\nchunk 2\nchunk 3\nchunk 4\n",
                                        get(service.uri().resolve("/slow"), "let-me-in", "open-sesame"));
                            default ->
                                assertEquals("200 hello from rust\n", get(service.uri(), "let-me-in", "open-sesame"));
                        }
                        answered.incrementAndGet();
                    }
                    return null;
                }));
            }
            Component auth = component(AUTH);
            Component next = component(NEXT);
            Component hello = component(HELLO);
            try {
                for (int i = 0; i < SWAPS; i++) {
                    chain.replace(0, i % 2 == 0 ? next : auth);
                    chain.replace(1, hello);
                    Thread.sleep(5);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> each : clients) {
                each.get();
            }
            assertTrue(answered.get() > SWAPS, answered + " answers");
            assertEquals("200 hello from rust\n", get(service.uri(), "let-me-in"));
            assertEquals("401 who goes there?\n", get(service.uri(), "open-sesame"));
        }
    }

    @Test
    void whatIsNoMiddlewareIsRefusedAndTheOldOneStays() throws Exception {
        HandlerChain chain = HandlerChain.of(
                Runtime.create(), List.of(link(AUTH), link(HELLO)), StoreLimits.DEFAULT.withMemoryBytes(64 << 20));
        var options = ServeOptions.DEFAULT.withAddress(new InetSocketAddress("127.0.0.1", 0));
        Component transactions = component(EXAMPLES.resolve("logger/transactions.wasm"));
        try (var service = HttpService.start(options, chain)) {
            for (int i = 0; i < 2; i++) {
                int index = i;
                var refused = assertThrows(LinkException.class, () -> chain.replace(index, transactions));
                assertTrue(refused.getMessage().contains("answers no HTTP requests"), refused.getMessage());
            }
            assertEquals("200 hello from rust\n", get(service.uri(), "let-me-in"));
        }
    }
}
