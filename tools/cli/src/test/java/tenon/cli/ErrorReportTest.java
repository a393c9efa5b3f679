package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tenon.app.Problem;
import tenon.core.Trap;
import tenon.core.TrapKind;
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

    @Test
    void aTrapShowsWhereTheGuestWas() {
        var trap = new Trap(TrapKind.UNREACHABLE);
        trap.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(null, null, null, "module", "main", "wasm:0x1f", -1),
            new StackTraceElement("tenon.cli.Run", "command", "Run.java", 116)
        });
        assertEquals("""
                error: unreachable
                  at module.main(wasm:0x1f)
                """, report(trap));
    }

    @Test
    void aWarningIsShownLikeAnError() {
        var place = new Place.TextPosition("spin.toml", 4, 9, "route = \"/a\"");
        assertEquals("""
                warning: no request takes route `/a`
                  in spin.toml:4:9
                  | route = "/a"
                  |         ^
                """, printed(report -> report.warn(new Problem(place, "no request takes route `/a`"))));
    }

    private static String report(Throwable error) {
        return printed(report -> report.of(error));
    }

    private static String printed(Consumer<ErrorReport> action) {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        action.accept(new ErrorReport(new Console(InputStream.nullInputStream(), err, err, false, false), false));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
