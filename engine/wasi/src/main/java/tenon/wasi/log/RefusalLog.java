package tenon.wasi.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Logs what guests were refused. A guest has itself refused things as often as it likes, and says how long what it asks for is: so many
 * lines are written in a second, each of a bounded length, and then how many were left out. Thread-safe; {@code this} guards the counts.
 */
public final class RefusalLog {
    /** Lines in one second. */
    static final int MOST = 20;

    /** Characters of one value in a line. */
    static final int LONGEST = 300;

    private static final long SECOND = 1_000_000_000;

    private final Logger log;
    private final LongSupplier clock;
    private long began;
    private int written;
    private long leftOut;

    RefusalLog(Logger log, LongSupplier clock) {
        this.log = log;
        this.clock = clock;
        this.began = clock.getAsLong();
    }

    /** A log under a name, of which all are written that have it. */
    public static RefusalLog of(String name) {
        return new RefusalLog(System.getLogger(name), System::nanoTime);
    }

    /** Writes a warning, a {@link java.text.MessageFormat} with its values; or counts it, if there were too many. */
    public void warn(String message, Object... values) {
        long missed = 0;
        synchronized (this) {
            long now = clock.getAsLong();
            if (now - began >= SECOND) {
                began = now;
                written = 0;
                missed = leftOut;
                leftOut = 0;
            }
            if (written == MOST) {
                leftOut++;
                return;
            }
            written++;
        }
        if (missed > 0) {
            log.log(Level.WARNING, "refusals left out of the log count={0}", String.valueOf(missed));
        }
        log.log(
                Level.WARNING,
                message,
                Arrays.stream(values).map(RefusalLog::shown).toArray());
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
