package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tenon.text.Wat;

class ValidateTest {

    @Test
    void aFileThatIsMissingDoesNotHideTheNext() {
        Terminal run = Terminal.run("validate", "nowhere.wasm", "../../examples/hello/hello.wasm");
        assertEquals(Tenon.USAGE, run.code());
        assertEquals("error: file `nowhere.wasm` does not exist", run.err().strip());
        assertEquals(
                "../../examples/hello/hello.wasm: valid component", run.out().strip());
    }

    @Test
    void allFilesAreLookedAt(@TempDir Path folder) throws IOException {
        Path right = Files.writeString(folder.resolve("right.wat"), "(module (func))");
        Path wrong = Files.writeString(folder.resolve("wrong.wat"), "(module (func (result i32)))");
        Path broken = Files.write(folder.resolve("broken.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1});
        Path component = Files.write(folder.resolve("c.wasm"), new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
        Terminal run =
                Terminal.run("validate", wrong.toString(), right.toString(), broken.toString(), component.toString());
        assertEquals(right + ": valid module\n" + component + ": valid component\n", run.out());
        assertTrue(
                run.err().contains(wrong + ": type mismatch: expected i32, found an empty stack (at byte 0x"),
                run.err());
        assertTrue(run.err().contains(broken + ": unexpected end (at byte 0x9)"), run.err());
        assertEquals(Tenon.FAILED, run.code());
    }

    @Test
    void allProblemsOfAFileAreTold(@TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.wat"), """
                (component
                  (core module (func (result i32)) (func (result i64)))
                  (type $t (list 9))
                  (type (option $t)))
                """);
        Terminal run = Terminal.run("validate", wrong.toString());
        assertEquals(3, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("unknown type 9"), run.err());
        assertEquals(Tenon.FAILED, run.code());
        Terminal json = Terminal.run("validate", "--json", wrong.toString());
        assertTrue(json.out().contains("\"valid\": false"), json.out());
        assertTrue(json.out().contains("\"offset\": "), json.out());
    }

    @Test
    void featuresAreSwitchedOnAndOff(@TempDir Path folder) throws IOException {
        Path maps = Files.writeString(folder.resolve("maps.wat"), "(component (type (map string u32)))");
        assertEquals(Tenon.DONE, Terminal.run("validate", maps.toString()).code());
        Terminal off = Terminal.run("validate", "-f", "-cm-map", maps.toString());
        assertTrue(off.err().contains("`map` requires the component model feature `cm-map`"), off.err());
        Path lists = Files.writeString(folder.resolve("lists.wat"), "(component (type (list u8 4)))");
        assertEquals(Tenon.FAILED, Terminal.run("validate", lists.toString()).code());
        assertEquals(
                Tenon.DONE,
                Terminal.run("validate", "--features", "cm-fixed-length-lists", lists.toString())
                        .code());
        assertEquals(
                Tenon.USAGE,
                Terminal.run("validate", "-f", "nonsense", lists.toString()).code());
    }

    @Test
    void servedComponentsUseNoFeatureThatIsOff(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("maps.wat"), "(component (type (map string u32)))");
        Path maps = folder.resolve("maps.wasm");
        assertEquals(
                Tenon.DONE,
                Terminal.run("parse", text.toString(), "-o", maps.toString()).code());
        Path manifest = Files.writeString(folder.resolve("spin.toml"), """
                spin_manifest_version = 2
                [application]
                name = "maps"
                [[trigger.http]]
                route = "/"
                component = "maps"
                [component.maps]
                source = "maps.wasm"
                """);
        String refused = "`map` requires the component model feature `cm-map`";
        for (String command : new String[] {"serve", "up"}) {
            String file = (command.equals("up") ? manifest : maps).toString();
            String address = command.equals("up") ? "--listen" : "--addr";
            Terminal off = Terminal.run(command, address, "127.0.0.1:0", "--features", "-cm-map", file);
            assertTrue(off.err().contains(refused), off.err());
            Terminal on = Terminal.run(command, address, "127.0.0.1:0", file);
            assertTrue(on.code() != Tenon.DONE, on.err());
            assertTrue(!on.err().contains(refused), on.err());
        }
    }

    @Test
    void whatIsSwitchedOffIsNotRunEither(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tail.wasm");
        Files.write(file, Wat.parse("tail.wat", """
                (component
                  (core module $m
                    (func $seven (result i32) (i32.const 7))
                    (func (export "run") (result i32) (return_call $seven)))
                  (core instance $i (instantiate $m))
                  (func (export "run") (result u32) (canon lift (core func $i "run"))))
                """));
        Terminal run = Terminal.run("run", "--no-cache", "--invoke", "run()", file.toString());
        assertEquals("7\n", run.out(), run.err());
        Terminal refused =
                Terminal.run("run", "--no-cache", "--features=-tail-call", "--invoke", "run()", file.toString());
        assertEquals(Tenon.USAGE, refused.code(), refused.err());
        assertTrue(refused.err().contains("`return_call` needs the feature"), refused.err());
    }
}
