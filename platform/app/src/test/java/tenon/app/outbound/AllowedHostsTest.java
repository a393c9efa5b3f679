package tenon.app.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.Problems;
import tenon.types.Place;

class AllowedHostsTest {

    private static List<Placed<String>> items(String... texts) {
        return Stream.of(texts).map(text -> new Placed<>(text, Place.NOWHERE)).toList();
    }

    private static AllowedHosts hosts(String... texts) {
        return AllowedHosts.of(items(texts), name -> name, List.of("cart", "Pay"));
    }

    @Test
    void nothingIsAllowedUnlessItIsNamed() {
        assertFalse(hosts().allows("http", "example.com", 80));
        assertFalse(hosts("http://example.com").allows("https", "example.com", 443));
        assertFalse(hosts("http://example.com").allows("http", "example.com", 8080));
        assertFalse(hosts("http://example.com").allows("http", "example.com.evil.org", 80));
        assertFalse(hosts("http://example.com").allows("http", "sub.example.com", 80));
        assertTrue(hosts("http://example.com").allows("HTTP", "EXAMPLE.com", -1));
    }

    @Test
    void anAddressIsTheSameHoweverItIsWritten() {
        AllowedHosts hosts = hosts("http://127.0.0.1");
        for (String host : List.of("127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]")) {
            assertTrue(hosts.allows("http", host, 80), host);
        }
        assertFalse(hosts.allows("http", "127.0.0.2", 80));
        assertTrue(hosts("http://[2001:DB8::0:1]").allows("http", "[2001:db8:0:0::1]", 80));
    }

    @Test
    void networksHoldAddressesOnly() {
        AllowedHosts hosts = hosts("*://10.1.2.3/8:80..82", "http://2001:db8::/32");
        assertTrue(hosts.allows("tcp", "10.255.0.1", 81));
        assertFalse(hosts.allows("tcp", "10.255.0.1", 82));
        assertFalse(hosts.allows("tcp", "11.0.0.1", 80));
        assertFalse(hosts.allows("http", "example.com", 80));
        assertTrue(hosts.allows("http", "[2001:db8:ffff::]", 80));
    }

    @Test
    void theStarOfInternalNamesIsTheApplicationsComponents() {
        AllowedHosts hosts = hosts("http://*.spin.internal");
        assertTrue(hosts.allows("http", "cart.spin.internal", 80));
        assertTrue(hosts.allows("http", "pay.spin.internal", 80));
        assertFalse(hosts.allows("http", "other.spin.internal", 80));
    }

    @Test
    void selfIsNoHost() {
        assertTrue(hosts("http://self").allowsSelf("http"));
        assertFalse(hosts("http://self").allowsSelf("https"));
        assertFalse(hosts("http://self").allows("http", "self", 80));
        assertTrue(hosts("*://*:*").allowsSelf("https"));
        assertFalse(hosts("http://example.com").allowsSelf("http"));
    }

    @Test
    void expressionsAreFilledIn() {
        Map<String, String> values = Map.of("host", "example.com", "none", "");
        AllowedHosts hosts =
                AllowedHosts.of(items("https://{{ host }}", "{{none}}", "https://{{ none }}"), values::get, List.of());
        assertEquals(1, hosts.hosts().size());
        assertTrue(hosts.allows("https", "example.com", -1));
        var refusal = assertThrows(
                ManifestException.class,
                () -> AllowedHosts.of(items("https://{{ bad }}"), _ -> "two words", List.of()));
        assertTrue(refusal.fact().startsWith("allowed host `https://{{ bad }}` is none"), "no values in messages");
    }

    @Test
    void defaultsAreCheckedEarly() {
        var problems = new Problems();
        Map<String, String> defaults = Map.of("bad", "two words", "port", "80");
        AllowedHosts.check(
                items("https://{{ bad }}", "https://{{ unknown }}", "http://a:{{ port }}", "nonsense"),
                name -> Optional.ofNullable(defaults.get(name)),
                problems);
        assertEquals(2, problems.all().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "insecure:allow-all",
                "",
                "http://",
                "http://exa*mple.com",
                "http://*.*.com",
                "http://a b",
                "http://a:99999",
                "http://a:-1",
                "http://a:1..b",
                "h2://a:1",
                "://a:1",
                "{http,https}://a",
                "http://{a,b}",
                "http://a:{1,2}",
                "http://user@a",
                "http://[::1",
                "http://1.2.3.4.5",
                "http://256.1.1.1",
                "unknown://a",
                "http://a/b",
                "http://a?b",
                "http://a#b"
            })
    void refusesWhatIsNoAllowedHost(String text) {
        var refusal = assertThrows(ManifestException.class, () -> hosts(text));
        assertTrue(refusal.fact().contains("expected `SCHEME://HOST[:PORT]`"), refusal.fact());
    }

    @Test
    void refusesEndlessNames() {
        assertThrows(ManifestException.class, () -> hosts("http://" + "ä".repeat(2_000)));
    }

    @Test
    void urlsAreReadForWhatTheyConnectTo() {
        AllowedHosts hosts = hosts("mysql://db.example.com", "http://example.com");
        assertTrue(hosts.allowsUrl("mysql://user:p@ss#word@db.example.com/x", "mysql"));
        assertTrue(hosts.allowsUrl("user:secret@db.example.com", "mysql"));
        assertFalse(hosts.allowsUrl("mysql://db.example.com@evil.org", "mysql"));
        assertFalse(hosts.allowsUrl("http://example.com:80@evil.org/", "http"));
        assertFalse(hosts.allowsUrl("http://evil.org\\@example.com/", "ftp"));
        assertFalse(hosts.allowsUrl("http://evil.org?@example.com", "ftp"));
        assertFalse(hosts.allowsUrl("http://", "http"));
        assertFalse(hosts.allowsUrl("http://example.com:99999", "http"));
    }
}
