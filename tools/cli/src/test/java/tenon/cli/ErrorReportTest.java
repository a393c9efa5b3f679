package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import tenon.types.MalformedException;
import tenon.types.Place;

class ErrorReportTest {

    @Test
    void textPositionIsShownWithItsLineAndACaret() {
        var place = new Place.TextPosition("a.wat", 3, 7, "\t(func $f)");
        assertEquals("""
                error: function `f` has no body
                  in a.wat:3:7
                  | \t(func $f)
                  | \t     ^
                """, report(new MalformedException(place, "function `f` has no body")));
    }

    @Test
    void byteOffsetIsShownInHexadecimal() {
        var place = new Place.ByteOffset(31);
        assertEquals("""
                error: unexpected end
                  at byte 0x1f
                """, report(new MalformedException(place, "unexpected end")));
    }

    @Test
    void missingFileIsNamed() {
        assertEquals("error: file `no.wasm` does not exist\n", report(new NoSuchFileException("no.wasm")));
    }

    @Test
    void ourOwnFaultAsksForAReport() {
        assertEquals("""
                error: java.lang.IllegalStateException: slot is in use
                  this is a fault of tenon and not of the guest; please report it with the output of --verbose
                """, report(new IllegalStateException("slot is in use")));
    }

    private static String report(Throwable error) {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new ErrorReport(new Console(InputStream.nullInputStream(), err, err, false, false), false).of(error);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
