package tenon.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds what a test expects. With the system property {@code bless} it is rewritten instead of compared. */
public final class GoldenFile {
    private GoldenFile() {}

    /**
     * Compares a text with a file.
     *
     * @throws AssertionError if they differ, or if there is no such file
     */
    public static void check(Path expected, String actual) throws IOException {
        if (System.getProperty("bless") != null) {
            Files.writeString(expected, actual);
            return;
        }
        if (!Files.exists(expected)) {
            throw new AssertionError(
                    "`" + expected + "` is missing; run once with -Dbless and review it. Actual:\n" + actual);
        }
        String text = Files.readString(expected);
        if (!text.equals(actual)) {
            throw new AssertionError("differs from `" + expected + "`\nexpected:\n" + text + "\nactual:\n" + actual);
        }
    }
}
