package tenon.wasi.sockets;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

/** Asks a policy, and logs what it refuses to guests. Thread-safe if the policy is. */
record NetworkAccess(NetworkPolicy policy) {
    private static final Logger LOG = System.getLogger("tenon.wasi.sockets");

    /** Fails unless the policy allows it. */
    void require(NetworkPolicy.Use use, InetSocketAddress address) throws RefusedException {
        if (!policy.allows(use, address)) {
            log(Level.WARNING, use, address);
            throw new RefusedException(ErrorCode.ACCESS_DENIED);
        }
    }

    /** Whether the policy allows what comes from outside. */
    boolean admits(NetworkPolicy.Use use, InetSocketAddress address) {
        boolean allowed = policy.allows(use, address);
        if (!allowed) {
            // whoever sends decides how often this happens
            log(Level.DEBUG, use, address);
        }
        return allowed;
    }

    /** Fails unless the policy allows that a name is looked up. */
    void requireLookup(String name) throws RefusedException {
        if (!policy.allowsLookup(name)) {
            LOG.log(Level.WARNING, "name lookup denied name={0}", name);
            throw new RefusedException(ErrorCode.ACCESS_DENIED);
        }
    }

    private static void log(Level level, NetworkPolicy.Use use, InetSocketAddress address) {
        LOG.log(
                level,
                "socket use denied use={0} address={1} port={2}",
                use.name().toLowerCase(java.util.Locale.ROOT),
                address.getAddress().getHostAddress(),
                String.valueOf(address.getPort()));
    }
}
