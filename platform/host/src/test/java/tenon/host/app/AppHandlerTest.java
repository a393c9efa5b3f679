package tenon.host.app;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.app.ManifestException;
import tenon.app.manifest.ManifestReader;
import tenon.app.template.GivenSource;
import tenon.host.HttpService;
import tenon.host.ServeOptions;
import tenon.runtime.Runtime;

/** Applications over the network; their component is the {@code hello.wasm} of {@code ComponentHandlerTest}. */
@Timeout(120)
class AppHandlerTest {
    private static final Runtime RUNTIME = Runtime.create();
    private static final ServeOptions FREE_PORT = ServeOptions.DEFAULT
            .withAddress(new InetSocketAddress("127.0.0.1", 0))
            .withDrainTime(Duration.ofSeconds(2));
    private static final String BEGIN = """
            spin_manifest_version = 2
            [application]
            name = "test \\"app\\""
            version = "1.2.3"
            """;
    private static final String HELLO = """
            [[trigger.http]]
            route = "/..."
            component = "hello"
            [component.hello]
            source = "hello.wasm"
            """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    // the log manager forgets loggers that nobody holds
    private final Logger logger = Logger.getLogger("tenon.host.app");
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void prepare() throws IOException {
        try (var stream = AppHandlerTest.class.getResourceAsStream("/hello.wasm")) {
            Files.write(
                    folder.resolve("hello.wasm"), Objects.requireNonNull(stream).readAllBytes());
        }
        logger.addHandler(listening);
    }

    @AfterEach
    void end() throws Exception {
        logger.removeHandler(listening);
        client.close();
        for (AutoCloseable each : closing.reversed()) {
            each.close();
        }
    }

    private AppOptions options() {
        return AppOptions.in(folder.resolve(".spin"));
    }

    private AppHandler app(String manifest, AppOptions options) throws IOException {
        return AppHandler.of(RUNTIME, ManifestReader.read(BEGIN + manifest, "spin.toml", folder), options);
    }

    private URI start(String manifest, AppOptions options) throws IOException {
        var service = HttpService.start(FREE_PORT, app(manifest, options));
        closing.add(service);
        return service.uri();
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void requestsGoWhereTheirRoutesSay() throws Exception {
        URI uri = start("""
                [[trigger.http]]
                route = "/echo"
                component = "hello"
                [[trigger.http]]
                route = "/fixed/..."
                static_response = { status_code = 418, headers = { x-own = "yes" }, body = "a teapot" }
                [component.hello]
                source = "hello.wasm"
                """, options());
        assertTrue(get(uri.resolve("/echo?q=1")).body().contains("\"query\":\"q=1\""));
        var fixed = get(uri.resolve("/fixed/a/b"));
        assertEquals(418, fixed.statusCode());
        assertEquals("a teapot", fixed.body());
        assertEquals("yes", fixed.headers().firstValue("x-own").orElseThrow());
        assertEquals(404, get(uri.resolve("/echo/more")).statusCode());
        assertEquals(404, get(uri).statusCode());
    }

    @Test
    void theHostAnswersForItselfWhateverTheRoutes() throws Exception {
        URI uri = start(HELLO, options());
        assertEquals("OK", get(uri.resolve("/.well-known/spin/health")).body());
        var about = get(uri.resolve("/.well-known/spin/info"));
        assertEquals("{\"name\":\"test \\\"app\\\"\",\"version\":\"1.2.3\",\"oci_image_digest\":null}", about.body());
        assertEquals(
                "application/json", about.headers().firstValue("content-type").orElseThrow());
        assertEquals(404, get(uri.resolve("/.well-known/spin/other")).statusCode());
        assertEquals("hello from rust\n", get(uri).body());
    }

    @Test
    void routesAreListed() throws IOException {
        try (var app = app(HELLO + "description = \"says hello\"\n", options())) {
            assertEquals(List.of(new AppHandler.ServedRoute("hello", "", true, "says hello")), app.routes());
        }
    }

    @Test
    void aHostThatIsNotAllowedIsRefusedAndLoggedByName() throws Exception {
        URI uri = start(HELLO + "allowed_outbound_hosts = [\"https://allowed.test\"]\n", options());
        var denied = get(uri.resolve("/fetch?host=other.test:8080&path=/"));
        assertEquals("ErrorCode::HttpRequestDenied", denied.body());
        String line = logged.getFirst();
        for (String part : List.of("component=hello", "host=other.test", "port=8080", "`http://other.test:8080`")) {
            assertTrue(line.contains(part), line);
        }
        assertTrue(line.contains("allowed_outbound_hosts of [component.hello]"), line);
    }

    @Test
    void aHostThatIsAllowedIsReached() throws Exception {
        URI other = start(HELLO, options());
        URI uri = start(
                """
                [variables]
                port = { required = true }
                """ + HELLO + "allowed_outbound_hosts = [\"http://127.0.0.1:{{ port }}\"]\n",
                options().withVariables(new GivenSource(Map.of("port", String.valueOf(other.getPort())))));
        assertEquals(
                "{\"bytes\":16,\"status\":200,\"text\":\"hello from rust\\n\"}",
                get(uri.resolve("/fetch?host=127.0.0.1:" + other.getPort() + "&path=/"))
                        .body());
    }

    private static final String FRONT_AND_BACK = """
            [[trigger.http]]
            route = "/..."
            component = "front"
            [[trigger.http]]
            route = { private = true }
            component = "back"
            [component.back]
            source = "hello.wasm"
            [component.front]
            source = "hello.wasm"
            allowed_outbound_hosts = ["%s"]
            """;

    @Test
    void aComponentAsksAnotherByItsName() throws Exception {
        for (String allowed : List.of("http://back.spin.internal", "http://*.spin.internal")) {
            URI uri = start(FRONT_AND_BACK.formatted(allowed), options());
            assertEquals(
                    "{\"bytes\":16,\"status\":200,\"text\":\"hello from rust\\n\"}",
                    get(uri.resolve("/fetch?host=back.spin.internal&path=/")).body());
            assertTrue(get(uri.resolve("/fetch?host=back.spin.internal&path=/slow"))
                    .body()
                    .contains("\"bytes\":40"));
            var elsewhere = get(uri.resolve("/fetch?host=other.spin.internal&path=/"));
            assertEquals("ErrorCode::HttpRequestDenied", elsewhere.body());
        }
    }

    @Test
    void aNameOfAComponentIsNeverLookedUpOutside() throws Exception {
        URI uri = start(FRONT_AND_BACK.formatted("*://*:*"), options());
        var unknown = get(uri.resolve("/fetch?host=nobody.spin.internal&path=/"));
        assertEquals("ErrorCode::DestinationNotFound", unknown.body());
    }

    @Test
    void aPrivateRouteIsNoneForThoseOutside() throws Exception {
        URI uri = start(FRONT_AND_BACK.formatted("http://back.spin.internal").replace("/...", "/echo"), options());
        assertEquals(404, get(uri).statusCode());
    }

    @Test
    void aWildcardDoesNotLeadInside() throws Exception {
        URI uri = start(HELLO + "allowed_outbound_hosts = [\"*://*:*\"]\n", options());
        for (String host : List.of("127.0.0.1:" + uri.getPort(), "localhost:" + uri.getPort())) {
            var denied = get(uri.resolve("/fetch?host=" + host + "&path=/"));
            assertEquals(502, denied.statusCode(), host);
            assertTrue(logged.getLast().contains("not globally reachable"), logged.getLast());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [application.trigger.http] ;base = "/x"                        | the setting `base`
            [[trigger.redis]] ;channel = "c" ;component = "hello"          | triggers of the type `redis`
            [[trigger.http]] ;route = "/w" ;component = "hello" ;executor = { type = "wagi" } | the executor `wagi`
            [component.other] ;source = { url = "https://a.test/x.wasm", digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000" } | components that are downloaded
            [component.other] ;source = { registry = "a.test", package = "a:b", version = "1.0.0" } | components from a registry
            [component.other] ;source = "x.wasm" ;key_value_stores = ["mine"] | `mine`
            [component.other] ;source = "x.wasm" ;sqlite_databases = ["default"] | `sqlite_databases`
            [component.other] ;source = "x.wasm" ;ai_models = ["llama2-chat"] | `ai_models`
            """)
    void whatIsNotServedIsRefusedByNameWithItsPlace(String addition, String name) {
        String manifest = addition.replace(" ;", "\n") + "\n" + HELLO;
        var error = assertThrows(ManifestException.class, () -> app(manifest, options()));
        assertTrue(error.getMessage().contains(name), error.getMessage());
        assertTrue(error.getMessage().contains("not supported yet"), error.getMessage());
        assertTrue(error.getMessage().startsWith("spin.toml:"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            allowed_outbound_hosts = ["http://self"]                     | `self`
            allowed_outbound_hosts = ["http://self.alt"]                 | `self`
            """)
    void requestsToItselfWithoutAHostAreRefusedByName(String addition, String name) {
        var error = assertThrows(ManifestException.class, () -> app(HELLO + addition + "\n", options()));
        assertTrue(error.getMessage().contains(name), error.getMessage());
        assertTrue(error.getMessage().contains("not supported yet"), error.getMessage());
    }

    @Test
    void whoMayAskAnybodyHasNotAskedForItself() throws Exception {
        URI uri = start(HELLO + "allowed_outbound_hosts = [\"http://*:*\", \"http://self\"]\n", options());
        assertEquals(200, get(uri).statusCode());
        var service = HttpService.start(
                FREE_PORT, AppHandler.of(RUNTIME, ManifestReader.read("""
                spin_manifest_version = "1"
                name = "old"
                version = "1.0.0"
                trigger = { type = "http", base = "/" }
                [[component]]
                id = "hello"
                source = "hello.wasm"
                allowed_http_hosts = ["insecure:allow-all"]
                [component.trigger]
                route = "/..."
                """, "spin.toml", folder), options()));
        closing.add(service);
        assertEquals(200, get(service.uri()).statusCode());
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        var error = assertThrows(ManifestException.class, () -> app("""
                        [[trigger.http]]
                        route = "/a"
                        component = "a"
                        [[trigger.http]]
                        route = "/b"
                        component = "b"
                        [component.a]
                        source = "missing.wasm"
                        [component.b]
                        source = "text.wasm"
                        """, options()));
        assertEquals(2, error.problems().size(), error.getMessage());
        assertTrue(error.problems().getFirst().fact().contains("`missing.wasm` does not exist"), error.getMessage());
    }

    @Test
    void aCoreModuleIsNoComponent() throws IOException {
        Files.write(folder.resolve("core.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        var error =
                assertThrows(ManifestException.class, () -> app(HELLO.replace("hello.wasm", "core.wasm"), options()));
        assertTrue(error.fact().contains("core module"), error.fact());
    }

    @Test
    void aVariableWithoutAValueIsToldBeforeAnythingRuns() {
        var error = assertThrows(
                ManifestException.class, () -> app("[variables]\nkey = { required = true }\n" + HELLO, options()));
        assertTrue(error.fact().contains("`key`"), error.fact());
    }

    @Test
    void aDependencyThatMeetsNothingIsRefused() {
        var error = assertThrows(ManifestException.class, () -> app(HELLO + """
                        [component.hello.dependencies]
                        "a:b/c" = { component = "hello2" }
                        [component.hello2]
                        source = "hello.wasm"
                        """, options()));
        assertTrue(error.fact().contains("imports nothing that `a:b/c` means"), error.fact());
    }

    @Test
    void aDependencyWithoutTheExportIsRefused() {
        var error = assertThrows(ManifestException.class, () -> app(HELLO + """
                        [component.hello.dependencies]
                        "wasi:http/outgoing-handler" = { component = "hello2" }
                        [component.hello2]
                        source = "hello.wasm"
                        """, options()));
        assertTrue(error.fact().contains("exports no `wasi:http/outgoing-handler@0.2"), error.fact());
    }
}
