package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two components that are composed in both ways, and run. */
class ComposeTest {
    private static final String NUMBERS = """
            (component
              (core module $m (func (export "f") (result i32) (i32.const 41)))
              (core instance $i (instantiate $m))
              (func $f (result u32) (canon lift (core func $i "f")))
              (instance $out (export "next" (func $f)))
              (export "our:api/numbers@0.1.3" (instance $out)))
            """;

    private static final String APP = """
            (component
              (import "our:api/numbers@0.1.0" (instance $n (export "next" (func (result u32)))))
              (core func $next (canon lower (func $n "next")))
              (core module $m
                (import "n" "next" (func $next (result i32)))
                (func (export "f") (result i32) (i32.add (call $next) (i32.const 1))))
              (core instance $i (instantiate $m (with "n" (instance (export "next" (func $next))))))
              (func (export "answer") (result u32) (canon lift (core func $i "f"))))
            """;

    private static final String DOCUMENT = """
            package our:app;
            let numbers = new our:numbers {};
            let app = new our:answers { "our:api/numbers@0.1.0": numbers["our:api/numbers@0.1.3"] };
            export app.answer;
            """;

    private static Path files(Path folder) throws IOException {
        Path deps = Files.createDirectories(folder.resolve("deps/our"));
        Files.writeString(deps.resolve("numbers.wat"), NUMBERS);
        Files.writeString(deps.resolve("answers.wat"), APP);
        return Files.writeString(folder.resolve("app.wac"), DOCUMENT);
    }

    private static void answers(Path component) {
        Terminal run = Terminal.run("run", "--invoke", "answer()", component.toString());
        assertEquals("", run.err());
        assertEquals("42\n", run.out());
    }

    @Test
    void documentIsComposedAndRuns(@TempDir Path folder) throws IOException {
        Path file = files(folder);
        Path out = folder.resolve("app.wasm");
        Terminal run = Terminal.run("compose", file.toString(), "-o", out.toString());
        assertEquals("", run.err());
        assertEquals(Tenon.DONE, run.code());
        answers(out);
        Path again = folder.resolve("again.wasm");
        Terminal.run(
                "compose",
                file.toString(),
                "-d",
                "our:numbers=" + folder.resolve("deps/our/numbers.wat"),
                "--deps-dir",
                folder.resolve("deps").toString(),
                "-o",
                again.toString());
        assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(again));
    }

    @Test
    void plugGivesTheSameAnswer(@TempDir Path folder) throws IOException {
        files(folder);
        Path out = folder.resolve("plugged.wasm");
        Terminal run = Terminal.run(
                "plug",
                folder.resolve("deps/our/answers.wat").toString(),
                "--plug",
                folder.resolve("deps/our/numbers.wat").toString(),
                "-o",
                out.toString());
        assertEquals("", run.err());
        answers(out);
    }

    @Test
    void dependenciesCanBeImported(@TempDir Path folder) throws IOException {
        Terminal run = Terminal.run("compose", files(folder).toString(), "--import-dependencies", "--wat");
        assertEquals("", run.err());
        assertTrue(run.out().contains("(import \"our-numbers\" (external-id \"our:numbers\")"), run.out());
        assertTrue(run.out().contains("(processed-by \"tenon\""), run.out());
    }

    @Test
    void syntaxAndMeaningAreShown(@TempDir Path folder) throws IOException {
        Path file = files(folder);
        assertTrue(Terminal.run("wac", "parse", file.toString()).out().startsWith("{\n  \"docs\": []"));
        Terminal graph = Terminal.run("wac", "resolve", file.toString());
        assertEquals("", graph.err());
        assertTrue(graph.out().contains("0 -> 1 [ label = \"aliased export\" ]"), graph.out());
    }

    @Test
    void mismatchIsShownWithAllPlaces(@TempDir Path folder) throws IOException {
        Path file = files(folder);
        Files.writeString(
                folder.resolve("deps/our/numbers.wat"),
                NUMBERS.replace("u32", "s64").replace("i32", "i64"));
        Terminal run = Terminal.run("compose", file.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertEquals("", run.out());
        assertEquals(
                """
                error: argument `our:api/numbers@0.1.0` does not fit: export `next`: result: expected u32, found s64
                  in FILE:3:29
                  | let app = new our:answers { "our:api/numbers@0.1.0": numbers["our:api/numbers@0.1.3"] };
                  |                             ^
                  what is given is export `our:api/numbers@0.1.3` of instance of `our:numbers` (DEPS/numbers.wat)
                  in FILE:2:19
                  | let numbers = new our:numbers {};
                  |                   ^
                  `our:api/numbers@0.1.0` is asked for by `our:answers` (DEPS/answers.wat)
                  in FILE:3:15
                  | let app = new our:answers { "our:api/numbers@0.1.0": numbers["our:api/numbers@0.1.3"] };
                  |               ^
                """,
                run.err()
                        .replace(file.toString(), "FILE")
                        .replace(folder.resolve("deps/our").toString(), "DEPS"));
        Terminal plug = Terminal.run(
                "plug",
                folder.resolve("deps/our/answers.wat").toString(),
                "--plug",
                folder.resolve("deps/our/numbers.wat").toString());
        assertEquals(Tenon.USAGE, plug.code());
        assertTrue(plug.err().contains("does not fit: export `next`: result: expected u32, found s64"), plug.err());
    }

    @Test
    void whatIsNotThereIsSaid(@TempDir Path folder) throws IOException {
        Path file = files(folder);
        Files.delete(folder.resolve("deps/our/numbers.wat"));
        assertTrue(Terminal.run("compose", file.toString()).err().contains("package `our:numbers` is not known"));
        Path answers = folder.resolve("deps/our/answers.wat");
        Terminal typo = Terminal.run("compose", file.toString(), "-d", "our:nmbers=" + answers);
        assertTrue(typo.err().contains("deps/our/numbers.wasm`"), typo.err());
        assertTrue(typo.err().contains("those given by a path are `our:nmbers`"), typo.err());
        Terminal plug = Terminal.run("plug", answers.toString(), "--plug", "nowhere.wasm");
        assertEquals(Tenon.USAGE, plug.code());
        assertEquals("error: file `nowhere.wasm` does not exist", plug.err().strip());
        Terminal nothing = Terminal.run("compose", file.toString(), "-d", "our:numbers");
        assertEquals(Tenon.USAGE, nothing.code());
        assertEquals(
                "error: `-d our:numbers` gives no package, expected `NAME=PATH`",
                nothing.err().strip());
        Terminal document = Terminal.run("wac", "parse", folder.toString());
        assertEquals(Tenon.USAGE, document.code());
        assertTrue(document.err().contains("is a folder, expected a WAC document"), document.err());
        Files.writeString(folder.resolve("deps/our/numbers.wat"), "(module)");
        assertTrue(Terminal.run("compose", file.toString()).err().contains("is not a component"));
        Files.writeString(folder.resolve("deps/our/numbers.wat"), "(component (func))");
        assertEquals(Tenon.USAGE, Terminal.run("compose", file.toString()).code());
        assertEquals(
                Tenon.USAGE,
                Terminal.run("compose", folder.resolve("none.wac").toString()).code());
    }

    @Test
    void whatIsComposedUsesNoFeatureThatIsOff(@TempDir Path folder) throws IOException {
        Path lists = Files.writeString(
                folder.resolve("lists.wat"), "(component (type $t (list u8 4)) (export \"four\" (type $t)))");
        Path document = Files.writeString(folder.resolve("app.wac"), "package our:app;\nlet l = new our:lists {};\n");
        String[] compose = {
            "compose",
            document.toString(),
            "-d",
            "our:lists=" + lists,
            "-o",
            folder.resolve("out.wasm").toString()
        };
        Terminal off = Terminal.run(compose);
        assertTrue(off.err().contains("cm-fixed-length-lists"), off.err());
        String[] on = Arrays.copyOf(compose, compose.length + 2);
        on[compose.length] = "--features";
        on[compose.length + 1] = "cm-fixed-length-lists";
        Terminal run = Terminal.run(on);
        assertEquals("", run.err());
        assertEquals(Tenon.DONE, run.code());
    }
}
