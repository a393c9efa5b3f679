package tenon.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.manifest.HttpTrigger.ComponentAnswer;
import tenon.app.manifest.HttpTrigger.PublicRoute;
import tenon.app.manifest.ImportName.PackageImport;
import tenon.app.manifest.ImportName.PlainImport;
import tenon.types.Place;
import tenon.types.component.SemanticVersion;

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
    void refusesHttpTriggersThatAnswerNothingOrTwice() {
        assertEquals(
                List.of(
                        "4:1 `trigger.http` has nothing to answer with, expected either `component` or `static_response`",
                        "8:1 `trigger.http` has two things to answer with, expected either `component` or `static_response`",
                        "10:21 `trigger.http.route` is neither public nor private, expected a route like `\"/x/...\"`, or `{ private = true }`"),
                problems(HEAD + """
                        [[trigger.http]]
                        route = "/"
                        [[trigger.http]]
                        component = { source = "a.wasm" }
                        static_response = { body = "b" }
                        executor = { type = "spin" }
                        route = { private = false }
                        """));
    }

    @Test
    void namesInlineComponentsAndTriggersAsSpinDoes() {
        Manifest manifest = read(HEAD + """
                [[trigger.http]]
                component = { source = "a.wasm" }
                route = "/a"
                [[trigger.redis]]
                channel = "c"
                components = { x = { source = "b.wasm" }, y = ["b", { source = "c.wasm" }] }
                [component.b]
                source = "b.wasm"
                """);
        assertEquals(
                List.of("b", "http-trigger1-component", "inline-component1", "inline-component2"),
                List.copyOf(manifest.components().keySet()));
        var redis = assertInstanceOf(OtherTrigger.class, manifest.triggers().get(1));
        assertEquals("redis-trigger1", redis.id());
        assertEquals(List.of("channel"), List.copyOf(redis.settings().entries().keySet()));
        assertEquals(List.of("x", "y"), List.copyOf(redis.components().keySet()));
    }

    @Test
    void carriesWhatAHostMayRefuse() {
        Manifest manifest = read(HEAD + """
                targets = ["spin-up:3.3", { url = "https://example.com/e" }, { path = "e.toml" }]
                [application.tool.lint]
                level = 1
                [[trigger.http]]
                component = "a"
                route = "/a"
                executor = { type = "wagi" }
                dependencies.middleware = [{ component = "m", inherit_configuration = true }]
                [component.a]
                source = { package = "x:y", version = "1.0.0" }
                [component.a.build]
                command = ["make", "make test"]
                [component.a.dependencies]
                "c:d" = ">=1.0"
                plain = { url = "https://example.com/x.wasm", digest = "sha256:%s", export = "e" }
                "a:b/c" = { component = "m" }
                [component.m]
                source = "m.wasm"
                [component.a.profile.debug]
                source = "debug.wasm"
                environment = { DEBUG = "1" }
                build.command = "make debug"
                """.formatted("0".repeat(64)));
        assertEquals(3, manifest.application().targets().size());
        HttpTrigger trigger = manifest.httpTriggers().getFirst();
        assertInstanceOf(HttpTrigger.WagiExecutor.class, trigger.executor());
        assertTrue(trigger.middleware().getFirst().inheritance().all());
        ComponentSpec a = manifest.components().get("a");
        assertInstanceOf(RegistryPackage.class, a.source());
        assertEquals(3, a.dependencies().size());
        assertTrue(manifest.hasProfile("debug"));
        ComponentSpec debug = manifest.withProfile("debug").components().get("a");
        assertEquals(
                "debug.wasm", assertInstanceOf(LocalFile.class, debug.source()).path());
        assertEquals("1", debug.environment().get("DEBUG"));
        assertEquals(List.of("make debug"), debug.build().commands());
    }

    @Test
    void refusesDependenciesThatCannotServe() {
        assertEquals(
                List.of(
                        "7:1 `a:b` serves imports that `a:b/c@1.2.0` serves, expected one of them",
                        "8:1 dependency `plain` has no package, expected `package = \"a:b\"`",
                        "9:35 component `store` cannot serve `x`, since it has `key_value_stores` of its own, expected a component without",
                        "10:28 `component.x.dependencies.\"e:f\".export` cannot serve a whole package, expected an interface like `e:f/c`",
                        "11:1 `component.x.dependencies.\"g:h\"` has no source, expected exactly one of `path`, `url`, `component` and `version`",
                        "12:30 component `storr` does not exist, did you mean `store`?",
                        "13:54 `file` is nothing to inherit, did you mean `files`?"),
                problems("""
                        spin_manifest_version = 2
                        application.name = "x"
                        trigger = {}
                        component.store = { source = "s.wasm", key_value_stores = ["default"] }
                        [component.x.dependencies]
                        "a:b/c@1.2.0" = { path = "a.wasm" }
                        "a:b" = "1.0.0"
                        plain = "1.0.0"
                        "c:d/e" =           { component = "store" }
                        "e:f" = { path = "e.wasm", export = "x" }
                        "g:h" = {}
                        "i:j/k" =      { component = "storr" }
                        "l:m/n" = { path = "x", inherit_configuration = [    "file"] }
                        [component.x]
                        source = "x.wasm"
                        """));
    }

    @Test
    void namesOfDependenciesMeanImports() {
        var version = SemanticVersion.parse("0.1.0");
        assertTrue(new PackageImport("a:b", Optional.of("c"), version).matches("a:b/c@0.1.0"));
        assertFalse(new PackageImport("a:b", Optional.of("c"), version).matches("a:b/c@0.2.0"));
        assertTrue(new PackageImport("a:b", Optional.of("c"), version).matches("a:b/c@0.1.1"));
        assertFalse(new PackageImport("a:b", Optional.of("c"), version).matches("a:b/c"));
        assertTrue(new PackageImport("a:b", Optional.of("c"), Optional.empty()).matches("a:b/c@0.1.1"));
        assertTrue(new PackageImport("a:b", Optional.empty(), Optional.empty()).matches("a:b/d"));
        assertFalse(new PackageImport("a:b", Optional.empty(), Optional.empty()).matches("a:bc/d"));
        assertTrue(new PlainImport("foo").matches("foo"));
        assertFalse(new PlainImport("foo").matches("a:foo/foo"));
    }

    @Test
    void warnsOfWhatIsLikelyNotMeant() {
        Manifest manifest = read(HEAD + """
                [[trigger.http]]
                component = "a"
                route = "/x"
                [[trigger.http]]
                component = "a"
                route = "/x"
                [[trigger.http]]
                component = "a"
                route = "/.well-known/spin/x"
                [component.a]
                source = "a.wasm"
                files = ["**/*"]
                allowed_http_hosts = ["example.com"]
                """);
        assertEquals(
                List.of(6, 12, 15, 16),
                manifest.warnings().stream()
                        .map(warning -> ((Place.TextPosition) warning.place()).line())
                        .toList());
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
