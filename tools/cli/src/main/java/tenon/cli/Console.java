package tenon.cli;

import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command may read and write, so that a test can give it something else than the process's streams.
 *
 * <p>Immutable; the streams belong to whoever made the console and are not closed by commands.
 *
 * @param in standard input
 * @param out what the command was asked for, and nothing else
 * @param err progress and errors
 * @param colours whether both streams may carry colours
 * @param debug whether stack traces are wanted without {@code --verbose}
 */
record Console(InputStream in, PrintStream out, PrintStream err, boolean colours, boolean debug) {

    /** The process's own streams; colours on a terminal only, and never with {@code NO_COLOR} or a dumb terminal. */
    static Console ofProcess() {
        boolean colours = isTerminal() && !isSet("NO_COLOR") && !"dumb".equals(System.getenv("TERM"));
        return new Console(System.in, System.out, System.err, colours, isSet("TENON_DEBUG"));
    }

    Ansi ansi() {
        return colours ? Ansi.ON : Ansi.OFF;
    }

    /** {@code text} in red and bold where colours are allowed. */
    String alarming(String text) {
        return colours ? "\u001b[1;31m" + text + "\u001b[0m" : text;
    }

    /** The launcher knows which of its streams are terminals (by number); the JVM knows only whether all are. */
    private static boolean isTerminal() {
        String streams = System.getProperty("tenon.terminal");
        if (streams != null) {
            return streams.contains("1") && streams.contains("2");
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }
}
