package tenon.host.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tenon.app.ManifestException;
import tenon.app.manifest.ManifestReader;
import tenon.app.template.GivenSource;
import tenon.host.HttpService;
import tenon.host.ServeOptions;
import tenon.runtime.Runtime;
import tenon.testing.SharedFolder;

/** The shared components that ask for more than WASI: stores, variables, other components. */
@Timeout(120)
class SharedComponentsTest {
    private static final ServeOptions FREE_PORT = ServeOptions.DEFAULT
            .withAddress(new InetSocketAddress("127.0.0.1", 0))
            .withDrainTime(Duration.ofSeconds(2));
    private static final Runtime RUNTIME = Runtime.create();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        client.close();
        for (AutoCloseable each : closing.reversed()) {
            each.close();
        }
    }

    private String file(String name) throws IOException {
        Optional<Path> shared = SharedFolder.find("components/" + name);
        assumeTrue(shared.isPresent(), SharedFolder.absent("components/" + name));
        Path copy = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        Files.copy(shared.orElseThrow(), copy, StandardCopyOption.REPLACE_EXISTING);
        return copy.getFileName().toString();
    }

    private AppHandler app(String manifest) throws IOException {
        var options = AppOptions.in(folder.resolve(".spin")).withVariables(new GivenSource(Map.of("given", "a value")));
        return AppHandler.of(RUNTIME, ManifestReader.read(manifest, "spin.toml", folder), options);
    }

    private URI start(String manifest) throws IOException {
        var service = HttpService.start(FREE_PORT, app(manifest));
        closing.add(service);
        return service.uri();
    }

    private String send(URI uri, String method, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        return response.statusCode() + " " + response.body();
    }

    private String get(URI uri, String... headers) throws Exception {
        return send(uri, "GET", "", headers);
    }

    private static final String COMPOSED_BANK = """
            spin_manifest_version = 2
            application.name = "bank"
            [[trigger.http]]
            route = "/..."
            component = "bank"
            [component.bank]
            source = "bank.wac"
            [component.bank.tool.tenon.packages]
            "our:teller" = "rust-teller-http.wasm"
            "our:finance" = "rust-bare-finance.wasm"
            """;

    @Test
    void componentIsComposedByItsDocument() throws Exception {
        file("rust/rust-teller-http.wasm");
        file("rust/rust-bare-finance.wasm");
        Files.writeString(folder.resolve("bank.wac"), """
                package our:bank;
                let ledger = new our:finance { ... };
                export new our:teller { ...ledger, ... }...;
                """);
        String order = "{\"id\": \"1\", \"amount\": 20000, \"currency\": \"EUR\"}";
        assertEquals(
                "200 {\"outcomes\":[\"rejected: Limit exceeded\"]}",
                send(start(COMPOSED_BANK).resolve("/pay"), "POST", order));
    }

    @Test
    void documentThatMakesNoComponentIsAProblemOfTheManifest() throws Exception {
        file("rust/rust-teller-http.wasm");
        Files.writeString(folder.resolve("bank.wac"), "package our:bank;\nexport new our:teller {}...;\n");
        var error = assertThrows(ManifestException.class, () -> app(COMPOSED_BANK));
        assertTrue(error.getMessage().contains("`bank.wac` makes no component: bank.wac:2:12: "), error.getMessage());
        var setting = assertThrows(
                ManifestException.class, () -> app(COMPOSED_BANK.replace("tenon.packages", "tenon.package")));
        assertTrue(
                setting.getMessage().contains("tenon.package` does not exist, did you mean `packages`?"),
                setting.getMessage());
    }

    /** The form of the articles, which is the older one. */
    @Test
    void spin5HttpServesUnderAManifestOfVersion1() throws Exception {
        URI uri = start("""
                spin_version = "1"
                name = "payments"
                version = "1.0.0"
                trigger = { type = "http", base = "/" }
                [variables]
                given = { required = true }
                [[component]]
                id = "payment-handler"
                source = "%s"
                allowed_outbound_hosts = ["https://api.stripe.com"]
                key_value_stores = ["default"]
                [component.trigger]
                route = "/..."
                [component.config]
                greeting = "{{ given }}"
                """.formatted(file("rust/rust-spin5-http.wasm")));
        assertEquals("201 Created", send(uri.resolve("/k"), "PUT", "v"));
        assertEquals("200 v", get(uri.resolve("/k")));
        assertEquals("405 ", send(uri.resolve("/k"), "POST", "v"));
        assertEquals("200 Deleted", send(uri.resolve("/k"), "DELETE", ""));
        assertEquals("404 ", get(uri.resolve("/k")));
        assertEquals("200 a value", get(uri.resolve("/var")));
    }

    @Test
    void aStoreThatWasNotGrantedIsDenied() throws Exception {
        URI uri = start("""
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/..."
                component = "kv"
                [component.kv]
                source = "%s"
                """.formatted(file("rust/rust-kv-config.wasm")));
        assertEquals("500 Error::AccessDenied", get(uri.resolve("/kv/k")));
        assertEquals("200 []\n", get(uri.resolve("/config")));
        assertEquals("404 ", get(uri.resolve("/config/x")));
    }

    @Test
    void theWasiInterfacesOfStoresAndConfigurationAreServed() throws Exception {
        URI uri = start("""
                spin_manifest_version = 2
                [application]
                name = "test"
                [variables]
                given = { required = true }
                [[trigger.http]]
                route = "/..."
                component = "kv"
                [component.kv]
                source = "%s"
                key_value_stores = ["default"]
                variables = { one = "{{ given }}!", two = "2" }
                """.formatted(file("rust/rust-kv-config.wasm")));
        assertEquals("201 ", send(uri.resolve("/kv/a"), "PUT", "first"));
        assertEquals("200 first", get(uri.resolve("/kv/a")));
        assertEquals("404 ", get(uri.resolve("/kv/none")));
        assertEquals("200 1", send(uri.resolve("/count"), "POST", ""));
        assertEquals("200 2", send(uri.resolve("/count"), "POST", ""));
        assertEquals("200 a\nvisits", get(uri.resolve("/keys")));
        assertEquals(
                "200 [Some((\"b1\", [111, 110, 101])), Some((\"b2\", [116, 119, 111])), None] left=false",
                get(uri.resolve("/batch")));
        assertEquals("204 ", send(uri.resolve("/kv/a"), "DELETE", ""));
        assertEquals("200 a value!", get(uri.resolve("/config/one")));
        assertEquals("200 [(\"one\", \"a value!\"), (\"two\", \"2\")]\n", get(uri.resolve("/config")));
    }

    @Test
    void aDependencyGetsWhatItInheritsAndNoMore() throws Exception {
        String manifest = """
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/..."
                component = "guard"
                [component.guard]
                source = "%s"
                key_value_stores = ["default"]
                variables = { one = "1" }
                [component.guard.dependencies]
                "wasi:http/incoming-handler" = { component = "kv"%%s }
                [component.kv]
                source = "%s"
                """.formatted(file("rust/rust-http-middleware.wasm"), file("rust/rust-kv-config.wasm"));
        String[] allowed = {"authorization", "Bearer let-me-in"};

        URI nothing = start(manifest.formatted(""));
        assertTrue(get(nothing.resolve("/kv/k")).startsWith("401"), "the guard answers itself");
        assertEquals("500 Error::AccessDenied", get(nothing.resolve("/kv/k"), allowed));
        assertEquals("404 ", get(nothing.resolve("/config/one"), allowed));

        URI some = start(manifest.formatted(", inherit_configuration = [\"key_value_stores\"]"));
        assertEquals("404 ", get(some.resolve("/kv/k"), allowed));
        assertEquals("404 ", get(some.resolve("/config/one"), allowed));

        URI all = start(manifest.formatted(", inherit_configuration = true"));
        assertEquals("200 1", get(all.resolve("/config/one"), allowed));
    }

    @Test
    void whoDependsOnItselfIsRefused() throws IOException {
        String manifest = """
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/..."
                component = "one"
                [component.one]
                source = "%1$s"
                dependencies = { "wasi:http/incoming-handler" = { component = "two" } }
                [component.two]
                source = "%1$s"
                dependencies = { "wasi:http/incoming-handler" = { component = "one" } }
                """.formatted(file("rust/rust-http-middleware.wasm"));
        var error = assertThrows(ManifestException.class, () -> app(manifest));
        assertTrue(error.getMessage().contains("`one`"), error.getMessage());
    }

    @Test
    void anImportThatNobodyMeetsIsToldWithTheComponent() throws IOException {
        String manifest = """
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/..."
                component = "teller"
                [component.teller]
                source = "%s"
                """.formatted(file("rust/rust-teller-http.wasm"));
        var error = assertThrows(ManifestException.class, () -> app(manifest));
        assertTrue(error.fact().startsWith("component `teller` cannot be linked"), error.fact());
        assertTrue(error.fact().contains("cyber:finance/processor@0.1.0"), error.fact());
    }

    @Test
    void whatIsNoHandlerOfRequestsIsRefused() throws IOException {
        String manifest = """
                spin_manifest_version = 2
                [application]
                name = "test"
                [[trigger.http]]
                route = "/..."
                component = "finance"
                [component.finance]
                source = "%s"
                """.formatted(file("c/c-finance.wasm"));
        var error = assertThrows(ManifestException.class, () -> app(manifest));
        assertTrue(error.fact().contains("answers no HTTP requests"), error.fact());
    }

    @Test
    void theRedisComponentsTriggerIsRefusedByName() throws IOException {
        String manifest = """
                spin_manifest_version = 2
                [application]
                name = "test"
                [application.trigger.redis]
                address = "redis://localhost:6379"
                [[trigger.redis]]
                channel = "orders"
                component = "listener"
                [component.listener]
                source = "%s"
                key_value_stores = ["default"]
                """.formatted(file("rust/rust-spin5-redis.wasm"));
        var error = assertThrows(ManifestException.class, () -> app(manifest));
        assertTrue(error.fact().contains("triggers of the type `redis` are not supported yet"), error.fact());
    }
}
