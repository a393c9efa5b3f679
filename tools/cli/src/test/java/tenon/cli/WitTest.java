package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitTest {

    private static Path packageIn(Path folder) throws IOException {
        Files.writeString(folder.resolve("a.wit"), "package a:b;\nworld w { import c:d/e; export run: func(); }\n");
        Path deps = Files.createDirectories(folder.resolve("deps"));
        Files.writeString(
                deps.resolve("d.wit"),
                "package c:d;\ninterface e { f: func() -> u32; @unstable(feature = x) g: func(); }\n");
        return folder;
    }

    @Test
    void packageIsPrinted(@TempDir Path folder) throws IOException {
        Terminal run = Terminal.run("wit", packageIn(folder).toString());
        assertEquals("", run.err());
        assertEquals(Tenon.DONE, run.code());
        assertEquals("""
                package a:b;

                world w {
                  import c:d/e;

                  export run: func();
                }
                package c:d {
                  interface e {
                    f: func() -> u32;
                  }
                }
                """, run.out());
    }

    @Test
    void unstableFeaturesAreSwitchedOn(@TempDir Path folder) throws IOException {
        Terminal run = Terminal.run("wit", packageIn(folder).toString(), "--features", "x", "--json");
        assertEquals(Tenon.DONE, run.code(), run.err());
        assertTrue(run.out().contains("\"g\": {"), run.out());
    }

    @Test
    void allProblemsAreShownWithHints(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.wit"),
                "package a:b;\ninterface i {\n  f: func(a: float32);\n  g: func(b: gone);\n}\n");
        Terminal run = Terminal.run("wit", file.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("type `float32` does not exist"), run.err());
        assertTrue(run.err().contains("a.wit:3:14"), run.err());
        assertTrue(run.err().contains("hint: WIT has `f32` for it"), run.err());
        assertTrue(run.err().contains("a.wit:4:14"), run.err());
    }

    @Test
    void packageBecomesABinaryAndBack(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("d.wit"), "package c:d; interface e { f: func() -> list<u8>; }");
        Path main = Files.createDirectories(folder.resolve("main/deps"));
        Terminal run = Terminal.run(
                "wit", other.toString(), "--wasm", "-o", main.resolve("d.wasm").toString());
        assertEquals("", run.err());
        Files.writeString(folder.resolve("main/a.wit"), "package a:b; world w { import c:d/e; }");
        String printed = Terminal.run("wit", folder.resolve("main").toString()).out();
        assertTrue(printed.contains("f: func() -> list<u8>;"), printed);
        assertTrue(Terminal.run("wit", main.resolve("d.wasm").toString()).out().startsWith("package c:d;"), printed);
    }

    @Test
    void worldIsTurnedRound(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.wit"), "package a:b; world w { export run: func(); }");
        Terminal run = Terminal.run("wit", file.toString(), "--importize-world", "w");
        assertEquals("package a:b;\n\nworld w-importized {\n  import run: func();\n}\n", run.out(), run.err());
        assertEquals(
                Tenon.USAGE,
                Terminal.run("wit", file.toString(), "--importize-world", "x").code());
    }

    @Test
    void componentFitsItsWorldOrNot(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.wit"), "package a:b; world w { export run: func(); }");
        Path component = Files.write(folder.resolve("c.wasm"), new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
        Terminal run = Terminal.run("wit", file.toString(), "--fits", component.toString());
        assertEquals(Tenon.FAILED, run.code());
        assertEquals(
                "error: export `run` is missing, which world `w` asks for",
                run.err().strip());
        Files.writeString(file, "package a:b; world w { import run: func(); }");
        assertEquals(
                Tenon.DONE,
                Terminal.run("wit", file.toString(), "--fits", component.toString())
                        .code());
    }

    @Test
    void filesAreFormatted(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.wit"), "package a:b;interface i{ f:func(); }");
        assertEquals(
                Tenon.FAILED, Terminal.run("wit", file.toString(), "--check").code());
        assertEquals(Tenon.DONE, Terminal.run("wit", folder.toString(), "--fmt").code());
        assertEquals("package a:b;\ninterface i {\n  f: func();\n}\n", Files.readString(file));
        assertEquals(
                Tenon.DONE, Terminal.run("wit", folder.toString(), "--check").code());
    }

    @Test
    void modulesOfAComponentMayHavePagesOfAnotherSize(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(
                folder.resolve("pages.wat"), "(component (core module (memory 1 (pagesize 1))) (import \"f\" (func)))");
        Path component = folder.resolve("pages.wasm");
        Terminal.run("parse", text.toString(), "-o", component.toString());
        Terminal run = Terminal.run("wit", component.toString());
        assertEquals("", run.err());
        assertTrue(run.out().contains("import f: func();"), run.out());
    }
}
