package tenon.wasi.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.wasi.sockets.Loopback.err;
import static tenon.wasi.sockets.Loopback.here;
import static tenon.wasi.sockets.Loopback.ok;
import static tenon.wasi.sockets.Loopback.port;
import static tenon.wasi.sockets.Loopback.v4;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.core.Trap;

@Timeout(60)
class UdpTest {
    private final Loopback net = new Loopback(20, NetworkPolicy.EVERYTHING);
    private final Udp udp = net.udp;

    @AfterEach
    void nothingStaysOpen() throws IOException {
        net.sockets.close();
    }

    private static OutgoingDatagramStream.Datagram datagram(String text, IpSocketAddress... to) {
        return new OutgoingDatagramStream.Datagram(
                text.getBytes(UTF_8), to.length == 0 ? Optional.empty() : Optional.of(to[0]));
    }

    private List<IncomingDatagramStream.Datagram> receive(IncomingDatagramStream stream, long most) {
        try (var pollable = udp.subscribe(stream)) {
            pollable.block();
        }
        return ok(udp.receive(stream, most));
    }

    @Test
    void datagramsArriveWholeWithTheirSender() {
        var server = net.boundUdp();
        var client = net.boundUdp();
        var in = ok(udp.stream(server, Optional.empty())).incoming();
        var to = ok(udp.localAddress(server));
        var out = ok(udp.stream(client, Optional.empty())).outgoing();
        assertEquals(List.of(), ok(udp.receive(in, 5)));
        assertTrue(ok(udp.checkSend(out)) >= 3);
        assertEquals(3, ok(udp.send(out, List.of(datagram("one", to), datagram("", to), datagram("three", to)))));
        var received = new ArrayList<IncomingDatagramStream.Datagram>();
        while (received.size() < 3) {
            received.addAll(receive(in, 2));
        }
        assertArrayEquals("one".getBytes(UTF_8), received.get(0).data());
        assertEquals(0, received.get(1).data().length);
        assertArrayEquals("three".getBytes(UTF_8), received.get(2).data());
        assertEquals(ok(udp.localAddress(client)), received.get(0).remoteAddress());
        assertEquals(ErrorCode.INVALID_STATE, err(udp.remoteAddress(server)));
        assertEquals(List.of(), ok(udp.receive(in, 0)));
    }

    @Test
    void onePeerMeansThatPeerOnly() {
        var server = net.boundUdp();
        var friend = net.boundUdp();
        var stranger = net.boundUdp();
        var to = ok(udp.localAddress(server));
        var streams = ok(udp.stream(server, Optional.of(ok(udp.localAddress(friend)))));
        var strange = ok(udp.stream(stranger, Optional.empty())).outgoing();
        var friendly = ok(udp.stream(friend, Optional.empty())).outgoing();
        ok(udp.checkSend(strange));
        ok(udp.send(strange, List.of(datagram("strange", to))));
        ok(udp.checkSend(friendly));
        ok(udp.send(friendly, List.of(datagram("friendly", to))));
        var received = receive(streams.incoming(), 10);
        assertEquals(1, received.size());
        assertArrayEquals("friendly".getBytes(UTF_8), received.getFirst().data());
        assertEquals(ok(udp.localAddress(friend)), ok(udp.remoteAddress(server)));
        ok(udp.checkSend(streams.outgoing()));
        assertEquals(ErrorCode.NOT_SUPPORTED, err(udp.send(streams.outgoing(), List.of(datagram("")))));
        ok(udp.checkSend(streams.outgoing()));
        var elsewhere = List.of(datagram("x", ok(udp.localAddress(stranger))));
        assertEquals(ErrorCode.INVALID_ARGUMENT, err(udp.send(streams.outgoing(), elsewhere)));
        ok(udp.checkSend(streams.outgoing()));
        assertEquals(1, ok(udp.send(streams.outgoing(), List.of(datagram("x", ok(udp.localAddress(friend)))))));
    }

    @Test
    void sendingNeedsAPermit() {
        var socket = net.boundUdp();
        var out = ok(udp.stream(socket, Optional.empty())).outgoing();
        assertEquals(0, ok(udp.send(out, List.of())));
        assertThrows(Trap.class, () -> udp.send(out, List.of(datagram("x", here(9)))));
        long permit = ok(udp.checkSend(out));
        var tooMany = new ArrayList<OutgoingDatagramStream.Datagram>();
        for (long i = 0; i <= permit; i++) {
            tooMany.add(datagram("x", here(9)));
        }
        assertThrows(Trap.class, () -> udp.send(out, tooMany));
    }

    @Test
    void whatCannotBeSentHasItsCode() {
        var socket = net.boundUdp();
        var out = ok(udp.stream(socket, Optional.empty())).outgoing();
        for (var wrong : List.of(datagram("x"), datagram("x", here(0)), datagram("x", v4(0, 0, 0, 0, 9)))) {
            ok(udp.checkSend(out));
            assertEquals(ErrorCode.INVALID_ARGUMENT, err(udp.send(out, List.of(wrong))));
        }
        for (int length : new int[] {65_510, 70_000}) {
            ok(udp.checkSend(out));
            var long_ = new OutgoingDatagramStream.Datagram(new byte[length], Optional.of(here(9)));
            assertEquals(ErrorCode.DATAGRAM_TOO_LARGE, err(udp.send(out, List.of(long_))));
        }
        ok(udp.checkSend(out));
        var second = List.of(datagram("x", ok(udp.localAddress(socket))), datagram("y", here(0)));
        assertEquals(1, ok(udp.send(out, second)), "what was sent before the error counts");
    }

    @Test
    void wrongStatesAreToldApart() {
        var socket = net.udp(IpAddressFamily.IPV4);
        assertEquals(ErrorCode.INVALID_STATE, err(udp.stream(socket, Optional.empty())));
        assertEquals(ErrorCode.INVALID_STATE, err(udp.localAddress(socket)));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, err(udp.finishBind(socket)));
        ok(udp.startBind(socket, net.network, here(0)));
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, err(udp.startBind(socket, net.network, here(0))));
        ok(udp.finishBind(socket));
        assertEquals(ErrorCode.INVALID_STATE, err(udp.startBind(socket, net.network, here(0))));
        assertTrue(port(ok(udp.localAddress(socket))) > 0);
        assertEquals(ErrorCode.NOT_SUPPORTED, err(udp.unicastHopLimit(socket)));
        ok(udp.setReceiveBufferSize(socket, 100_000));
        assertEquals(ErrorCode.INVALID_ARGUMENT, err(udp.setSendBufferSize(socket, 0)));
        var streams = ok(udp.stream(socket, Optional.empty()));
        assertThrows(Trap.class, () -> udp.stream(socket, Optional.empty()), "the earlier streams are alive");
        assertThrows(Trap.class, socket::close);
        streams.incoming().close();
        streams.outgoing().close();
        var again = ok(udp.stream(socket, Optional.of(here(9))));
        again.incoming().close();
        again.outgoing().close();
        socket.close();
        assertEquals(0, net.sockets.count());
    }

    @Test
    void thePolicyJudgesEachDatagram() throws IOException {
        int[] allowed = {0};
        var choosy = new Loopback(20, new NetworkPolicy() {
            @Override
            public boolean allows(Use use, java.net.InetSocketAddress address) {
                return use == Use.UDP_BIND || address.getPort() == allowed[0];
            }

            @Override
            public boolean allowsLookup(String name) {
                return false;
            }
        });
        var socket = choosy.boundUdp();
        var friend = net.boundUdp();
        var stranger = net.boundUdp();
        allowed[0] = port(ok(udp.localAddress(friend)));
        var streams = ok(choosy.udp.stream(socket, Optional.empty()));
        ok(udp.checkSend(streams.outgoing()));
        var out = List.of(datagram("x", ok(udp.localAddress(stranger))));
        assertEquals(ErrorCode.ACCESS_DENIED, err(udp.send(streams.outgoing(), out)));
        assertEquals(
                ErrorCode.ACCESS_DENIED,
                err(choosy.udp.stream(choosy.boundUdp(), Optional.of(ok(udp.localAddress(stranger))))));
        for (UdpSocket sender : List.of(stranger, friend)) {
            var toSocket = ok(udp.stream(sender, Optional.of(ok(udp.localAddress(socket)))))
                    .outgoing();
            ok(udp.checkSend(toSocket));
            ok(udp.send(toSocket, List.of(datagram(sender == friend ? "friend" : "stranger"))));
        }
        var received = receive(streams.incoming(), 10);
        assertEquals(1, received.size());
        assertArrayEquals("friend".getBytes(UTF_8), received.getFirst().data());
        choosy.sockets.close();
    }
}
