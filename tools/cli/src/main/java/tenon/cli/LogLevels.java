package tenon.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What a person at the command line sees of logs: of the libraries' own, warnings; and one line for each entry. */
final class LogLevels {
    // the log manager forgets loggers that nobody holds
    private static final Logger LIBRARIES = Logger.getLogger("org.eclipse.jetty");

    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    private LogLevels() {}

    static void quieten() {
        // read when the first entry is written; whoever has set another keeps it
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n");
        }
        LIBRARIES.setLevel(Level.WARNING);
    }
}
