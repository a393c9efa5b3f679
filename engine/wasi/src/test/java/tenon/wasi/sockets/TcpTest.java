package tenon.wasi.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tenon.wasi.sockets.Loopback.err;
import static tenon.wasi.sockets.Loopback.here;
import static tenon.wasi.sockets.Loopback.ok;
import static tenon.wasi.sockets.Loopback.port;
import static tenon.wasi.sockets.Loopback.v4;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.core.Trap;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.StreamError;

@Timeout(60)
class TcpTest {
    private final Loopback net = new Loopback(20, NetworkPolicy.EVERYTHING);
    private final Tcp tcp = net.tcp;

    @AfterEach
    void nothingStaysOpen() throws IOException {
        net.sockets.close();
        assertEquals(0, net.sockets.count());
    }

    @Test
    void bytesGoBothWaysAndAnEndIsSeen() {
        var listener = net.listening();
        assertTrue(tcp.isListening(listener));
        assertEquals(ErrorCode.WOULD_BLOCK, err(tcp.accept(listener)));
        var client = net.connect(net.tcp(IpAddressFamily.IPV4), ok(tcp.localAddress(listener)));
        var server = net.accept(listener);
        assertEquals(ok(tcp.localAddress(client.socket())), ok(tcp.remoteAddress(server.socket())));
        assertEquals(ok(tcp.localAddress(listener)), ok(tcp.remoteAddress(client.socket())));
        assertEquals(0, ok(server.in().read(10)).length);
        ok(client.out().blockingWriteAndFlush("ping".getBytes(UTF_8)));
        assertArrayEquals("pi".getBytes(UTF_8), ok(server.in().blockingRead(2)));
        assertArrayEquals("ng".getBytes(UTF_8), ok(server.in().blockingRead(10)));
        ok(server.out().blockingWriteAndFlush("pong".getBytes(UTF_8)));
        assertArrayEquals("pong".getBytes(UTF_8), ok(client.in().blockingRead(10)));
        ok(tcp.shutdown(client.socket(), ShutdownType.SEND));
        ok(tcp.shutdown(client.socket(), ShutdownType.SEND));
        assertInstanceOf(StreamError.Closed.class, err(server.in().blockingRead(1)));
        assertInstanceOf(StreamError.Closed.class, err(client.out().checkWrite()));
        ok(server.out().blockingWriteAndFlush("late".getBytes(UTF_8)));
        assertArrayEquals("late".getBytes(UTF_8), ok(client.in().blockingRead(10)));
    }

    @Test
    void wrongStatesAreToldApart() {
        var socket = net.tcp(IpAddressFamily.IPV4);
        assertEquals(ErrorCode.NOT_IN_PROGRESS, err(tcp.finishBind(socket)));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, err(tcp.finishListen(socket)));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, err(tcp.finishConnect(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.startListen(socket)), "it must be bound");
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.accept(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.localAddress(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.remoteAddress(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.shutdown(socket, ShutdownType.BOTH)));
        ok(tcp.startBind(socket, net.network, here(0)));
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, err(tcp.startBind(socket, net.network, here(0))));
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, err(tcp.startConnect(socket, net.network, here(1))));
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, err(tcp.startListen(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.localAddress(socket)));
        ok(tcp.finishBind(socket));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, err(tcp.finishBind(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.startBind(socket, net.network, here(0))));
        int port = port(ok(tcp.localAddress(socket)));
        ok(tcp.startListen(socket));
        assertFalse(tcp.isListening(socket));
        ok(tcp.finishListen(socket));
        assertEquals(port, port(ok(tcp.localAddress(socket))), "it listens where it was bound");
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.startListen(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.startConnect(socket, net.network, here(1))));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.shutdown(socket, ShutdownType.BOTH)));
    }

    @Test
    void addressesThatMeanNothingAreInvalid() {
        var six = new IpSocketAddress.Ipv6(new IpSocketAddress.Ipv6SocketAddress(
                (short) 80,
                0,
                new IpAddress.Ipv6Address(
                        (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 1),
                0));
        for (IpSocketAddress address :
                List.of(six, v4(224, 0, 0, 1, 80), v4(255, 255, 255, 255, 80), v4(0, 0, 0, 0, 80), here(0))) {
            var socket = net.tcp(IpAddressFamily.IPV4);
            assertEquals(ErrorCode.INVALID_ARGUMENT, err(tcp.startConnect(socket, net.network, address)));
            assertEquals(ErrorCode.INVALID_STATE, err(tcp.startConnect(socket, net.network, here(1))), "it is closed");
            tcp.subscribe(socket).close();
        }
        var socket = net.tcp(IpAddressFamily.IPV4);
        assertEquals(ErrorCode.INVALID_ARGUMENT, err(tcp.startBind(socket, net.network, six)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, err(tcp.startBind(socket, net.network, v4(224, 0, 0, 1, 0))));
        assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, err(tcp.startBind(socket, net.network, v4(192, 0, 2, 1, 0))));
        ok(tcp.startBind(socket, net.network, here(0)));
    }

    @Test
    void whatTheNetworkSaysIsToldAtTheEnd() throws IOException {
        int free;
        try (var server = new ServerSocket(0)) {
            free = server.getLocalPort();
        }
        var socket = net.tcp(IpAddressFamily.IPV4);
        ok(tcp.startConnect(socket, net.network, here(free)));
        assertEquals(ErrorCode.CONNECTION_REFUSED, err(net.finish(socket)));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, err(tcp.finishConnect(socket)));
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.keepAliveEnabled(socket)));
    }

    @Test
    void anAddressInUseIsSaidSo() {
        var listener = net.listening();
        var other = net.tcp(IpAddressFamily.IPV4);
        var taken = ok(tcp.localAddress(listener));
        assertEquals(ErrorCode.ADDRESS_IN_USE, err(tcp.startBind(other, net.network, taken)));
    }

    @Test
    void aPeerThatDoesNotReadStopsTheWriter() throws IOException {
        try (var server = new ServerSocket()) {
            server.setReceiveBufferSize(4096);
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            var client = net.connect(net.tcp(IpAddressFamily.IPV4), here(server.getLocalPort()));
            try (Socket peer = server.accept()) {
                long written = 0;
                while (ok(client.out().checkWrite()) > 0) {
                    byte[] piece = new byte[(int) Math.min(ok(client.out().checkWrite()), 32 << 10)];
                    assertEquals(Unit.UNIT, ok(client.out().write(piece)));
                    written += piece.length;
                    assertTrue(written < 64 << 20, "somebody keeps all of it");
                }
                byte[] read = peer.getInputStream().readNBytes((int) written);
                assertEquals(written, read.length);
                ok(client.out().blockingFlush());
                assertTrue(ok(client.out().checkWrite()) > 0);
            }
        }
    }

    @Test
    void droppedStreamsLoseNothingThatTheyTook() throws Exception {
        try (var server = new ServerSocket(0)) {
            var client = net.connect(net.tcp(IpAddressFamily.IPV4), here(server.getLocalPort()));
            try (Socket peer = server.accept()) {
                long taken = 0;
                while (ok(client.out().checkWrite()) > 0) {
                    ok(client.out().write(new byte[30_000]));
                    taken += 30_000;
                }
                byte[][] all = new byte[1][];
                var reader = Thread.ofVirtual().start(() -> {
                    try {
                        all[0] = peer.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        all[0] = new byte[0];
                    }
                });
                client.out().close();
                client.in().close();
                client.socket().close();
                reader.join();
                assertEquals(taken, all[0].length);
            }
        }
        assertEquals(0, net.sockets.count());
    }

    @Test
    void aResetIsAnErrorWithItsCode() throws IOException {
        try (var server = new ServerSocket(0)) {
            var client = net.connect(net.tcp(IpAddressFamily.IPV4), here(server.getLocalPort()));
            Socket peer = server.accept();
            peer.setSoLinger(true, 0);
            peer.close();
            var failed = (StreamError.LastOperationFailed) err(client.in().blockingRead(10));
            assertEquals(
                    ErrorCode.CONNECTION_RESET,
                    new NetworkTypes().networkErrorCode(failed.error()).orElseThrow());
        }
    }

    @Test
    void closingForReadingDiscardsWhatCame() {
        var listener = net.listening();
        var client = net.connect(net.tcp(IpAddressFamily.IPV4), ok(tcp.localAddress(listener)));
        var server = net.accept(listener);
        ok(client.out().blockingWriteAndFlush("lost".getBytes(UTF_8)));
        server.in().subscribe().block();
        ok(tcp.shutdown(server.socket(), ShutdownType.RECEIVE));
        assertInstanceOf(StreamError.Closed.class, err(server.in().read(10)));
        ok(server.out().blockingWriteAndFlush("kept".getBytes(UTF_8)));
        assertArrayEquals("kept".getBytes(UTF_8), ok(client.in().blockingRead(10)));
    }

    @Test
    void optionsAreSetClampedAndInherited() {
        var socket = net.bound();
        assertFalse(ok(tcp.keepAliveEnabled(socket)));
        ok(tcp.setKeepAliveEnabled(socket, true));
        ok(tcp.setKeepAliveIdleTime(socket, 1));
        assertEquals(1_000_000_000L, ok(tcp.keepAliveIdleTime(socket)));
        ok(tcp.setKeepAliveIdleTime(socket, -1));
        assertTrue(ok(tcp.keepAliveIdleTime(socket)) > 1_000_000_000L);
        ok(tcp.setKeepAliveInterval(socket, 7_500_000_000L));
        ok(tcp.setKeepAliveCount(socket, 5));
        ok(tcp.setReceiveBufferSize(socket, 50_000));
        ok(tcp.setSendBufferSize(socket, -1));
        for (var zero : List.<Result<Unit, ErrorCode>>of(
                tcp.setKeepAliveIdleTime(socket, 0),
                tcp.setKeepAliveInterval(socket, 0),
                tcp.setKeepAliveCount(socket, 0),
                tcp.setReceiveBufferSize(socket, 0),
                tcp.setSendBufferSize(socket, 0),
                tcp.setHopLimit(socket, (byte) 0),
                tcp.setListenBacklogSize(socket, 0))) {
            assertEquals(ErrorCode.INVALID_ARGUMENT, err(zero));
        }
        assertEquals(ErrorCode.NOT_SUPPORTED, err(tcp.hopLimit(socket)));
        assertEquals(ErrorCode.NOT_SUPPORTED, err(tcp.setHopLimit(socket, (byte) 5)));
        ok(tcp.setListenBacklogSize(socket, -1));
        ok(tcp.startListen(socket));
        ok(tcp.finishListen(socket));
        assertEquals(ErrorCode.NOT_SUPPORTED, err(tcp.setListenBacklogSize(socket, 5)));
        var client = net.connect(net.tcp(IpAddressFamily.IPV4), ok(tcp.localAddress(socket)));
        var server = net.accept(socket).socket();
        assertEquals(ErrorCode.INVALID_STATE, err(tcp.setListenBacklogSize(client.socket(), 5)));
        assertTrue(ok(tcp.keepAliveEnabled(server)));
        assertEquals(8_000_000_000L, ok(tcp.keepAliveInterval(server)));
        assertEquals(5, ok(tcp.keepAliveCount(server)));
        assertEquals(ok(tcp.receiveBufferSize(socket)), ok(tcp.receiveBufferSize(server)));
    }

    @Test
    void aStoreHasSoManySocketsAndNoMore() {
        var few = new Loopback(3, NetworkPolicy.EVERYTHING);
        var listener = few.bound();
        ok(few.tcp.setListenBacklogSize(listener, 10));
        ok(few.tcp.startListen(listener));
        ok(few.tcp.finishListen(listener));
        assertEquals(2, few.sockets.count(), "a listener is one for the options of its connections, too");
        var client = few.tcp(IpAddressFamily.IPV4);
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, err(few.createTcp()));
        few.connect(client, ok(few.tcp.localAddress(listener)));
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, err(few.tcp.accept(listener)));
        listener.close();
        assertEquals(1, few.sockets.count());
        ok(few.createTcp()).close();
    }

    @Test
    void aSocketThatIsWaitedForMayNotBeDropped() {
        var socket = net.tcp(IpAddressFamily.IPV4);
        var pollable = tcp.subscribe(socket);
        assertThrows(Trap.class, socket::close);
        pollable.close();
        socket.close();
    }

    @Test
    void ipv6WorksAndDoesNotAnswerIpv4() throws IOException {
        var socket = net.tcp(IpAddressFamily.IPV6);
        var any = new IpSocketAddress.Ipv6(new IpSocketAddress.Ipv6SocketAddress(
                (short) 0,
                0,
                new IpAddress.Ipv6Address(
                        (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0),
                0));
        assumeTrue(tcp.startBind(socket, net.network, any) instanceof Result.Ok, "this machine has no IPv6");
        ok(tcp.finishBind(socket));
        ok(tcp.startListen(socket));
        ok(tcp.finishListen(socket));
        int port = port(ok(tcp.localAddress(socket)));
        try (var stranger = new Socket("127.0.0.1", port)) {
            var own = new IpSocketAddress.Ipv6(new IpSocketAddress.Ipv6SocketAddress(
                    (short) port,
                    0,
                    new IpAddress.Ipv6Address(
                            (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) 1),
                    0));
            var client = net.connect(net.tcp(IpAddressFamily.IPV6), own);
            var server = net.accept(socket);
            assertEquals(ok(tcp.localAddress(client.socket())), ok(tcp.remoteAddress(server.socket())));
            assertEquals(-1, stranger.getInputStream().read(), "closed unseen");
        }
        var mapped = new IpSocketAddress.Ipv6(new IpSocketAddress.Ipv6SocketAddress(
                (short) port,
                0,
                new IpAddress.Ipv6Address(
                        (short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) -1, (short) 0x7f00, (short) 1),
                0));
        assertEquals(
                ErrorCode.INVALID_ARGUMENT, err(tcp.startConnect(net.tcp(IpAddressFamily.IPV6), net.network, mapped)));
    }

    @Test
    void thePolicyIsAskedForTheVeryAddress() throws IOException {
        var deny = new Loopback(20, NetworkPolicy.NOTHING);
        var socket = deny.tcp(IpAddressFamily.IPV4);
        assertEquals(ErrorCode.ACCESS_DENIED, err(deny.tcp.startBind(socket, deny.network, here(7000))));
        assertEquals(ErrorCode.ACCESS_DENIED, err(deny.tcp.startConnect(socket, deny.network, v4(10, 1, 2, 3, 9))));
        assertEquals(List.of("TCP_BIND 127.0.0.1 7000", "TCP_CONNECT 10.1.2.3 9"), deny.asked);

        var choosy = new Loopback(20, new NetworkPolicy() {
            @Override
            public boolean allows(Use use, InetSocketAddress address) {
                return use != Use.TCP_ACCEPT;
            }

            @Override
            public boolean allowsLookup(String name) {
                return false;
            }
        });
        var listener = choosy.listening();
        try (var refused = new Socket("127.0.0.1", port(ok(choosy.tcp.localAddress(listener))))) {
            var pollable = choosy.tcp.subscribe(listener);
            refused.setSoTimeout(100);
            int read = 0;
            while (read == 0) {
                assertFalse(pollable.ready());
                try {
                    read = refused.getInputStream().read();
                } catch (SocketTimeoutException _) {
                    // the system has not told the listener yet
                }
            }
            assertEquals(-1, read);
        }
        choosy.sockets.close();
        var noListening = new Loopback(20, new NetworkPolicy() {
            @Override
            public boolean allows(Use use, InetSocketAddress address) {
                return use != Use.TCP_LISTEN;
            }

            @Override
            public boolean allowsLookup(String name) {
                return false;
            }
        });
        var bound = noListening.bound();
        assertEquals(ErrorCode.ACCESS_DENIED, err(noListening.tcp.startListen(bound)));
        assertEquals(0, noListening.sockets.count(), "it is closed");
    }
}
