package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentDecoder;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Packages become components and packages again. */
class PackageBinaryTest {

    @Test
    void packageIsTheSameBehindItsBinary() {
        String text = """
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
        PackageGraph graph = WitReader.parse(new Source("x.wit", text), Features.NONE);
        assertEquals(text, WitPrinter.all(graph));
        Component component = ComponentDecoder.decode(PackageEncoder.encode(graph, graph.main()));
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
