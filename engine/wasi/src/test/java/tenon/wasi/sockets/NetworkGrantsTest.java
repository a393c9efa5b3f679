package tenon.wasi.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.wasi.sockets.Loopback.err;
import static tenon.wasi.sockets.Loopback.ok;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.runtime.value.Result;
import tenon.wasi.io.Readiness;
import tenon.wasi.sockets.NetworkPolicy.Use;

@Timeout(60)
class NetworkGrantsTest {
    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static NetworkPolicy remote(String... texts) throws UnknownHostException {
        return NetworkGrants.of(List.of(texts), List.of());
    }

    @Test
    void anAddressMeansItselfAndAPortItself() throws UnknownHostException {
        var policy = remote("10.0.0.5:53", "192.0.2.7", "[2001:db8::1]:443", "2001:db8::2");
        assertTrue(policy.allows(Use.UDP_SEND, at("10.0.0.5", 53)));
        assertFalse(policy.allows(Use.UDP_SEND, at("10.0.0.5", 54)));
        assertFalse(policy.allows(Use.UDP_SEND, at("10.0.0.6", 53)));
        assertTrue(policy.allows(Use.TCP_CONNECT, at("192.0.2.7", 1)));
        assertTrue(policy.allows(Use.TCP_CONNECT, at("2001:db8::1", 443)));
        assertFalse(policy.allows(Use.TCP_CONNECT, at("2001:db8::1", 80)));
        assertTrue(policy.allows(Use.TCP_CONNECT, at("2001:db8::2", 80)));
    }

    @Test
    void aNetworkMeansItsBits() throws UnknownHostException {
        var policy = remote("10.16.0.0/12:80", "fd00::/8", "127.0.0.1/32");
        assertTrue(policy.allows(Use.TCP_CONNECT, at("10.31.255.255", 80)));
        assertFalse(policy.allows(Use.TCP_CONNECT, at("10.32.0.0", 80)));
        assertFalse(policy.allows(Use.TCP_CONNECT, at("10.16.0.1", 81)));
        assertTrue(policy.allows(Use.TCP_CONNECT, at("fdff::1", 1)));
        assertFalse(policy.allows(Use.TCP_CONNECT, at("fe00::1", 1)));
        assertTrue(policy.allows(Use.TCP_CONNECT, at("127.0.0.1", 1)));
        assertFalse(policy.allows(Use.TCP_CONNECT, at("127.0.0.2", 1)));
    }

    @Test
    void anyMeansTheOutside() throws UnknownHostException {
        var policy = remote("*:443");
        assertTrue(policy.allows(Use.TCP_CONNECT, at("93.184.215.14", 443)));
        assertFalse(policy.allows(Use.TCP_CONNECT, at("93.184.215.14", 80)));
        for (String inside : List.of(
                "127.0.0.1",
                "::1",
                "169.254.169.254",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "fd00::1",
                "fe80::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "224.0.0.1",
                "240.0.0.1")) {
            assertFalse(policy.allows(Use.TCP_CONNECT, at(inside, 443)), inside);
        }
    }

    @Test
    void aNameMeansItsAddressesAndMayBeLookedUp() throws UnknownHostException {
        var policy = remote("localhost:80");
        assertTrue(policy.allows(Use.TCP_CONNECT, at("127.0.0.1", 80)));
        assertTrue(policy.allowsLookup("localhost"));
        assertFalse(policy.allowsLookup("other.test"));
        assertThrows(UnknownHostException.class, () -> remote("nowhere.invalid"));
    }

    @Test
    void bindingIsForThoseWhoListenAndAFreePortForThoseWhoConnect() throws UnknownHostException {
        var client = remote("10.0.0.5:53");
        assertTrue(client.allows(Use.UDP_BIND, at("0.0.0.0", 0)));
        assertFalse(client.allows(Use.UDP_BIND, at("0.0.0.0", 53)));
        assertFalse(client.allows(Use.TCP_LISTEN, at("0.0.0.0", 0)));
        assertFalse(client.allows(Use.TCP_ACCEPT, at("10.0.0.5", 53)));
        assertTrue(client.allows(Use.UDP_RECEIVE, at("10.0.0.5", 53)));
        assertFalse(client.allows(Use.UDP_RECEIVE, at("10.0.0.6", 53)));
        var server = NetworkGrants.of(List.of(), List.of("127.0.0.1:8080", "*:0"));
        assertTrue(server.allows(Use.TCP_BIND, at("127.0.0.1", 8080)));
        assertTrue(server.allows(Use.TCP_LISTEN, at("127.0.0.1", 8080)));
        assertFalse(server.allows(Use.TCP_LISTEN, at("0.0.0.0", 8080)));
        assertTrue(server.allows(Use.TCP_LISTEN, at("0.0.0.0", 0)));
        assertTrue(server.allows(Use.UDP_RECEIVE, at("203.0.113.9", 1)));
        assertFalse(server.allows(Use.TCP_CONNECT, at("127.0.0.1", 8080)));
        assertFalse(server.allowsLookup("localhost"));
    }

    @Test
    void wordsThatMeanNothingAreRefused() {
        for (String text : List.of(
                "",
                "a b",
                "10.0.0.0/33",
                "10.0.0.0/",
                "x/8",
                "host:",
                "host:0",
                "host:65536",
                "*x",
                "[::1",
                "http://a")) {
            assertThrows(IllegalArgumentException.class, () -> remote(text), text);
        }
    }

    private static Optional<IpAddress> first(IpNameLookup lookup, String name) {
        var stream = ok(lookup.resolveAddresses(new Network(), name));
        try (var pollable = lookup.subscribe(stream)) {
            pollable.block();
        }
        return ok(lookup.resolveNextAddress(stream));
    }

    @Test
    void lookupsAreJudgedByNameAndAddressesNeedNone() {
        var readiness = new Readiness();
        var nothing = new IpNameLookup(new Sockets(readiness, 1), NetworkPolicy.NOTHING);
        assertEquals(ErrorCode.ACCESS_DENIED, err(nothing.resolveAddresses(new Network(), "localhost")));
        assertEquals(Optional.of(IpAddress.of(InetAddress.ofLiteral("192.0.2.1"))), first(nothing, "192.0.2.1"));
        assertEquals(Optional.of(IpAddress.of(InetAddress.ofLiteral("127.0.0.1"))), first(nothing, "::ffff:127.0.0.1"));
        var all = new IpNameLookup(new Sockets(readiness, 1), NetworkPolicy.EVERYTHING);
        assertTrue(first(all, "LOCALHOST").isPresent());
        for (String name : List.of("", "a..b", "-a.test", "a b", "x".repeat(64) + ".test", "a/b")) {
            assertEquals(ErrorCode.INVALID_ARGUMENT, err(all.resolveAddresses(new Network(), name)), name);
        }
        var stream = ok(all.resolveAddresses(new Network(), "nowhere.invalid"));
        lookupEnds(all, stream);
        ErrorCode code = err(all.resolveNextAddress(stream));
        assertTrue(code == ErrorCode.NAME_UNRESOLVABLE || code == ErrorCode.TEMPORARY_RESOLVER_FAILURE, code.name());
    }

    private static void lookupEnds(IpNameLookup lookup, ResolveAddressStream stream) {
        try (var pollable = lookup.subscribe(stream)) {
            pollable.block();
        }
        assertFalse(lookup.resolveNextAddress(stream) instanceof Result.Ok);
    }
}
