package tenon.wasi.sockets;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import tenon.runtime.HostInterface;

/** {@code wasi:sockets/instance-network@0.2}. Immutable. */
public final class InstanceNetwork {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = HostInterface.of(
                    "wasi:sockets/instance-network@0.2.12", InstanceNetwork.class, MethodHandles.lookup())
            .resourceOf("network", NetworkTypes.INTERFACE)
            .function("instance-network", "instanceNetwork", methodType(Network.class))
            .build();

    /** The function; it has no state. */
    public InstanceNetwork() {}

    /** {@code instance-network}. */
    Network instanceNetwork() {
        return new Network();
    }
}
