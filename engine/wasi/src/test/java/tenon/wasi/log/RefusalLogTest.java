package tenon.wasi.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A guest that fills the log. */
class RefusalLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    private final System.Logger logger = new System.Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            lines.add(String.valueOf(text));
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            lines.add(MessageFormat.format(String.valueOf(format), values));
        }
    };
    private final RefusalLog log = new RefusalLog(logger, now::get);

    @Test
    void soManyLinesAreWrittenInASecondAndTheOthersCounted() {
        for (int i = 0; i < 10_000; i++) {
            log.warn("refused name={0}", i);
        }
        assertEquals(RefusalLog.MOST, lines.size());
        now.addAndGet(1_000_000_000);
        log.warn("refused name={0}", "next");
        assertEquals("refusals left out of the log count=" + (10_000 - RefusalLog.MOST), lines.get(RefusalLog.MOST));
        assertEquals("refused name=next", lines.getLast());
    }

    @Test
    void whatIsLongIsCutOff() {
        log.warn("refused name={0}", "x".repeat(1_000_000));
        assertTrue(
                lines.getFirst().length() < 2 * RefusalLog.LONGEST,
                () -> "" + lines.getFirst().length());
    }
}
