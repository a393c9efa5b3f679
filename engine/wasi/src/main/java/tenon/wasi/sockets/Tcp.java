package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Poll;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Streams;

/** {@code wasi:sockets/tcp@0.2}: the functions of TCP sockets. Immutable. */
public final class Tcp {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = describe();

    /** The functions; what they do is the sockets' own. */
    public Tcp() {}

    private static HostInterface describe() {
        var builder = HostInterface.of("wasi:sockets/tcp@0.2.12", Tcp.class, MethodHandles.lookup())
                .resourceOf("input-stream", Streams.INTERFACE)
                .resourceOf("output-stream", Streams.INTERFACE)
                .resourceOf("pollable", Poll.INTERFACE)
                .resourceOf("network", NetworkTypes.INTERFACE)
                .resource("tcp-socket", TcpSocket.class);
        operations(builder);
        options(builder);
        return builder.build();
    }

    private static void operations(HostInterface.Builder builder) {
        builder.function(
                        "[method]tcp-socket.start-bind",
                        "startBind",
                        methodType(Result.class, TcpSocket.class, Network.class, IpSocketAddress.class))
                .function("[method]tcp-socket.finish-bind", "finishBind", methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.start-connect",
                        "startConnect",
                        methodType(Result.class, TcpSocket.class, Network.class, IpSocketAddress.class))
                .function(
                        "[method]tcp-socket.finish-connect", "finishConnect", methodType(Result.class, TcpSocket.class))
                .function("[method]tcp-socket.start-listen", "startListen", methodType(Result.class, TcpSocket.class))
                .function("[method]tcp-socket.finish-listen", "finishListen", methodType(Result.class, TcpSocket.class))
                .function("[method]tcp-socket.accept", "accept", methodType(Result.class, TcpSocket.class))
                .function("[method]tcp-socket.local-address", "localAddress", methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.remote-address", "remoteAddress", methodType(Result.class, TcpSocket.class))
                .function("[method]tcp-socket.is-listening", "isListening", methodType(boolean.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.address-family",
                        "addressFamily",
                        methodType(IpAddressFamily.class, TcpSocket.class))
                .function("[method]tcp-socket.subscribe", "subscribe", methodType(Pollable.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.shutdown",
                        "shutdown",
                        methodType(Result.class, TcpSocket.class, ShutdownType.class));
    }

    private static void options(HostInterface.Builder builder) {
        builder.function(
                        "[method]tcp-socket.set-listen-backlog-size",
                        "setListenBacklogSize",
                        methodType(Result.class, TcpSocket.class, long.class))
                .function(
                        "[method]tcp-socket.keep-alive-enabled",
                        "keepAliveEnabled",
                        methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-keep-alive-enabled",
                        "setKeepAliveEnabled",
                        methodType(Result.class, TcpSocket.class, boolean.class))
                .function(
                        "[method]tcp-socket.keep-alive-idle-time",
                        "keepAliveIdleTime",
                        methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-keep-alive-idle-time",
                        "setKeepAliveIdleTime",
                        methodType(Result.class, TcpSocket.class, long.class))
                .function(
                        "[method]tcp-socket.keep-alive-interval",
                        "keepAliveInterval",
                        methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-keep-alive-interval",
                        "setKeepAliveInterval",
                        methodType(Result.class, TcpSocket.class, long.class))
                .function(
                        "[method]tcp-socket.keep-alive-count",
                        "keepAliveCount",
                        methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-keep-alive-count",
                        "setKeepAliveCount",
                        methodType(Result.class, TcpSocket.class, int.class))
                .function("[method]tcp-socket.hop-limit", "hopLimit", methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-hop-limit",
                        "setHopLimit",
                        methodType(Result.class, TcpSocket.class, byte.class))
                .function(
                        "[method]tcp-socket.receive-buffer-size",
                        "receiveBufferSize",
                        methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-receive-buffer-size",
                        "setReceiveBufferSize",
                        methodType(Result.class, TcpSocket.class, long.class))
                .function(
                        "[method]tcp-socket.send-buffer-size",
                        "sendBufferSize",
                        methodType(Result.class, TcpSocket.class))
                .function(
                        "[method]tcp-socket.set-send-buffer-size",
                        "setSendBufferSize",
                        methodType(Result.class, TcpSocket.class, long.class));
    }

    Result<Unit, ErrorCode> startBind(TcpSocket socket, Network network, IpSocketAddress localAddress) {
        return Attempt.done(() -> socket.startBind(localAddress));
    }

    Result<Unit, ErrorCode> finishBind(TcpSocket socket) {
        return Attempt.done(socket::finishBind);
    }

    Result<Unit, ErrorCode> startConnect(TcpSocket socket, Network network, IpSocketAddress remoteAddress) {
        return Attempt.done(() -> socket.startConnect(remoteAddress));
    }

    Result<TcpSocket.Connection, ErrorCode> finishConnect(TcpSocket socket) {
        return Attempt.tried(socket::finishConnect);
    }

    Result<Unit, ErrorCode> startListen(TcpSocket socket) {
        return Attempt.done(socket::startListen);
    }

    Result<Unit, ErrorCode> finishListen(TcpSocket socket) {
        return Attempt.done(socket::finishListen);
    }

    Result<TcpSocket.Accepted, ErrorCode> accept(TcpSocket socket) {
        return Attempt.tried(socket::accept);
    }

    Result<IpSocketAddress, ErrorCode> localAddress(TcpSocket socket) {
        return Attempt.tried(socket::localAddress);
    }

    Result<IpSocketAddress, ErrorCode> remoteAddress(TcpSocket socket) {
        return Attempt.tried(socket::remoteAddress);
    }

    boolean isListening(TcpSocket socket) {
        return socket.isListening();
    }

    IpAddressFamily addressFamily(TcpSocket socket) {
        return socket.addressFamily();
    }

    Pollable subscribe(TcpSocket socket) {
        return socket.subscribe();
    }

    Result<Unit, ErrorCode> shutdown(TcpSocket socket, ShutdownType type) {
        return Attempt.done(() -> socket.shutdown(type));
    }

    Result<Unit, ErrorCode> setListenBacklogSize(TcpSocket socket, long value) {
        return Attempt.done(() -> socket.setListenBacklogSize(value));
    }

    Result<Boolean, ErrorCode> keepAliveEnabled(TcpSocket socket) {
        return Attempt.tried(() -> Options.keepAlive(socket.options()));
    }

    Result<Unit, ErrorCode> setKeepAliveEnabled(TcpSocket socket, boolean value) {
        return Attempt.done(() -> Options.setKeepAlive(socket.options(), value));
    }

    Result<Long, ErrorCode> keepAliveIdleTime(TcpSocket socket) {
        return Attempt.tried(() -> Options.keepAliveIdle(socket.options()));
    }

    Result<Unit, ErrorCode> setKeepAliveIdleTime(TcpSocket socket, long value) {
        return Attempt.done(() -> Options.setKeepAliveIdle(socket.options(), value));
    }

    Result<Long, ErrorCode> keepAliveInterval(TcpSocket socket) {
        return Attempt.tried(() -> Options.keepAliveInterval(socket.options()));
    }

    Result<Unit, ErrorCode> setKeepAliveInterval(TcpSocket socket, long value) {
        return Attempt.done(() -> Options.setKeepAliveInterval(socket.options(), value));
    }

    Result<Integer, ErrorCode> keepAliveCount(TcpSocket socket) {
        return Attempt.tried(() -> Options.keepAliveCount(socket.options()));
    }

    Result<Unit, ErrorCode> setKeepAliveCount(TcpSocket socket, int value) {
        return Attempt.done(() -> Options.setKeepAliveCount(socket.options(), value));
    }

    Result<Byte, ErrorCode> hopLimit(TcpSocket socket) {
        return Attempt.tried(() -> Options.hopLimit());
    }

    Result<Unit, ErrorCode> setHopLimit(TcpSocket socket, byte value) {
        return Attempt.done(() -> Options.setHopLimit(value));
    }

    Result<Long, ErrorCode> receiveBufferSize(TcpSocket socket) {
        return Attempt.tried(() -> Options.receiveBuffer(socket.options()));
    }

    Result<Unit, ErrorCode> setReceiveBufferSize(TcpSocket socket, long value) {
        return Attempt.done(() -> Options.setReceiveBuffer(socket.options(), value));
    }

    Result<Long, ErrorCode> sendBufferSize(TcpSocket socket) {
        return Attempt.tried(() -> Options.sendBuffer(socket.options()));
    }

    Result<Unit, ErrorCode> setSendBufferSize(TcpSocket socket, long value) {
        return Attempt.done(() -> Options.setSendBuffer(socket.options(), value));
    }
}
