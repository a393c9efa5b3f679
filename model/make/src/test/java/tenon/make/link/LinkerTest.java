package tenon.make.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.CoreModule;
import tenon.component.read.ComponentDecoder;
import tenon.make.MakeException;
import tenon.make.Producers;
import tenon.make.component.MakeOptions;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.text.Wat;
import tenon.wit.PackageGraph;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

final class LinkerTest {
    private static final String USER = """
            (module
              (import "env" "answer" (func $answer (result i32)))
              (func (export "run") (result i32) call $answer))
            """;

    private static byte[] user() {
        String wit = "package our:test; world w { export run: func() -> u32; }";
        PackageGraph graph = WitReader.parse(new Source("test.wit", wit), Features.ALL);
        var types = new TypeSection(graph, graph.world("w").orElseThrow(), StringEncoding.UTF8, Producers.none());
        return TypedModule.embed(Wat.parse("user.wat", USER), types);
    }

    @Test
    void librariesThatNobodyNeedsAreLeftOut() {
        byte[] provider = Wat.parse("a.wat", "(module (func (export \"answer\") (result i32) i32.const 42))");
        byte[] other = Wat.parse("b.wat", "(module (func (export \"other\")))");
        byte[] made = new Linker(MakeOptions.DEFAULT)
                .library("user", user(), false)
                .library("provider", provider, false)
                .library("other", other, false)
                .link();
        // the two, the main module, and what runs last
        assertEquals(
                4, ComponentDecoder.decode(made).definitions(CoreModule.class).count());
    }

    @Test
    void saysWhoNeedsWhat() {
        var linker = new Linker(MakeOptions.DEFAULT).library("user", user(), false);
        MakeException error = assertThrows(MakeException.class, linker::link);
        assertEquals(
                "library `user` needs function `answer` of type `() -> (i32)`, and no library exports it",
                error.getMessage());
    }

    @Test
    void stubsStandInForWhatNobodyHas() {
        byte[] made = new Linker(MakeOptions.DEFAULT)
                .library("user", user(), false)
                .stubMissingFunctions(true)
                .link();
        assertTrue(ComponentDecoder.isComponent(made));
    }
}
