package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseTest {

    @Test
    void textBecomesABinary(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wat"), "(module (func))");
        Path binary = folder.resolve("a.wasm");
        Terminal run = Terminal.run("parse", text.toString(), "-o", binary.toString());
        assertEquals("", run.err());
        assertEquals(Tenon.DONE, run.code());
        byte[] expected = {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 4, 1, 2, 0, 0x0b};
        assertArrayEquals(expected, Files.readAllBytes(binary));
    }

    @Test
    void wrongTextIsShownWithItsPlace(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wat"), "(module\n  (func frob))");
        Path binary = folder.resolve("a.wasm");
        Terminal run = Terminal.run("parse", text.toString(), "-o", binary.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("unknown operator `frob`"), run.err());
        assertTrue(run.err().contains("a.wat:2:9"), run.err());
        assertTrue(run.err().contains("|         ^"), run.err());
        assertFalse(Files.exists(binary));
    }

    @Test
    void missingFileIsNamed() {
        Terminal run = Terminal.run("parse", "nowhere.wat");
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("file `nowhere.wat` does not exist"), run.err());
    }
}
