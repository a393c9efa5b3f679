package tenon.app.manifest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for ids: words with a separator between them; a word begins with a letter and is in one case. */
final class Identifier {
    private Identifier() {}

    /** What is wrong with an id of words like {@code a-b2} or {@code A-b}; null if nothing is. */
    static @Nullable String kebabFault(String text) {
        return fault(text, '-', '_');
    }

    /** What is wrong with an id of words like {@code a_b2}; null if nothing is. */
    static @Nullable String snakeFault(String text) {
        return fault(text, '_', '-');
    }

    /** What is wrong with an id of lower-case words like {@code a_b2}; null if nothing is. */
    static @Nullable String lowerSnakeFault(String text) {
        String fault = snakeFault(text);
        boolean lower = text.equals(text.toLowerCase(Locale.ROOT));
        return fault == null && !lower ? "expected lower case" : fault;
    }

    private static @Nullable String fault(String text, char separator, char wrong) {
        if (text.isEmpty()) {
            return "expected at least one letter";
        }
        if (text.indexOf(wrong) >= 0) {
            return "expected `" + separator + "` between words, not `" + wrong + "`";
        }
        for (String word : text.split(String.valueOf(separator), -1)) {
            String fault = wordFault(word, separator);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable String wordFault(String word, char separator) {
        if (word.isEmpty()) {
            return "expected a word on both sides of `" + separator + "`";
        }
        boolean upper = isUpper(word.charAt(0));
        if (!upper && !isLower(word.charAt(0))) {
            return "expected every word to begin with a letter, found `" + Character.toString(word.codePointAt(0))
                    + "`";
        }
        for (int i = 1; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!isUpper(c) && !isLower(c) && (c < '0' || c > '9')) {
                return "expected letters, digits and `" + separator + "`, found `"
                        + Character.toString(word.codePointAt(i)) + "`";
            }
            if (upper ? isLower(c) : isUpper(c)) {
                return "expected every word in one case, found `" + word + "`";
            }
        }
        return null;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
