package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintTest {

    @Test
    void binaryBecomesText(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wat"), "(module $m (func $f (export \"f\") nop))");
        Path binary = folder.resolve("a.wasm");
        assertEquals(
                Tenon.DONE,
                Terminal.run("parse", text.toString(), "-o", binary.toString()).code());
        Terminal run = Terminal.run("print", binary.toString());
        assertEquals("", run.err());
        assertEquals("""
                (module $m
                  (type (;0;) (func))
                  (func $f (;0;) (type 0)
                    nop
                  )
                  (export "f" (func $f))
                )
                """, run.out());
    }

    @Test
    void whatIsNoBinaryIsRefusedWithItsOffset(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("a.wasm"), "(module)");
        Terminal run = Terminal.run("print", text.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("at byte 0x0"), run.err());
    }
}
