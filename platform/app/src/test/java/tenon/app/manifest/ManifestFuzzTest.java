package tenon.app.manifest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tenon.app.ManifestException;

/** Damaged manifests: each is accepted, or refused with problems; {@code tenon.seed} repeats a run, {@code tenon.rounds} lengthens it. */
class ManifestFuzzTest {
    private static final List<String> SEEDS = List.of("""
            spin_manifest_version = 2
            [application]
            name = "shop"
            authors = ["a", 'b']
            [application.trigger.redis]
            address = "redis://localhost:6379"
            [variables]
            host = { default = "example.com" }
            key = { required = true, secret = true }
            [[trigger.http]]
            route = "/cart/:id/..."
            component = "cart"
            dependencies.middleware = [{ path = "m.wasm", inherit_configuration = ["files"] }]
            [[trigger.http]]
            route = { private = true }
            component = { source = "x.wasm" }
            [[trigger.http]]
            route = "/old"
            static_response = { status_code = 301, headers = { location = "/new" }, body = "" }
            [[trigger.redis]]
            channel = "c"
            components = { a = "cart", b = ["cart", { source = "y.wasm" }] }
            [component.cart]
            source = { url = "https://example.com/a.wasm", digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000" }
            environment = { LEVEL = "1" }
            files = ["a/*", { source = "config/", destination = "/etc/config" }]
            exclude_files = ["**/secret"]
            allowed_outbound_hosts = ["https://{{ host }}", "*://10.0.0.0/8:1..9", "http://[::1]"]
            key_value_stores = ["default"]
            [component.cart.variables]
            url = "https://{{ host }}/"
            [component.cart.build]
            command = ["make", \"""
            more\"""]
            [component.cart.dependencies]
            "a:b/c@0.1.0" = { path = "b.wasm", export = "x" }
            "c:d" = ">=1.0"
            """, """
            spin_version = "1"
            name = "pay"
            trigger = { type = "http", base = "/" }
            [[component]]
            id = "pay_now"
            source = "p.wasm"
            allowed_http_hosts = ["example.com:80", "self"]
            [component.config]
            level = "{{ a }}"
            [component.trigger]
            route = "/..."
            executor = { type = "wagi", argv = "x" }
            """);

    private static final List<String> PIECES = List.of(
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "=",
            ".",
            ",",
            "\n",
            "#",
            "\\u",
            "\\q",
            "1e999",
            "nan",
            "[[",
            "]]",
            "{{ ",
            " }}",
            "\0",
            "\uD800",
            "0x",
            "component.",
            "[trigger.http]",
            "\r",
            "..",
            "/*",
            ":",
            "1979-05-27",
            "\uFEFF");

    private final long seed = Long.getLong("tenon.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void damagedManifestsAreReadOrRefused() {
        int rounds = Integer.getInteger("tenon.rounds", 5_000);
        for (int i = 0; i < rounds; i++) {
            String text = damaged();
            assertTimeout(Duration.ofSeconds(20), () -> read(text), () -> "seed " + seed + ":\n" + text);
        }
        assertTrue(rounds > 0);
    }

    private void read(String text) {
        try {
            assertFalse(
                    ManifestReader.read(text, "spin.toml", Path.of(".")).file().isEmpty());
        } catch (ManifestException e) {
            assertFalse(e.problems().isEmpty() || e.getMessage().isEmpty());
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ":\n" + text, e);
        }
    }

    private String damaged() {
        var text = new StringBuilder(any(SEEDS));
        int times = 1 + random.nextInt(5);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
                case 1 -> text.insert(at, any(PIECES));
                case 2 -> text.insert(at, any(PIECES).repeat(random.nextInt(100)));
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                default -> text.delete(at, end).append(' ');
            }
        }
        return text.toString();
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
