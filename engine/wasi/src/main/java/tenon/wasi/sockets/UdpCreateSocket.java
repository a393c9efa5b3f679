package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;

/** {@code wasi:sockets/udp-create-socket@0.2}. Confined to the Store. */
public final class UdpCreateSocket {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:sockets/udp-create-socket@0.2.12", UdpCreateSocket.class, MethodHandles.lookup())
            .resourceOf("udp-socket", Udp.INTERFACE)
            .function("create-udp-socket", "createUdpSocket", methodType(Result.class, IpAddressFamily.class))
            .build();

    private final Sockets sockets;
    private final NetworkAccess access;

    /** Sockets that are counted in {@code sockets}, and may do what {@code policy} allows. */
    public UdpCreateSocket(Sockets sockets, NetworkPolicy policy) {
        this.sockets = sockets;
        this.access = new NetworkAccess(policy);
    }

    /** {@code create-udp-socket}: allowed to all, since what it may be used for is asked when it is used. */
    Result<UdpSocket, ErrorCode> createUdpSocket(IpAddressFamily family) {
        return Attempt.tried(() -> UdpSocket.create(sockets, access, family));
    }
}
