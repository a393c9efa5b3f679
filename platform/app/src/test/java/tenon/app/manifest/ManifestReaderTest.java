package tenon.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.manifest.HttpTrigger.ComponentAnswer;
import tenon.app.manifest.HttpTrigger.PublicRoute;
import tenon.types.Place;

class ManifestReaderTest {
    private static final String HEAD = """
            spin_manifest_version = 2
            [application]
            name = "shop"
            """;

    private static Manifest read(String text) {
        return ManifestReader.read(text, "spin.toml", Path.of("."));
    }

    /** The problems of a text as {@code LINE:COLUMN FACT}. */
    private static List<String> problems(String text) {
        return assertThrows(ManifestException.class, () -> read(text)).problems().stream()
                .map(problem -> {
                    var at = assertInstanceOf(Place.TextPosition.class, problem.place());
                    return at.line() + ":" + at.column() + " " + problem.fact();
                })
                .toList();
    }

    @Test
    void readsVersion2() {
        Manifest manifest = read(HEAD + """
                [variables]
                host = { default = "example.com" }
                [[trigger.http]]
                route = "/cart/..."
                component = "cart"
                [component.cart]
                source = "cart.wasm"
                environment = { LEVEL = "1" }
                files = ["a/*", { source = "config/", destination = "/etc/config" }]
                allowed_outbound_hosts = ["https://{{ host }}"]
                key_value_stores = ["default"]
                [component.cart.variables]
                url = "https://{{ host }}/"
                [component.cart.dependencies]
                "a:b/c@0.1.0" = { path = "b.wasm", inherit_configuration = ["files"] }
                """);
        HttpTrigger trigger = manifest.httpTriggers().getFirst();
        assertEquals("cart-http-trigger", trigger.id());
        assertEquals(
                "/cart/...",
                assertInstanceOf(PublicRoute.class, trigger.route()).route().pattern());
        assertEquals(
                "cart",
                assertInstanceOf(ComponentAnswer.class, trigger.answer()).id());
        ComponentSpec cart = manifest.components().get("cart");
        assertEquals(
                "cart.wasm", assertInstanceOf(LocalFile.class, cart.source()).path());
        assertEquals("https://{{ host }}/", cart.variables().get("url").toString());
        assertEquals(
                List.of("default"),
                cart.keyValueStores().stream().map(Placed::value).toList());
        Dependency dependency = cart.dependencies().values().iterator().next();
        assertEquals("a:b/c@0.1.0", dependency.name().toString());
        assertTrue(dependency.inheritance().has(Capability.FILES));
        assertEquals(2, cart.files().size());
    }

    @Test
    void turnsVersion1IntoTheSameRecords() {
        Manifest manifest = read("""
                spin_version = "1"
                name = "payments"
                trigger = { type = "http" }
                [[component]]
                id = "payment_handler"
                source = "p.wasm"
                allowed_http_hosts = ["example.com", "self"]
                [component.config]
                level = "high"
                [component.trigger]
                route = "/pay"
                """);
        ComponentSpec component = manifest.components().get("payment-handler");
        assertEquals("trigger-payment-handler", manifest.triggers().getFirst().id());
        assertEquals("high", component.variables().get("level").toString());
        assertEquals(
                List.of(
                        "redis://*:*",
                        "mysql://*:*",
                        "postgres://*:*",
                        "http://example.com",
                        "https://example.com",
                        "http://self"),
                component.allowedOutboundHosts().stream().map(Placed::value).toList());
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertEquals(
                List.of(
                        "3:8 `application.name` is of kind integer, expected the application's name",
                        "5:12 `component.a.source` is missing, expected a file, or a table with `url` and `digest`",
                        "6:1 key `component.a.sorce` does not exist, did you mean `source`?",
                        "8:13 component `b` does not exist, did you mean `a`?"),
                problems("""
                        spin_manifest_version = 2
                        [application]
                        name = 7
                        # a comment
                        [component.a]
                        sorce = "a.wasm"
                        [[trigger.http]]
                        component = "b"
                        route = "/"
                        """));
    }

    @Test
    void placesItemsOfArrays() {
        assertEquals(
                List.of("8:3 `component.a.key_value_stores` is of kind integer, expected an array of strings"),
                problems(HEAD + """
                        [component.a]
                        source = "a.wasm"
                        key_value_stores = [ # why
                          "x",
                          7 ]
                        [trigger]
                        """));
    }

    @Test
    void refusesWhatIsNotToml() {
        assertEquals(
                List.of("1:4"),
                problems("ver\n").stream().map(line -> line.split(" ")[0]).toList());
    }

    @Test
    void refusesDeepNesting() {
        String deep = "x = " + "[".repeat(100_000) + "]".repeat(100_000);
        assertEquals(List.of("1:69 nested deeper than 64"), problems(deep));
        assertTrue(problems("a.".repeat(500) + "a = 1").getFirst().endsWith("nested deeper than 64"));
    }
}
