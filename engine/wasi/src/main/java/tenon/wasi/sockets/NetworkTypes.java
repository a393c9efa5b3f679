package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.wasi.io.IoError;

/** {@code wasi:sockets/network@0.2}. Immutable. */
public final class NetworkTypes {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:sockets/network@0.2.12", NetworkTypes.class, MethodHandles.lookup())
            .resourceOf("error", IoError.INTERFACE)
            .resource("network", Network.class)
            .function("network-error-code", "networkErrorCode", methodType(Optional.class, IoError.class))
            .build();

    /** The functions; they have no state. */
    public NetworkTypes() {}

    /** {@code network-error-code}. */
    Optional<ErrorCode> networkErrorCode(IoError error) {
        return error.detail().filter(ErrorCode.class::isInstance).map(ErrorCode.class::cast);
    }
}
