package tenon.cli.inspect;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class Size {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private Size() {}

    /** For example {@code 12 KiB}. */
    public static String of(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10 * MIB
                ? (bytes + KIB / 2) / KIB + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) MIB);
    }
}
