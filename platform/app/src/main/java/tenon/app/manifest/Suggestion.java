package tenon.app.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What a person who wrote an unknown name may have meant. */
final class Suggestion {
    /** Names beyond this are not compared: none of ours is that long. */
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** The end of a sentence: the name that is next to {@code written}, else all; empty if there are none. */
    static String among(Collection<String> names, String written, String lead) {
        int most = Math.max(1, written.length() / 3);
        return names.stream()
                .filter(name -> distance(name, written) <= most)
                .min(Comparator.comparingInt(name -> distance(name, written)))
                .map(name -> ", did you mean `" + name + "`?")
                .orElse(
                        names.isEmpty()
                                ? ""
                                : ", " + lead
                                        + names.stream()
                                                .map(name -> "`" + name + "`")
                                                .collect(Collectors.joining(", ")));
    }

    /** How many characters must be put, taken, or replaced to get from one to the other. */
    private static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[b.length()];
    }
}
