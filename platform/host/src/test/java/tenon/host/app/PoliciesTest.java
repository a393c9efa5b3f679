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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.app.ManifestException;
import tenon.app.manifest.ManifestReader;
import tenon.host.HttpService;
import tenon.host.ServeOptions;
import tenon.runtime.Runtime;

/** What a manifest takes away from a component, or puts before it, over the network; the components are the examples. */
@Timeout(120)
class PoliciesTest {
    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Runtime RUNTIME = Runtime.create();
    private static final String ORDER = "{\"id\": \"1\", \"amount\": 20000, \"currency\": \"EUR\"}";
    private static final String BEGIN = """
            spin_manifest_version = 2
            [application]
            name = "bank"
            [[trigger.http]]
            route = "/..."
            component = "teller"
            [component.auth]
            source = "auth.wasm"
            [component.logger]
            source = "logger.wasm"
            [component.processor]
            source = "processor.wasm"
            [component.teller]
            source = "teller.wasm"
            """;
    private static final String DEPENDENT = """
            [component.teller.dependencies]
            "cyber:finance@0.1.0" = { component = "processor" }
            """;

    @TempDir
    Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void prepare() throws IOException {
        for (String each :
                new String[] {"auth/auth.wasm", "logger/logger.wasm", "bank/processor.wasm", "bank/teller.wasm"}) {
            Path file = EXAMPLES.resolve(each);
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }

    @AfterEach
    void end() {
        client.close();
    }

    private AppHandler app(String settings) throws IOException {
        String manifest = BEGIN + settings;
        return AppHandler.of(
                RUNTIME, ManifestReader.read(manifest, "spin.toml", folder), AppOptions.in(folder.resolve(".spin")));
    }

    private HttpService start(String settings) throws IOException {
        return HttpService.start(
                ServeOptions.DEFAULT
                        .withAddress(new InetSocketAddress("127.0.0.1", 0))
                        .withDrainTime(Duration.ofSeconds(2)),
                app(settings));
    }

    private static String settings(String text) {
        return DEPENDENT + "[component.teller.tool.tenon]\n" + text + "\n";
    }

    private String pay(URI uri, byte[] body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(uri.resolve("/pay")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private String pay(URI uri, String... headers) throws Exception {
        return pay(uri, ORDER.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    @Test
    void middlewareGetsEachRequestFirst() throws Exception {
        try (var service = start(settings("middleware = [\"auth\"]"))) {
            assertEquals("401 who goes there?\n", pay(service.uri()));
            assertEquals(
                    "200 {\"outcomes\":[\"rejected: Limit exceeded\"]}",
                    pay(service.uri(), "authorization", "Bearer let-me-in"));
        }
    }

    @Test
    void whatIsMadeUpNeedsNoDependency() throws Exception {
        try (var service = start("[component.teller.tool.tenon]\nmock = [\"cyber:finance\"]\n")) {
            assertEquals("200 {\"outcomes\":[\"approved\"]}", pay(service.uri()));
        }
    }

    @Test
    void deniedCallsEndTheRequest() throws Exception {
        try (var service = start(settings("deny_calls = [\"cyber:finance/processor\"]"))) {
            assertTrue(pay(service.uri()).startsWith("500 "));
            HttpResponse<String> books = client.send(
                    HttpRequest.newBuilder(service.uri().resolve("/books")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, books.statusCode(), books.body());
        }
    }

    @Test
    void outputIsRedirectedToALogger() throws Exception {
        try (var service = start(settings("redirect = { stderr = \"logger\" }"))) {
            byte[] broken = {(byte) 0xff, (byte) 0xfe};
            assertTrue(pay(service.uri(), broken).startsWith("500 "));
        }
        try (var logs = Files.walk(folder.resolve(".spin"))) {
            var text = new StringBuilder();
            for (Path each : logs.filter(file -> file.getFileName().toString().startsWith("logger_stdout"))
                    .toList()) {
                text.append(Files.readString(each));
            }
            assertTrue(text.toString().contains("stderr warn: "), text.toString());
        }
    }

    @Test
    void whatIsDeniedIsNotLinked() {
        var refused = assertThrows(ManifestException.class, () -> app(settings("deny = [\"cyber:finance\"]")));
        assertTrue(
                refused.getMessage()
                        .contains("`cyber:finance/processor@0.1.0`: denied by the policy for `cyber:finance`"),
                refused.getMessage());
    }

    /** Rules hold where the component is another one's dependency, too. */
    @Test
    void rulesHoldForDependencies() {
        var refused = assertThrows(
                ManifestException.class,
                () -> app(DEPENDENT + "[component.processor.tool.tenon]\ndeny = [\"wasi:sokets\"]\n"));
        assertEquals(
                "spin.toml:18:9: `wasi:sokets` names nothing that is imported or offered, did you mean `wasi:sockets`?",
                refused.getMessage().lines().findFirst().orElse(""));
    }

    /** What is denied to a component is none of its dependencies', either: it would only have to ask one. */
    @Test
    void rulesHoldForWhatAComponentDependsOn() {
        var refused = assertThrows(ManifestException.class, () -> app("""
                [component.teller.dependencies]
                "cyber:finance@0.1.0" = { component = "processor" }
                "wasi:cli/stdout@0.2.12" = { component = "logger" }
                [component.teller.tool.tenon]
                deny = ["wasi:io/streams"]
                """));
        assertTrue(
                refused.getMessage()
                        .contains(
                                "provider of `wasi:cli/stdout@0.2.12`, `logger`: `wasi:io/streams@0.2.12`: denied by the"
                                        + " policy for `wasi:io/streams`"),
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mock = [\"cyber:finanse\"]; `cyber:finanse` names nothing that is imported or offered, did you mean `cyber:finance`?",
                "deny_calls = [\"wasi:\"]; `wasi:` names no import, expected one like `wasi:sockets` or `*`",
                "middleware = [\"aut\"]; middleware `aut` does not exist, did you mean `auth`?",
                "middleware = [\"processor\"]; component `processor` is no middleware: it does not export `wasi:http/incoming-handler@0.2`",
                "middleware = [\"teller\"]; component `teller` is no middleware: it does not import `wasi:http/incoming-handler@0.2`",
                "redirect = { stdot = \"logger\" }; stream `stdot` cannot be redirected, did you mean `stdout`?",
                "redirect = { stdout = \"auth\" }; component `auth` is no logger: it does not export `wasi:logging/logging@0.1.0-draft`",
                "denny = []; key `component.teller.tool.tenon.denny` does not exist, did you mean `deny`?",
                "deny = \"wasi:sockets\"; `component.teller.tool.tenon.deny` is of kind string, expected an array"
            })
    void slipsAreToldAtTheirPlace(String setting, String fact) {
        var refused = assertThrows(ManifestException.class, () -> app(settings(setting)));
        String first = refused.getMessage().lines().findFirst().orElse("");
        assertTrue(first.startsWith("spin.toml:18:"), first);
        assertTrue(first.endsWith(": " + fact), first);
    }
}
