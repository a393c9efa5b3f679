package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;

/** {@code wasi:sockets/tcp-create-socket@0.2}. Confined to the Store. */
public final class TcpCreateSocket {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:sockets/tcp-create-socket@0.2.12", TcpCreateSocket.class, MethodHandles.lookup())
            .resourceOf("tcp-socket", Tcp.INTERFACE)
            .function("create-tcp-socket", "createTcpSocket", methodType(Result.class, IpAddressFamily.class))
            .build();

    private final Sockets sockets;
    private final NetworkAccess access;

    /** Sockets that are counted in {@code sockets}, and may do what {@code policy} allows. */
    public TcpCreateSocket(Sockets sockets, NetworkPolicy policy) {
        this.sockets = sockets;
        this.access = new NetworkAccess(policy);
    }

    /** {@code create-tcp-socket}: allowed to all, since what it may be used for is asked when it is used. */
    Result<TcpSocket, ErrorCode> createTcpSocket(IpAddressFamily family) {
        return Attempt.tried(() -> TcpSocket.create(sockets, access, family));
    }
}
