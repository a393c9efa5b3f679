package tenon.make.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.Canon;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.make.MakeException;
import tenon.make.Producers;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.text.Wat;
import tenon.types.TenonException;
import tenon.wit.PackageGraph;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

final class ComponentMakerTest {
    private static final String WIT = """
            package our:test@0.1.0;

            interface log {
                line: func(text: string);
                flush: func();
            }

            world program {
                import log;
                export run: func() -> u32;
            }
            """;

    private static byte[] module(String wit, String world, String wat) {
        PackageGraph graph = WitReader.parse(new Source("test.wit", wit), Features.ALL);
        var types = new TypeSection(graph, graph.world(world).orElseThrow(), StringEncoding.UTF8, Producers.none());
        return TypedModule.embed(Wat.parse("test.wat", wat), types);
    }

    private static Component make(String wat) {
        byte[] made = new ComponentMaker(MakeOptions.DEFAULT)
                .module(module(WIT, "program", wat))
                .make();
        return ComponentDecoder.decode(made);
    }

    @Test
    void importsThatNobodyUsesAreLeftOut() {
        Component made = make("(module (func (export \"run\") (result i32) i32.const 1))");
        assertEquals(List.of(), made.imports());
        String world = WitPrinter.all(ComponentWorld.of(made));
        assertTrue(world.contains("export run: func() -> u32;"), world);
    }

    @Test
    void functionsThatNobodyUsesAreLeftOut() {
        Component made = make("""
                (module
                  (import "our:test/log@0.1.0" "flush" (func))
                  (func (export "run") (result i32) i32.const 1))
                """);
        String world = WitPrinter.all(ComponentWorld.of(made));
        assertTrue(world.contains("flush: func();"), world);
        assertTrue(!world.contains("line"), world);
    }

    @Test
    void standardNamesMeanTheSame() {
        Component made = make("""
                (module
                  (import "cm32p2|our:test/log@0.1" "line" (func (param i32 i32)))
                  (memory (export "cm32p2_memory") 1)
                  (func (export "cm32p2||run") (result i32) i32.const 1))
                """);
        assertEquals(1, made.imports().size());
    }

    @Test
    void saysWhichExportIsMissing() {
        MakeException error = assertThrows(MakeException.class, () -> make("(module)"));
        assertTrue(error.getMessage().contains("function `run`"), error.getMessage());
    }

    @Test
    void saysWhichImportHasAnotherType() {
        MakeException error = assertThrows(MakeException.class, () -> make("""
                (module
                  (import "our:test/log@0.1.0" "flush" (func (param i32)))
                  (func (export "run") (result i32) i32.const 1))
                """));
        assertTrue(
                error.getMessage()
                        .contains("import `our:test/log@0.1.0` `flush`: function `flush` has type `(i32) -> ()`"),
                error.getMessage());
    }

    @Test
    void stringsNeedAMemory() {
        MakeException error = assertThrows(MakeException.class, () -> make("""
                (module
                  (import "our:test/log@0.1.0" "line" (func (param i32 i32)))
                  (func (export "run") (result i32) i32.const 1))
                """));
        assertTrue(error.getMessage().contains("exports no memory"), error.getMessage());
    }

    @Test
    void adaptersAreCutDownToWhatIsUsed() {
        byte[] adapter = module(WIT.replace("export run: func() -> u32;", ""), "program", """
                (module
                  (import "our:test/log@0.1.0" "flush" (func $flush))
                  (import "our:test/log@0.1.0" "line" (func $line (param i32 i32)))
                  (func (export "sync") call $flush)
                  (func (export "write") (param i32 i32) (call $line (local.get 0) (local.get 1))))
                """);
        byte[] main = module(WIT, "program", """
                (module
                  (import "old" "sync" (func $sync))
                  (func (export "run") (result i32) call $sync i32.const 1))
                """);
        byte[] made = new ComponentMaker(MakeOptions.DEFAULT)
                .module(main)
                .adapter("old", adapter)
                .make();
        String world = WitPrinter.all(ComponentWorld.of(ComponentDecoder.decode(made)));
        assertTrue(world.contains("flush: func();"), world);
        assertTrue(!world.contains("line"), world);
    }

    @Test
    void adaptersMustHaveWhatIsImported() {
        byte[] adapter = module(WIT.replace("export run: func() -> u32;", ""), "program", "(module)");
        byte[] main = module(WIT, "program", """
                (module
                  (import "old" "sync" (func $sync))
                  (func (export "run") (result i32) call $sync i32.const 1))
                """);
        var maker = new ComponentMaker(MakeOptions.DEFAULT).module(main).adapter("old", adapter);
        MakeException error = assertThrows(MakeException.class, maker::make);
        assertTrue(error.getMessage().startsWith("adapter `old`: function `sync` is missing"), error.getMessage());
    }

    @Test
    void importsOfOneNameMustBeOfOneType() {
        String wit = "package our:test; world w { import f: func() -> RESULT; }";
        byte[] adapter = module(wit.replace("RESULT", "result<_, u32>"), "w", "(module)");
        byte[] main = module(wit.replace("RESULT", "result<u32>"), "w", "(module)");
        assertThrows(
                TenonException.class,
                () -> new ComponentMaker(MakeOptions.DEFAULT)
                        .module(main)
                        .adapter("old", adapter)
                        .make());
        byte[] same = module(wit.replace("RESULT", "result<u32>"), "w", "(module)");
        assertTrue(ComponentDecoder.isComponent(new ComponentMaker(MakeOptions.DEFAULT)
                .module(main)
                .adapter("old", same)
                .make()));
    }

    @Test
    void typesComeBackAsTheyWereEmbedded() {
        TypedModule typed = TypedModule.of(module(WIT, "program", "(module)"));
        assertEquals(1, typed.types().size());
        assertEquals(
                Optional.of("program"),
                typed.types().stream()
                        .map(each -> each.graph().get(each.world()).name())
                        .findFirst());
        assertEquals(StringEncoding.UTF8, typed.types().getFirst().encoding());
    }

    @Test
    void modulesWithWideMemoriesHaveWideAddresses() {
        byte[] main = module(
                "package our:test; world w { import name: func() -> string; export greet: func(who: string) -> string; }",
                "w",
                """
                (module
                  (import "$root" "name" (func $name (param i64)))
                  (memory (export "memory") i64 1)
                  (func (export "cabi_realloc") (param i64 i64 i64 i64) (result i64) unreachable)
                  (func (export "greet") (param i64 i64) (result i64) (call $name (i64.const 8)) (i64.const 8)))
                """);
        var maker = new ComponentMaker(MakeOptions.DEFAULT).module(main);
        Component made = ComponentDecoder.decode(maker.make(), ComponentFeatures.ALL);
        assertEquals(1, made.imports().size());
    }

    @Test
    void addressesAreOfTheMemorysType() {
        byte[] main = module("package our:test; world w { export greet: func(who: string); }", "w", """
                (module
                  (memory (export "memory") i64 1)
                  (func (export "cabi_realloc") (param i64 i64 i64 i64) (result i64) unreachable)
                  (func (export "greet") (param i32 i32)))
                """);
        var maker = new ComponentMaker(MakeOptions.DEFAULT).module(main);
        MakeException error = assertThrows(MakeException.class, maker::make);
        assertEquals(
                "export `greet`: function `greet` has type `(i32, i32) -> ()`, expected `(i64, i64) -> ()`",
                error.getMessage());
    }

    @Test
    void streamsAndFuturesAreForwarded() {
        byte[] main = module(
                "package our:test; world w { import f: func(a: stream<u8>) -> future<u8>; export run: func(); }",
                "w",
                """
                (module
                  (import "$root" "[stream-forward-0]f" (func (param i32 i32)))
                  (import "$root" "[future-forward-1]f" (func (param i32 i32)))
                  (func (export "run")))
                """);
        byte[] made = new ComponentMaker(MakeOptions.DEFAULT).module(main).make();
        var canons = ComponentDecoder.decode(made, ComponentFeatures.ALL)
                .definitions(Canon.class)
                .toList();
        assertTrue(canons.stream().anyMatch(Canon.StreamForward.class::isInstance), canons.toString());
        assertTrue(canons.stream().anyMatch(Canon.FutureForward.class::isInstance), canons.toString());
    }
}
