package tenon.conformance.wac;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import tenon.component.read.ComponentDecoder;
import tenon.compose.encode.Dependencies;
import tenon.text.Wat;

/** Compares composed components with the text that is expected; what the tool says about itself is not looked at. */
final class ComposedText {
    private static final Pattern PRODUCERS = Pattern.compile("  \\(@producers\\n.*?\\n  \\)\\n", Pattern.DOTALL);

    /** How a component is imported today. */
    private static final Pattern NAME = Pattern.compile("\\(import \"[a-z0-9-]+\" \\(external-id \"([a-z0-9:-]+)\"\\)");

    private ComposedText() {}

    /** Writes a composition. */
    interface Encoding {
        byte[] encode(Dependencies dependencies);
    }

    /**
     * The text is the same when components are imported as they are today, but for their names; and with the names of the suite, which the
     * specification has dropped, each byte is that of the text.
     */
    static void assertSame(String expected, Encoding composition) {
        String wanted = PRODUCERS.matcher(expected).replaceAll("");
        String text = Wat.print(ComponentDecoder.decode(composition.encode(Dependencies.IMPORTED)));
        assertEquals(wanted, NAME.matcher(text).replaceAll("(import \"unlocked-dep=<$1>\""));
        assertArrayEquals(Wat.parse("expected", wanted), composition.encode(Dependencies.IMPORTED_BY_OLD_NAME));
    }
}
