package tenon.app.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.app.Problems;

/**
 * Networks that no component reaches, whatever it was allowed: {@code block_networks} of the runtime configuration. Judges the
 * address that is connected to, not a name. Immutable.
 *
 * <p>Policy: an address of IPv6 that carries one of IPv4 (mapped, compatible, NAT64, 6to4) is blocked if either is. {@code private}
 * stands for all networks that the IANA registries of special-purpose addresses do not call globally reachable.
 */
public final class BlockedNetworks {
    /** None. */
    public static final BlockedNetworks NONE = new BlockedNetworks(List.of(), false);

    private static final String PRIVATE = "private";

    /** RFC 6890 and the IANA IPv4 and IPv6 Special-Purpose Address Registries; multicast. */
    private static final List<Network> NOT_GLOBAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/128",
                    "::1/128",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(text -> Network.parse(text).orElseThrow())
            .toList();

    /** Where an address of IPv6 carries one of IPv4, and behind which byte. */
    private static final List<Carrier> CARRIERS = List.of(
            new Carrier(Network.parse("::/96").orElseThrow(), 12),
            new Carrier(Network.parse("64:ff9b::/96").orElseThrow(), 12),
            new Carrier(Network.parse("2002::/16").orElseThrow(), 2));

    private record Carrier(Network network, int offset) {}

    private final List<Network> networks;
    private final boolean blockPrivate;

    private BlockedNetworks(List<Network> networks, boolean blockPrivate) {
        this.networks = List.copyOf(networks);
        this.blockPrivate = blockPrivate;
    }

    /** From networks; {@code blockPrivate} adds all that are not globally reachable. */
    public static BlockedNetworks of(List<Network> networks, boolean blockPrivate) {
        return new BlockedNetworks(networks, blockPrivate);
    }

    /**
     * From items of a configuration: networks in CIDR form, and {@code private}.
     *
     * @throws ManifestException if one is neither
     */
    public static BlockedNetworks parse(List<Placed<String>> items) {
        var problems = new Problems();
        List<Network> networks = new ArrayList<>();
        boolean blockPrivate = false;
        for (Placed<String> item : items) {
            boolean isPrivate = item.value().equals(PRIVATE);
            Optional<Network> network = isPrivate ? Optional.empty() : Network.parse(item.value());
            network.ifPresent(networks::add);
            blockPrivate |= isPrivate;
            if (!isPrivate && network.isEmpty()) {
                problems.add(
                        item.place(),
                        "`" + item.value() + "` is not a network, expected one like `10.0.0.0/8`, or `private`");
            }
        }
        problems.throwIfAny();
        return new BlockedNetworks(networks, blockPrivate);
    }

    /** Whether nothing is blocked. */
    public boolean isEmpty() {
        return networks.isEmpty() && !blockPrivate;
    }

    /** Whether no connection may go to {@code address}. */
    public boolean blocks(InetAddress address) {
        return listed(address) || carried(address).filter(this::listed).isPresent();
    }

    private boolean listed(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address))
                || (blockPrivate && NOT_GLOBAL.stream().anyMatch(network -> network.contains(address)));
    }

    private static Optional<InetAddress> carried(InetAddress address) {
        return CARRIERS.stream()
                .filter(carrier -> carrier.network().contains(address))
                .map(carrier -> v4(address.getAddress(), carrier.offset()))
                .findFirst();
    }

    private static InetAddress v4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 bytes", e);
        }
    }
}
