package tenon.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /**
     * Runs one command inside this process: reads from {@code in}, writes to {@code out} and {@code err}, and gives the exit code; {@link
     * Tenon} says what the codes mean. The streams stay open.
     */
    public static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
        return Tenon.run(new Console(in, out, err, false, false), arguments);
    }

    /** Runs one command and ends the process with its exit code; {@link Tenon} says what the codes mean. */
    public static void main(String[] arguments) {
        int code = Tenon.run(Console.ofProcess(), arguments);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }
}
