package tenon.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What of the libraries' own logs a person at the command line sees: warnings. */
final class LogLevels {
    // the log manager forgets loggers that nobody holds
    private static final Logger LIBRARIES = Logger.getLogger("org.eclipse.jetty");

    private LogLevels() {}

    static void quieten() {
        LIBRARIES.setLevel(Level.WARNING);
    }
}
