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
                  (export "f" (func $f))
                  (func $f (;0;) (type 0)
                    nop
                  )
                )
                """, run.out());
    }

    @Test
    void componentsArePrinted(@TempDir Path folder) throws IOException {
        String text = """
                (component $c
                  (core module $m (;0;)
                    (type (;0;) (func))
                    (export "f" (func 0))
                    (func (;0;) (type 0))
                  )
                  (core instance $i (;0;) (instantiate $m))
                  (type (;0;) (func))
                  (alias core export $i "f" (core func $f (;0;)))
                  (func $"#func0 #f" (@name "#f") (;0;) (type 0) (canon lift (core func $f)))
                  (export (;1;) "run" (func $"#func0 #f"))
                )
                """;
        Path file = Files.writeString(folder.resolve("c.wat"), text);
        Path binary = folder.resolve("c.wasm");
        assertEquals(
                Tenon.DONE,
                Terminal.run("parse", file.toString(), "-o", binary.toString()).code());
        Terminal run = Terminal.run("print", binary.toString());
        assertEquals("", run.err());
        assertEquals(text, run.out());
    }

    @Test
    void whatIsNoWebAssemblyIsRefusedWithItsName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.wasm"), "nonsense");
        Terminal run = Terminal.run("print", file.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("a.wasm` is no WebAssembly"), run.err());
    }

    @Test
    void whatIsMalformedIsRefusedWithItsOffset(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a.wasm"), new byte[] {0, 'a', 's', 'm', 9, 0, 0, 0});
        Terminal run = Terminal.run("print", file.toString());
        assertEquals(Tenon.USAGE, run.code());
        assertTrue(run.err().contains("at byte 0x4"), run.err());
    }
}
