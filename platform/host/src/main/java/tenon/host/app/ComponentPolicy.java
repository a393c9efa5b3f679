package tenon.host.app;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import tenon.app.outbound.AllowedHost;
import tenon.app.outbound.AllowedHosts;
import tenon.app.outbound.BlockedNetworks;
import tenon.app.outbound.UrlHost;
import tenon.wasi.http.OutboundPolicy;
import tenon.wasi.log.RefusalLog;

/**
 * Where a component's requests may go: its {@code allowed_outbound_hosts}. Immutable.
 *
 * <p>Policy: whom the manifest names. Stricter than Spin in one thing: an address that is not globally reachable (loopback, private
 * networks, link-local, where clouds keep their credentials) needs an item that names the host itself, not a wildcard, and that allows
 * this very scheme and port; the inside of this machine is reached as {@code localhost} or by its address only. So a name under a
 * stranger's control cannot lead a guest inside.
 * What is refused is logged with the component's id and with what to write in the manifest.
 */
record ComponentPolicy(String component, AllowedHosts allowed) implements OutboundPolicy {
    private static final RefusalLog REFUSED = RefusalLog.of("tenon.host.app");
    private static final BlockedNetworks NOT_GLOBAL = BlockedNetworks.of(List.of(), true);

    @Override
    public boolean check(Target target) {
        boolean allows = allowed.allows(target.scheme().word(), target.host(), target.port());
        if (!allows) {
            log(target, "not among its allowed_outbound_hosts");
        }
        return allows;
    }

    @Override
    public boolean checkAddress(Target target, InetAddress address) {
        boolean allows = reaches(target.scheme().word(), target.host(), target.port(), address);
        if (!allows) {
            log(
                    target,
                    "address " + address.getHostAddress()
                            + " is not globally reachable, and no item that allows this names the host");
        }
        return allows;
    }

    /** Whether a host that is allowed may have this address. */
    boolean reaches(String scheme, String name, int port, InetAddress address) {
        return !NOT_GLOBAL.blocks(address) || reachesInside(scheme, name, port, address);
    }

    private boolean reachesInside(String scheme, String name, int port, InetAddress address) {
        Optional<UrlHost> host = UrlHost.parse(name);
        if (host.isEmpty()
                || allowed.allowing(scheme, name, port).stream().noneMatch(item -> names(item, host.get()))) {
            return false;
        }
        if (host.get() instanceof UrlHost.Address literal) {
            // whoever looked the text up may have read another address in it than we do
            return literal.address().equals(address);
        }
        boolean elsewhere = !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
        return elsewhere || (address.isLoopbackAddress() && name.equalsIgnoreCase("localhost"));
    }

    private static boolean names(AllowedHost item, UrlHost host) {
        return switch (item.host()) {
            case AllowedHost.Literal literal -> literal.host().equals(host);
            case AllowedHost.Within within ->
                host instanceof UrlHost.Address address && within.network().contains(address.address());
            case AllowedHost.AnyHost _, AllowedHost.Self _, AllowedHost.Below _ -> false;
        };
    }

    private void log(Target target, String reason) {
        String port = target.port() == target.ownPort() ? "" : ":" + target.port();
        String item = target.scheme().word() + "://" + target.host() + port;
        REFUSED.warn(
                "outgoing request refused component={0} host={1} port={2} reason=\"{3}\" hint=\"to allow it,"
                        + " add `{4}` to allowed_outbound_hosts of [component.{0}]\"",
                component, target.host(), String.valueOf(target.port()), reason, item);
    }
}
