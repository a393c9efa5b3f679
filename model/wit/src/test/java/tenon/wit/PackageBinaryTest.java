package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.types.TenonException;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Packages become components and packages again. */
class PackageBinaryTest {

    private static final String TEXT = """
                package a:b@1.0.0;

                interface types {
                  resource file {
                    constructor(name: string);
                    read: func(n: u32) -> list<u8>;
                    open: static async func() -> result<file, error>;
                  }

                  type size = u32;

                  variant error {
                    other(tuple<size, string>),
                    none,
                  }
                }

                interface user {
                  use types.{file, size as length};

                  type handle = own<file>;

                  f: func(a: borrow<file>, b: map<string, length>) -> stream<file>;
                }

                world w {
                  import types;
                  import primary: types;
                  import user;
                  use types.{size};

                  type t = list<size, 4>;
                  @external-id("x")
                  import g: func(a: t);

                  export types;
                  export user;
                  export inline: interface {
                    use types.{file};

                    h: func() -> file;
                  }
                }
                """;

    private static PackageGraph graph() {
        return WitReader.parse(new Source("x.wit", TEXT), Features.NONE);
    }

    @Test
    void changedBinaryIsReadOrRefused() {
        byte[] seed = PackageEncoder.encode(graph(), graph().main());
        var random = new Random(11);
        for (int i = 0; i < 4000; i++) {
            byte[] bytes = Arrays.copyOf(seed, i % 4 == 0 ? random.nextInt(seed.length) : seed.length);
            for (int j = random.nextInt(3); j >= 0 && bytes.length > 8; j--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
            }
            try {
                Component component = ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
                PackageGraph read =
                        PackageBinary.isPackage(component) ? PackageBinary.of(component) : ComponentWorld.of(component);
                assertTrue(!WitPrinter.all(read).isEmpty());
            } catch (TenonException refused) {
                assertTrue(!refused.fact().isEmpty());
            }
        }
    }

    @Test
    void packageIsTheSameBehindItsBinary() {
        String text = TEXT;
        PackageGraph graph = graph();
        assertEquals(text, WitPrinter.all(graph));
        Component component =
                ComponentDecoder.decode(PackageEncoder.encode(graph, graph.main()), ComponentFeatures.ALL);
        assertTrue(PackageBinary.isPackage(component));
        PackageGraph decoded = PackageBinary.of(component);
        assertEquals(
                text.lines().sorted().toList(),
                WitPrinter.text(decoded, decoded.main(), List.of())
                        .lines()
                        .sorted()
                        .toList());
    }
}
