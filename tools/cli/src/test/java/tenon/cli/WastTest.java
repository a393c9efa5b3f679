package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WastTest {
    private static final String ADD = """
            (module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
            (assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 3))
            """;

    @Test
    void countsAssertions(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("add.wast"), ADD);
        Terminal run = Terminal.run("wast", folder.toString());
        assertEquals("2 passed, 0 failed, 0 skipped\n", run.out());
        assertEquals(Tenon.DONE, run.code(), run.err());
    }

    @Test
    void failuresHaveTheirPlace(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("add.wast"), ADD.replace("(i32.const 3)", "(i32.const 4)"));
        Terminal run = Terminal.run("wast", script.toString());
        assertTrue(
                run.out().startsWith("failed " + script + ":2:1: result mismatch: found [i32 3], expected [i32 4]"),
                run.out());
        assertTrue(run.out().endsWith("1 passed, 1 failed, 0 skipped\n"), run.out());
        assertEquals(Tenon.FAILED, run.code());
    }

    @Test
    void scriptsEndWhenTheirTimeIsUp(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("a.wast"), """
                (module (func (export "forever") (loop (br 0))))
                (assert_trap (invoke "forever") "unreachable")
                (assert_return (invoke "forever"))
                """);
        Terminal run = Terminal.run("wast", "--time-limit", "1", script.toString());
        assertTrue(run.out().contains(script + ":2:1: the script has taken longer than 1.0 s"), run.out());
        assertTrue(run.out().endsWith("1 passed, 2 failed, 0 skipped\n"), run.out());
    }

    @Test
    void headersSayWhatIsNeeded(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("a.wast"), """
                ;; RUN: wast % -f=-multi-memory
                (assert_invalid (module (memory 1) (memory 1)) "multiple memories")
                """);
        Terminal run = Terminal.run("wast", script.toString());
        assertEquals("1 passed, 0 failed, 0 skipped\n", run.out());
    }

    @Test
    void folderWithoutScriptsIsAMistake(@TempDir Path folder) {
        Terminal run = Terminal.run("wast", folder.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().startsWith("error: folder `" + folder + "` holds no scripts"), run.err());
    }

    @Test
    void scriptsThatDoNotParseFail(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("a.wast"), "(assert_nothing)");
        Terminal run = Terminal.run("wast", script.toString());
        assertTrue(run.out().contains("the script does not parse"), run.out());
        assertTrue(run.out().endsWith("0 passed, 1 failed, 0 skipped\n"), run.out());
        assertEquals(Tenon.FAILED, run.code());
    }

    @Test
    void memoriesOf2GigabytesAreAskedFor(@TempDir Path folder) throws IOException {
        String script = Files.writeString(folder.resolve("large.wast"), """
                        (module (memory 0x9000) (data (i32.const 0x8fff_ff00) "x")
                          (func (export "get") (param i32) (result i32) (i32.load8_u offset=0xff00 (local.get 0))))
                        (assert_return (invoke "get" (i32.const 0x8fff_0000)) (i32.const 120))
                        """).toString();
        Terminal without = Terminal.run("wast", script);
        assertTrue(without.out().contains("without the option `large-memories`"), without.out());
        Terminal with = Terminal.run("wast", "--large-memories", script);
        assertEquals("2 passed, 0 failed, 0 skipped\n", with.out());
    }

    @Test
    void manifestSaysWhatIsNeeded(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("add.wast"), ADD);
        Files.writeString(folder.resolve("manifest.json"), "[{\"id\": \"add\", \"config\": {\"simd\": true}}]");
        Terminal run = Terminal.run("wast", "--json", folder.toString());
        assertEquals(
                "{\"files\":[{\"file\":\"" + folder.resolve("add.wast")
                        + "\",\"passed\":0,\"failed\":0,\"skipped\":2,\"reason\":\"needs what is not supported: simd\","
                        + "\"failures\":[]}],\"passed\":0,\"failed\":0,\"skipped\":2}\n",
                run.out());
        assertEquals(Tenon.DONE, run.code());
    }
}
