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
        return run("", colours, arguments);
    }

    /** With {@code input} on the standard input. */
    static Terminal fed(String input, String... arguments) {
        return run(input, false, arguments);
    }

    private static Terminal run(String input, boolean colours, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var console = new Console(in, stream(out), stream(err), colours, false);
        int code = Tenon.run(console, arguments);
        return new Terminal(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
