package tenon.wasi.sockets;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import tenon.runtime.value.Result;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Readiness;

/** What the tests of this package share: a store's sockets, and how a guest gets them into their states. */
final class Loopback {
    final Readiness readiness = new Readiness();
    final Sockets sockets;
    final Network network = new Network();
    final Tcp tcp = new Tcp();
    final Udp udp = new Udp();
    final List<String> asked = new ArrayList<>();
    private final TcpCreateSocket createTcp;
    private final UdpCreateSocket createUdp;

    Loopback(int most, NetworkPolicy policy) {
        sockets = new Sockets(readiness, most);
        NetworkPolicy recording = new NetworkPolicy() {
            @Override
            public boolean allows(Use use, InetSocketAddress address) {
                asked.add(use + " " + address.getAddress().getHostAddress() + " " + address.getPort());
                return policy.allows(use, address);
            }

            @Override
            public boolean allowsLookup(String name) {
                return policy.allowsLookup(name);
            }
        };
        createTcp = new TcpCreateSocket(sockets, recording);
        createUdp = new UdpCreateSocket(sockets, recording);
    }

    static <T> T ok(Result<T, ?> result) {
        return switch (result) {
            case Result.Ok<T, ?>(T value) -> value;
            case Result.Err<T, ?>(var error) -> throw new AssertionError("expected ok, found " + error);
        };
    }

    static <E> E err(Result<?, E> result) {
        return switch (result) {
            case Result.Err<?, E>(E error) -> error;
            case Result.Ok<?, E>(var value) -> throw new AssertionError("expected an error, found " + value);
        };
    }

    static IpSocketAddress v4(int b0, int b1, int b2, int b3, int port) {
        return new IpSocketAddress.Ipv4(new IpSocketAddress.Ipv4SocketAddress(
                (short) port, new IpAddress.Ipv4Address((byte) b0, (byte) b1, (byte) b2, (byte) b3)));
    }

    static IpSocketAddress here(int port) {
        return v4(127, 0, 0, 1, port);
    }

    static int port(IpSocketAddress address) {
        return Short.toUnsignedInt(
                switch (address) {
                    case IpSocketAddress.Ipv4(var v4) -> v4.port();
                    case IpSocketAddress.Ipv6(var v6) -> v6.port();
                });
    }

    Result<TcpSocket, ErrorCode> createTcp() {
        return createTcp.createTcpSocket(IpAddressFamily.IPV4);
    }

    TcpSocket tcp(IpAddressFamily family) {
        return ok(createTcp.createTcpSocket(family));
    }

    UdpSocket udp(IpAddressFamily family) {
        return ok(createUdp.createUdpSocket(family));
    }

    TcpSocket bound() {
        var socket = tcp(IpAddressFamily.IPV4);
        ok(tcp.startBind(socket, network, here(0)));
        ok(tcp.finishBind(socket));
        return socket;
    }

    TcpSocket listening() {
        var socket = bound();
        ok(tcp.startListen(socket));
        ok(tcp.finishListen(socket));
        return socket;
    }

    UdpSocket boundUdp() {
        var socket = udp(IpAddressFamily.IPV4);
        ok(udp.startBind(socket, network, here(0)));
        ok(udp.finishBind(socket));
        return socket;
    }

    /** One side of a connection. */
    record Side(TcpSocket socket, InputStream in, OutputStream out) {}

    Side connect(TcpSocket socket, IpSocketAddress to) {
        ok(tcp.startConnect(socket, network, to));
        TcpSocket.Connection streams = ok(finish(socket));
        return new Side(socket, streams.input(), streams.output());
    }

    Result<TcpSocket.Connection, ErrorCode> finish(TcpSocket socket) {
        wait(socket);
        return tcp.finishConnect(socket);
    }

    Side accept(TcpSocket listener) {
        wait(listener);
        var taken = ok(tcp.accept(listener));
        return new Side(taken.socket(), taken.input(), taken.output());
    }

    void wait(TcpSocket socket) {
        try (var pollable = tcp.subscribe(socket)) {
            pollable.block();
        }
    }
}
