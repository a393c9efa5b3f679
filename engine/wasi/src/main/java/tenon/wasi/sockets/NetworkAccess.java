package tenon.wasi.sockets;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Locale;
import tenon.wasi.log.RefusalLog;

/** Asks a policy, and logs what it refuses to guests. Thread-safe if the policy is. */
record NetworkAccess(NetworkPolicy policy) {
    private static final Logger LOG = System.getLogger("tenon.wasi.sockets");
    private static final RefusalLog REFUSED = RefusalLog.of("tenon.wasi.sockets");
    private static final String DENIED = "socket use denied use={0} address={1} port={2}";

    /** Fails unless the policy allows it. */
    void require(NetworkPolicy.Use use, InetSocketAddress address) throws RefusedException {
        if (!policy.allows(use, address)) {
            REFUSED.warn(DENIED, values(use, address));
            throw new RefusedException(ErrorCode.ACCESS_DENIED);
        }
    }

    /** Whether the policy allows what comes from outside. */
    boolean admits(NetworkPolicy.Use use, InetSocketAddress address) {
        boolean allowed = policy.allows(use, address);
        if (!allowed) {
            // whoever sends decides how often this happens
            LOG.log(Level.DEBUG, DENIED, values(use, address));
        }
        return allowed;
    }

    /** Fails unless the policy allows that a name is looked up. */
    void requireLookup(String name) throws RefusedException {
        if (!policy.allowsLookup(name)) {
            REFUSED.warn("name lookup denied name={0}", name);
            throw new RefusedException(ErrorCode.ACCESS_DENIED);
        }
    }

    private static Object[] values(NetworkPolicy.Use use, InetSocketAddress address) {
        return new Object[] {
            use.name().toLowerCase(Locale.ROOT),
            address.getAddress().getHostAddress(),
            String.valueOf(address.getPort())
        };
    }
}
