package tenon.types;

import java.util.Collection;
import java.util.Optional;

/** What somebody who wrote an unknown name may have meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * The first of the names that are nearest to {@code written}.
     *
     * @param most characters that are put in, left out or replaced between the two; others are not near
     */
    public static Optional<String> among(Collection<String> names, String written, int most) {
        String best = null;
        int least = most + 1;
        for (String name : names) {
            // lengths that differ by more need more characters
            if (Math.abs(name.length() - written.length()) < least) {
                int distance = distance(name, written);
                if (distance < least) {
                    least = distance;
                    best = name;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
