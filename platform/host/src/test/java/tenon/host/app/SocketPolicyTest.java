package tenon.host.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.app.Placed;
import tenon.app.outbound.AllowedHosts;
import tenon.types.Place;
import tenon.wasi.http.OutboundPolicy.Target;
import tenon.wasi.http.Scheme;
import tenon.wasi.sockets.NetworkPolicy.Use;

class SocketPolicyTest {
    private static AllowedHosts hosts(String... items) {
        var placed = Arrays.stream(items)
                .map(item -> new Placed<>(item, Place.NOWHERE))
                .toList();
        return AllowedHosts.of(placed, name -> name, List.of());
    }

    private static boolean allows(Use use, String address, int port, String... items) throws UnknownHostException {
        return new SocketPolicy("one", hosts(items))
                .allows(use, new InetSocketAddress(InetAddress.getByName(address), port));
    }

    @Test
    void onlyItemsOfEveryKindOfConnectionMeanSockets() throws Exception {
        assertTrue(allows(Use.TCP_CONNECT, "8.8.8.8", 53, "*://8.8.8.8:53"));
        assertTrue(allows(Use.UDP_SEND, "8.8.8.8", 53, "*://*:*"));
        assertTrue(allows(Use.TCP_CONNECT, "2001:4860:4860::8888", 53, "*://[2001:4860:4860::8888]:53"));
        assertFalse(allows(Use.TCP_CONNECT, "8.8.8.8", 53));
        assertFalse(allows(Use.TCP_CONNECT, "8.8.8.8", 54, "*://8.8.8.8:53"));
        assertFalse(allows(Use.TCP_CONNECT, "8.8.8.8", 80, "http://8.8.8.8", "https://*"));
    }

    @Test
    void theInsideNeedsAnItemThatNamesIt() throws Exception {
        for (String inside :
                List.of("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1")) {
            assertFalse(allows(Use.TCP_CONNECT, inside, 80, "*://*:*"), inside);
        }
        assertTrue(allows(Use.TCP_CONNECT, "127.0.0.1", 80, "*://127.0.0.1:80"));
        assertTrue(allows(Use.TCP_CONNECT, "10.1.2.3", 80, "*://10.0.0.0/8:80"));
    }

    @Test
    void anItemForOneConnectionOpensTheInsideToNoOther() throws Exception {
        assertFalse(allows(Use.TCP_CONNECT, "10.0.0.5", 22, "*://*:*", "http://10.0.0.5", "*://10.0.0.5:80"));
        assertTrue(allows(Use.TCP_CONNECT, "10.0.0.5", 80, "*://*:*", "*://10.0.0.5:80"));
        var policy = new ComponentPolicy("one", hosts("http://*:*", "http://localhost:3000", "https://10.0.0.5"));
        var loopback = InetAddress.getByName("127.0.0.1");
        assertTrue(policy.checkAddress(new Target(new Scheme.Http(), "localhost", 3000), loopback));
        assertFalse(policy.checkAddress(new Target(new Scheme.Http(), "localhost", 6379), loopback));
        var inside = InetAddress.getByName("10.0.0.5");
        assertFalse(policy.checkAddress(new Target(new Scheme.Http(), "10.0.0.5", 80), inside));
        assertTrue(policy.checkAddress(new Target(new Scheme.Https(), "10.0.0.5", 443), inside));
    }

    @Test
    void anAddressInWordsStandsForNoOtherAddress() throws Exception {
        // octal with a URL, decimal with some resolvers
        var target = new Target(new Scheme.Http(), "010.0.0.1", 80);
        var policy = new ComponentPolicy("one", hosts("http://8.0.0.1"));
        assertTrue(policy.check(target));
        assertFalse(policy.checkAddress(target, InetAddress.getByName("10.0.0.1")));
        assertTrue(policy.checkAddress(target, InetAddress.getByName("8.0.0.1")));
    }

    @Test
    void nothingListens() throws Exception {
        for (Use use : List.of(Use.TCP_BIND, Use.TCP_LISTEN, Use.TCP_ACCEPT)) {
            assertFalse(allows(use, "0.0.0.0", 0, "*://*:*"), use.name());
        }
        assertTrue(allows(Use.UDP_BIND, "0.0.0.0", 0, "*://8.8.8.8:53"));
        assertFalse(allows(Use.UDP_BIND, "0.0.0.0", 53, "*://8.8.8.8:53"));
        assertFalse(allows(Use.UDP_BIND, "0.0.0.0", 0, "http://8.8.8.8"));
    }

    @Test
    void onlyNamesOfSuchItemsAreLookedUp() {
        assertTrue(new SocketPolicy("one", hosts("*://db.test:5432")).allowsLookup("db.test"));
        assertTrue(new SocketPolicy("one", hosts("*://*.test:5432")).allowsLookup("db.test"));
        assertFalse(new SocketPolicy("one", hosts("*://db.test:5432")).allowsLookup("other.test"));
        assertFalse(new SocketPolicy("one", hosts("https://db.test")).allowsLookup("db.test"));
        assertFalse(new SocketPolicy("one", hosts()).allowsLookup("db.test"));
    }

    @Test
    void aNameThatIsAllowedLeadsInsideOnlyIfItIsNamed() throws Exception {
        var target = new Target(new Scheme.Http(), "app.test", 80);
        var within = InetAddress.getByName("192.168.1.1");
        assertTrue(new ComponentPolicy("one", hosts("http://app.test")).checkAddress(target, within));
        assertFalse(new ComponentPolicy("one", hosts("http://*.test")).checkAddress(target, within));
        for (String never : List.of("127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1")) {
            var policy = new ComponentPolicy("one", hosts("http://app.test"));
            assertFalse(policy.checkAddress(target, InetAddress.getByName(never)), never);
        }
        assertTrue(new ComponentPolicy("one", hosts("http://localhost:80"))
                .checkAddress(new Target(new Scheme.Http(), "localhost", 80), InetAddress.getByName("127.0.0.1")));
    }
}
