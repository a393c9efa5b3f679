package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
