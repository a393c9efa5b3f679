package tenon.app.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.app.ManifestException;
import tenon.app.Placed;
import tenon.types.Place;

class BlockedNetworksTest {

    private static BlockedNetworks of(String... items) {
        return BlockedNetworks.parse(
                Stream.of(items).map(text -> new Placed<>(text, Place.NOWHERE)).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.10.10.10, true",
        "100.64.1.1, true",
        "169.254.169.254, true",
        "192.168.0.1, true",
        "172.32.0.1, false",
        "0.0.0.0, true",
        "255.255.255.255, true",
        "224.0.0.1, true",
        "8.8.8.8, false",
        "::1, true",
        "::, true",
        "fe80::1, true",
        "fc00::f00d, true",
        "2600::beef, false",
        "::ffff:10.0.0.1, true",
        "::10.0.0.1, true",
        "64:ff9b::a00:1, true",
        "64:ff9b::808:808, false",
        "2002:a00:1::1, true",
        "2002:808:808::1, false"
    })
    void privateIsAllThatIsNotGlobal(String address, boolean blocked) throws Exception {
        assertEquals(blocked, of("private").blocks(InetAddress.getByName(address)));
    }

    @Test
    void networksCountWithTheirBits() throws Exception {
        BlockedNetworks blocked = of("8.8.8.0/25", "2600::/20");
        assertEquals(true, blocked.blocks(InetAddress.getByName("8.8.8.127")));
        assertEquals(false, blocked.blocks(InetAddress.getByName("8.8.8.128")));
        assertEquals(true, blocked.blocks(InetAddress.getByName("2600:fff::")));
        assertEquals(false, blocked.blocks(InetAddress.getByName("2600:1000::")));
        assertEquals(false, blocked.blocks(InetAddress.getByName("10.0.0.1")));
        assertEquals(true, of("0.0.0.0/0").blocks(InetAddress.getByName("9.9.9.9")));
        assertEquals(false, of("1.2.3.4/32").blocks(InetAddress.getByName("1.2.3.5")));
    }

    @Test
    void tellsAllThatIsNoNetwork() {
        var refusal = assertThrows(
                ManifestException.class,
                () -> of("10.0.0.0", "10.0.0.0/33", "::/129", "10.0/8", "privat", "1.2.3.4/-1", "1.2.3.4/8"));
        assertEquals(6, refusal.problems().size());
        assertEquals(List.of(), of().isEmpty() ? List.of() : List.of("not empty"));
    }
}
