package tenon.conformance.make;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.cli.Main;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.CoreModule;
import tenon.component.read.ComponentDecoder;
import tenon.make.MakeException;
import tenon.make.Producers;
import tenon.make.component.MakeOptions;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.make.link.Linker;
import tenon.text.Wat;
import tenon.wit.PackageGraph;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** A program finds functions and variables of libraries at run time, by the library {@code libdl.so} that is built in. */
class BuiltInLibdlTest {
    /** Texts stand 16 bytes apart: that is how a call names them. */
    private static final String PROGRAM = """
            (module
              (import "env" "memory" (memory 1))
              (import "env" "__indirect_function_table" (table 0 funcref))
              (import "env" "__memory_base" (global $base i32))
              (import "env" "dlopen" (func $dlopen (param i32 i32) (result i32)))
              (import "env" "dlsym" (func $dlsym (param i32 i32) (result i32)))
              (import "env" "dlclose" (func $dlclose (param i32) (result i32)))
              (import "env" "dlerror" (func $dlerror (result i32)))
              (type $unary (func (param i32) (result i32)))
              (@dylink.0 (mem-info (memory 128 4)))
              (data (global.get $base) "TEXTS")
              (func $text (param i32) (result i32)
                (i32.add (global.get $base) (i32.mul (local.get 0) (i32.const 16))))
              (func $open (export "open") (param i32 i32) (result i32)
                (call $dlopen (call $text (local.get 0)) (local.get 1)))
              (func $find (export "find") (param i32 i32) (result i32)
                (call $dlsym (call $open (local.get 0) (i32.const 2)) (call $text (local.get 1))))
              (func (export "call") (param i32 i32 i32) (result i32)
                (call_indirect (type $unary) (local.get 2) (call $find (local.get 0) (local.get 1))))
              (func (export "read") (param i32 i32) (result i32)
                (i32.load (call $find (local.get 0) (local.get 1))))
              (func (export "close") (param i32 i32) (result i32)
                (call $dlclose (i32.add (call $open (local.get 0) (i32.const 1)) (local.get 1))))
              (func (export "two-errors") (result i32)
                (drop (call $open (i32.const 2) (i32.const 1)))
                (if (i32.eqz (call $dlerror)) (then (unreachable)))
                (call $dlerror)))
            """.replace("TEXTS", texts("double", "triple", "tripl", "twice", "what"));

    private static final String WIT = """
            package our:test;
            world program {
              export open: func(library: u32, mode: u32) -> u32;
              export find: func(library: u32, symbol: u32) -> u32;
              export call: func(library: u32, symbol: u32, argument: u32) -> u32;
              export read: func(library: u32, symbol: u32) -> u32;
              export close: func(library: u32, offset: u32) -> s32;
              export two-errors: func() -> u32;
            }
            """;

    private static String library(int factor) {
        return """
            (module
              (import "env" "memory" (memory 1))
              (import "env" "__memory_base" (global $base i32))
              (@dylink.0 (mem-info (memory 4 2)))
              (data (global.get $base) "\\%02x\\00\\00\\00")
              (global (export "what") i32 (i32.const 0))
              (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const %d))))
            """.formatted(100 + factor, 2 * factor);
    }

    @TempDir
    Path folder = Path.of("");

    private static String texts(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text + "\\00".repeat(16 - text.length()))
                .collect(Collectors.joining());
    }

    private static byte[] program() {
        PackageGraph graph = WitReader.parse(new Source("test.wit", WIT), Features.ALL);
        var types = new TypeSection(graph, graph.world("program").orElseThrow(), StringEncoding.UTF8, Producers.none());
        return TypedModule.embed(Wat.parse("program.wat", PROGRAM), types);
    }

    private static Linker linker() {
        return new Linker(MakeOptions.DEFAULT)
                .library("triple", Wat.parse("triple.wat", library(3)), true)
                .library("double", Wat.parse("double.wat", library(2)), true)
                .library("program", program(), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "call(0, 3, 5); 20",
                "call(1, 3, 5); 30",
                "read(0, 4); 102",
                "read(1, 4); 103",
                "find(0, 0); 0",
                "find(2, 3); 0",
                "open(2, 1); 0",
                "open(0, 4); 0",
                "close(0, 0); 0",
                "close(0, 4); -1",
                "two-errors(); 0"
            })
    void findsWhatIsThereAndSaysWhatIsNot(String call, String expected) throws IOException {
        Path component = folder.resolve("program.wasm");
        Files.write(component, linker().builtInLibdl().link());
        assertEquals(expected, invoke(component, call));
    }

    @Test
    void isLeftOutWhereNobodyCallsIt() {
        byte[] plain = Wat.parse("plain.wat", "(module (func (export \"run\")))");
        PackageGraph graph = WitReader.parse(
                new Source("test.wit", "package our:test; world w { export run: func(); }"), Features.ALL);
        var types = new TypeSection(graph, graph.world("w").orElseThrow(), StringEncoding.UTF8, Producers.none());
        byte[] made = new Linker(MakeOptions.DEFAULT)
                .library("plain", TypedModule.embed(plain, types), false)
                .builtInLibdl()
                .link();
        // the library, the main module, and what runs last
        assertEquals(
                3, ComponentDecoder.decode(made).definitions(CoreModule.class).count());
    }

    @Test
    void isNotThereUnasked() {
        assertThrows(MakeException.class, () -> linker().link());
    }

    private static String invoke(Path component, String call) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "run",
                "--invoke",
                call,
                component.toString());
        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
