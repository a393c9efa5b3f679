package tenon.component.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.component.ComponentWriter.bytes;
import static tenon.component.ComponentWriter.hex;
import static tenon.component.ComponentWriter.name;

import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.component.ComponentWriter;
import tenon.component.read.ComponentDecoder;

class WorldTest {
    private static final byte[] SUB_RESOURCE = hex(3, 1);

    /** An interface with a resource, and one that borrows it from the first. */
    private static World world(String first, String second) {
        byte[] one = bytes(
                hex(0x42, 4, 4),
                name("r"),
                SUB_RESOURCE,
                hex(1, 0x68, 0),
                bytes(hex(1, 0x40, 1), "self", hex(1, 1, 0)),
                hex(4),
                name("[method]r.m"),
                hex(1, 2));
        byte[] two = bytes(
                hex(0x42, 5, 2, 3, 2, 1, 1, 4),
                name("r"),
                hex(3, 0, 0),
                hex(1, 0x69, 1),
                bytes(hex(1, 0x40, 0, 0, 2)),
                hex(4),
                name("get"),
                hex(1, 3));
        return World.of(ComponentDecoder.decode(new ComponentWriter()
                .section(7, one)
                .section(10, bytes(name(first), hex(5, 0)))
                .section(6, bytes(hex(3, 0, 0), "r"))
                .section(7, two)
                .section(10, bytes(name(second), hex(5, 2)))
                .toBytes()));
    }

    @Test
    void typesOfOtherInterfacesAreUsedByName() {
        assertEquals(
                List.of(
                        "import a:b/one@1.0.0: interface {",
                        "  resource r {",
                        "    m: func();",
                        "  }",
                        "}",
                        "import a:b/two@1.0.0: interface {",
                        "  use a:b/one@1.0.0.{r};",
                        "  get: func() -> r;",
                        "}"),
                WorldText.of(world("a:b/one@1.0.0", "a:b/two@1.0.0")));
    }

    @Test
    void whatIsNotImportedCannotBeDone() {
        Reach reach = Reach.of(world("wasi:io/poll@0.2.12", "logger"));
        assertEquals(List.of(), reach.can());
        assertEquals(List.of("logger"), reach.unknown());
        assertTrue(reach.sentences()
                .contains(
                        "cannot open a network connection: imports no wasi:http/outgoing-handler and no wasi:http/client and no"
                                + " wasi:http/handler and no wasi:sockets"));
    }

    @Test
    void importsOpenDoorsWhateverTheirVersion() {
        Reach reach = Reach.of(world("wasi:sockets/tcp@0.2.0", "wasi:filesystem/preopens@0.2.12"));
        assertEquals(
                List.of("open a network connection", "read or write files"),
                reach.can().stream().map(Reach.Deed::words).toList());
        assertEquals(List.of("wasi:sockets/tcp"), reach.can().getFirst().interfaces());
    }

    @Test
    void interfacesOfSpinOpenDoorsToo() {
        Reach reach = Reach.of(world("fermyon:spin/key-value@2.0.0", "fermyon:spin/variables@2.0.0"));
        assertEquals(
                List.of("keep data in a store", "read configuration"),
                reach.can().stream().map(Reach.Deed::words).toList());
        assertEquals(List.of(), reach.unknown());
    }
}
