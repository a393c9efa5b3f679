package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Poll;
import tenon.wasi.io.Pollable;

/** {@code wasi:sockets/udp@0.2}: the functions of UDP sockets. Immutable. */
public final class Udp {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = describe();

    /** The functions; what they do is the sockets' own. */
    public Udp() {}

    private static HostInterface describe() {
        var builder = HostInterface.of("wasi:sockets/udp@0.2.12", Udp.class, MethodHandles.lookup())
                .resourceOf("pollable", Poll.INTERFACE)
                .resourceOf("network", NetworkTypes.INTERFACE)
                .resource("udp-socket", UdpSocket.class)
                .resource("incoming-datagram-stream", IncomingDatagramStream.class)
                .resource("outgoing-datagram-stream", OutgoingDatagramStream.class);
        operations(builder);
        options(builder);
        streams(builder);
        return builder.build();
    }

    private static void operations(HostInterface.Builder builder) {
        builder.function(
                        "[method]udp-socket.start-bind",
                        "startBind",
                        methodType(Result.class, UdpSocket.class, Network.class, IpSocketAddress.class))
                .function("[method]udp-socket.finish-bind", "finishBind", methodType(Result.class, UdpSocket.class))
                .function(
                        "[method]udp-socket.stream",
                        "stream",
                        methodType(Result.class, UdpSocket.class, Optional.class))
                .function("[method]udp-socket.local-address", "localAddress", methodType(Result.class, UdpSocket.class))
                .function(
                        "[method]udp-socket.remote-address", "remoteAddress", methodType(Result.class, UdpSocket.class))
                .function(
                        "[method]udp-socket.address-family",
                        "addressFamily",
                        methodType(IpAddressFamily.class, UdpSocket.class))
                .function("[method]udp-socket.subscribe", "subscribe", methodType(Pollable.class, UdpSocket.class));
    }

    private static void options(HostInterface.Builder builder) {
        builder.function(
                        "[method]udp-socket.unicast-hop-limit",
                        "unicastHopLimit",
                        methodType(Result.class, UdpSocket.class))
                .function(
                        "[method]udp-socket.set-unicast-hop-limit",
                        "setUnicastHopLimit",
                        methodType(Result.class, UdpSocket.class, byte.class))
                .function(
                        "[method]udp-socket.receive-buffer-size",
                        "receiveBufferSize",
                        methodType(Result.class, UdpSocket.class))
                .function(
                        "[method]udp-socket.set-receive-buffer-size",
                        "setReceiveBufferSize",
                        methodType(Result.class, UdpSocket.class, long.class))
                .function(
                        "[method]udp-socket.send-buffer-size",
                        "sendBufferSize",
                        methodType(Result.class, UdpSocket.class))
                .function(
                        "[method]udp-socket.set-send-buffer-size",
                        "setSendBufferSize",
                        methodType(Result.class, UdpSocket.class, long.class));
    }

    private static void streams(HostInterface.Builder builder) {
        builder.function(
                        "[method]incoming-datagram-stream.receive",
                        "receive",
                        methodType(Result.class, IncomingDatagramStream.class, long.class))
                .function(
                        "[method]incoming-datagram-stream.subscribe",
                        "subscribe",
                        methodType(Pollable.class, IncomingDatagramStream.class))
                .function(
                        "[method]outgoing-datagram-stream.check-send",
                        "checkSend",
                        methodType(Result.class, OutgoingDatagramStream.class))
                .function(
                        "[method]outgoing-datagram-stream.send",
                        "send",
                        methodType(Result.class, OutgoingDatagramStream.class, List.class))
                .function(
                        "[method]outgoing-datagram-stream.subscribe",
                        "subscribe",
                        methodType(Pollable.class, OutgoingDatagramStream.class));
    }

    Result<Unit, ErrorCode> startBind(UdpSocket socket, Network network, IpSocketAddress localAddress) {
        return Attempt.done(() -> socket.startBind(localAddress));
    }

    Result<Unit, ErrorCode> finishBind(UdpSocket socket) {
        return Attempt.done(socket::finishBind);
    }

    Result<UdpSocket.DatagramStreams, ErrorCode> stream(UdpSocket socket, Optional<IpSocketAddress> remoteAddress) {
        return Attempt.tried(() -> socket.stream(remoteAddress));
    }

    Result<IpSocketAddress, ErrorCode> localAddress(UdpSocket socket) {
        return Attempt.tried(socket::localAddress);
    }

    Result<IpSocketAddress, ErrorCode> remoteAddress(UdpSocket socket) {
        return Attempt.tried(socket::remoteAddress);
    }

    IpAddressFamily addressFamily(UdpSocket socket) {
        return socket.addressFamily();
    }

    Pollable subscribe(UdpSocket socket) {
        return socket.subscribe();
    }

    Result<Byte, ErrorCode> unicastHopLimit(UdpSocket socket) {
        return Attempt.tried(() -> Options.hopLimit());
    }

    Result<Unit, ErrorCode> setUnicastHopLimit(UdpSocket socket, byte value) {
        return Attempt.done(() -> Options.setHopLimit(value));
    }

    Result<Long, ErrorCode> receiveBufferSize(UdpSocket socket) {
        return Attempt.tried(() -> Options.receiveBuffer(socket.options()));
    }

    Result<Unit, ErrorCode> setReceiveBufferSize(UdpSocket socket, long value) {
        return Attempt.done(() -> Options.setReceiveBuffer(socket.options(), value));
    }

    Result<Long, ErrorCode> sendBufferSize(UdpSocket socket) {
        return Attempt.tried(() -> Options.sendBuffer(socket.options()));
    }

    Result<Unit, ErrorCode> setSendBufferSize(UdpSocket socket, long value) {
        return Attempt.done(() -> Options.setSendBuffer(socket.options(), value));
    }

    Result<List<IncomingDatagramStream.Datagram>, ErrorCode> receive(IncomingDatagramStream stream, long maxResults) {
        return Attempt.tried(() -> stream.receive(maxResults));
    }

    Pollable subscribe(IncomingDatagramStream stream) {
        return stream.subscribe();
    }

    Result<Long, ErrorCode> checkSend(OutgoingDatagramStream stream) {
        return Result.ok(stream.checkSend());
    }

    Result<Long, ErrorCode> send(OutgoingDatagramStream stream, List<OutgoingDatagramStream.Datagram> datagrams) {
        return Attempt.tried(() -> stream.send(datagrams));
    }

    Pollable subscribe(OutgoingDatagramStream stream) {
        return stream.subscribe();
    }
}
