package tenon.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One run of the command line in a test: what it wrote and how it ended. */
record Terminal(int code, String out, String err) {

    static Terminal run(String... arguments) {
        return run(false, arguments);
    }

    static Terminal run(boolean colours, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(new ByteArrayInputStream(new byte[0]), stream(out), stream(err), colours, false);
        int code = Tenon.run(console, arguments);
        return new Terminal(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
