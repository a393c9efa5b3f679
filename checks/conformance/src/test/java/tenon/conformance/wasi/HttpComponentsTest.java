package tenon.conformance.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;
import tenon.wasi.http.BodySource;
import tenon.wasi.http.Field;
import tenon.wasi.http.IncomingRequest;
import tenon.wasi.http.MemoryBackend;
import tenon.wasi.http.MemoryResponse;
import tenon.wasi.http.Method;
import tenon.wasi.http.ResponseOutparam;
import tenon.wasi.http.Scheme;

/** HTTP components answer as the README beside them says; requests and responses are in memory. */
@Tag("suite")
class HttpComponentsTest {
    private static final String BARE = "components/rust/rust-bare-http-hello.wasm";

    /** A component with its handler. */
    record Handler(LinkedComponent component, MethodHandle handle) {
        static Handler of(String file, WasiConfig config) throws IOException {
            return of(Guests.link(Guests.file(file), config));
        }

        static Handler of(LinkedComponent linked) {
            return new Handler(
                    linked,
                    linked.function(
                            "wasi:http/incoming-handler@0.2.12",
                            "handle",
                            List.of(IncomingRequest.class, ResponseOutparam.class),
                            void.class,
                            MethodHandles.lookup()));
        }

        MemoryResponse answer(Method method, String path, String body, Field... headers) throws Throwable {
            var response = new MemoryResponse();
            try (Store store = Store.open()) {
                var readiness = Wasi.readiness(store);
                var head = new IncomingRequest.Head(
                        method,
                        Optional.of(path),
                        Optional.of(new Scheme.Http()),
                        Optional.of("a.test"),
                        List.of(headers));
                var request = new IncomingRequest(readiness, head, BodySource.of(body.getBytes(UTF_8), List.of()));
                handle.invokeExact(component.instantiate(store), request, new ResponseOutparam(readiness, response));
            }
            assertTrue(response.isComplete(), () -> String.valueOf(response.failure()));
            return response;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BARE, "components/rust/rust-http-hello.wasm", "components/js/js-http-hello.wasm"})
    void hellosAnswerAndEcho(String file) throws Throwable {
        var handler = Handler.of(file, WasiConfig.NOTHING);
        var hello = handler.answer(new Method.Get(), "/", "");
        assertEquals(200, hello.status());
        assertTrue(hello.text().startsWith("hello from "), hello.text());
        var echo = handler.answer(
                new Method.Post(),
                "/echo?q=1",
                "{\"a\":[1,2]}",
                Field.of("content-type", "application/json"),
                Field.of("x-a", "1"));
        assertTrue(echo.text().contains("POST") && echo.text().contains("q=1"), echo.text());
        assertTrue(echo.text().contains("{\"a\":[1,2]}"), echo.text());
    }

    @Test
    void slowAnswerHasChunksAndTrailers() throws Throwable {
        var slow = Handler.of(BARE, WasiConfig.NOTHING).answer(new Method.Get(), "/slow", "");
        assertEquals("chunk 0\nchunk 1\nchunk 2\nchunk 3\nchunk 4\n", slow.text());
        assertEquals(
                List.of("x-chunks 5"),
                slow.trailers().stream()
                        .map(field -> field.name() + " " + field.text())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {BARE, "components/rust/rust-http-hello.wasm", "components/js/js-http-hello.wasm"})
    void fetchReachesWhoWasGranted(String file) throws Throwable {
        var backend = new MemoryBackend((head, body) -> new MemoryBackend.Answer(
                203, List.of(), (head.authority() + head.pathWithQuery()).getBytes(UTF_8), List.of()));
        var fetched = Handler.of(file, WasiConfig.NOTHING.withHttp(backend))
                .answer(new Method.Get(), "/fetch?host=b.test:81&path=/", "");
        assertEquals(200, fetched.status(), fetched.text());
        assertTrue(fetched.text().contains("\"status\":203"), fetched.text());
        assertTrue(fetched.text().contains("\"bytes\":10"), fetched.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {BARE, "components/rust/rust-http-hello.wasm"})
    void fetchOfWhoWasNotGrantedIsDenied(String file) throws Throwable {
        var denied = Handler.of(file, WasiConfig.NOTHING).answer(new Method.Get(), "/fetch?host=b.test&path=/x", "");
        assertEquals(502, denied.status());
        assertEquals("ErrorCode::HttpRequestDenied", denied.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"composed-rust-teller-finance.wasm", "composed-rust-teller-c-finance.wasm"})
    void tellerShowsTheBooksByteForByte(String file) throws Throwable {
        Path readme = Guests.file("components/README.md");
        String expected = Files.readAllLines(readme).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("{\"all\":"))
                .findFirst()
                .orElseThrow();
        var handler = Handler.of("components/composed/" + file, WasiConfig.NOTHING);
        assertEquals(expected, handler.answer(new Method.Get(), "/books", "").text());
        var paid = handler.answer(new Method.Post(), "/pay", "{\"id\":\"1\",\"amount\":20000,\"currency\":\"EUR\"}");
        assertEquals("{\"outcomes\":[\"rejected: Limit exceeded\"]}", paid.text());
        assertEquals(expected, handler.answer(new Method.Get(), "/books", "").text(), "each request is the first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust/rust-bare-finance.wasm", "c/c-finance.wasm"})
    void tellerShowsTheBooksOfAnotherComponent(String file) throws Throwable {
        var finance = new Provider(decode("components/" + file), new Linker());
        var handler = Handler.of(linked("components/rust/rust-teller-http.wasm", finance));
        var composed = Handler.of("components/composed/composed-rust-teller-c-finance.wasm", WasiConfig.NOTHING);
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    composed.answer(new Method.Get(), "/books", "").text(),
                    handler.answer(new Method.Get(), "/books", "").text());
        }
    }

    private static Component decode(String file) throws IOException {
        return ComponentDecoder.decode(Files.readAllBytes(Guests.file(file)));
    }

    private static LinkedComponent linked(String file, Provider provider) throws IOException {
        return offering(WasiConfig.NOTHING).provide(provider).link(Runtime.create(), decode(file));
    }

    private static Linker offering(WasiConfig config) {
        var linker = new Linker();
        Wasi.define(linker, config);
        return linker;
    }

    @Test
    void middlewareAsksForItsWordBeforeAnotherComponent() throws Throwable {
        var hello = new Provider(decode(BARE), offering(WasiConfig.NOTHING));
        asksForItsWord(Handler.of(linked("components/rust/rust-http-middleware.wasm", hello)));
    }

    @Test
    void aProviderGetsNothingOfWhatTheOtherWasGranted() throws Throwable {
        var backend = new MemoryBackend(
                (head, body) -> new MemoryBackend.Answer(200, List.of(), "reached".getBytes(UTF_8), List.of()));
        WasiConfig granted = WasiConfig.NOTHING.withHttp(backend);
        Component middleware = decode("components/rust/rust-http-middleware.wasm");
        Component hello = decode(BARE);
        var word = Field.of("authorization", "Bearer let-me-in");
        var denied = Handler.of(offering(granted)
                .provide(new Provider(hello, offering(WasiConfig.NOTHING)))
                .link(Runtime.create(), middleware));
        assertEquals(
                502,
                denied.answer(new Method.Get(), "/fetch?host=b.test&path=/", "", word)
                        .status());
        var allowed = Handler.of(offering(WasiConfig.NOTHING)
                .provide(new Provider(hello, offering(granted)))
                .link(Runtime.create(), middleware));
        assertEquals(
                200,
                allowed.answer(new Method.Get(), "/fetch?host=b.test&path=/", "", word)
                        .status());
    }

    @Test
    void middlewareAsksForItsWord() throws Throwable {
        asksForItsWord(Handler.of("components/composed/composed-rust-middleware-hello.wasm", WasiConfig.NOTHING));
    }

    private static void asksForItsWord(Handler handler) throws Throwable {
        assertEquals(401, handler.answer(new Method.Get(), "/", "").status());
        var allowed = handler.answer(new Method.Get(), "/", "", Field.of("authorization", "Bearer let-me-in"));
        assertEquals(200, allowed.status());
        assertEquals("hello from rust\n", allowed.text());
    }
}
