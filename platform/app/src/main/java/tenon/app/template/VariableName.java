package tenon.app.template;

import org.jspecify.annotations.Nullable;

/**
 * The rules for names of variables: lower-case letters, digits and single underscores between them; every word between
 * underscores may begin with a digit, the first not.
 */
public final class VariableName {
    private VariableName() {}

    /** Whether {@code name} is one. */
    public static boolean isValid(String name) {
        return fault(name) == null;
    }

    /** What is wrong with a name, as the second half of a sentence; null if nothing is. */
    public static @Nullable String fault(String name) {
        if (name.isEmpty()) {
            return "expected at least one letter";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '_') {
                return "unexpected `" + Character.toString(name.codePointAt(i))
                        + "`, expected lower-case letters, digits and underscores";
            }
        }
        if (!isLetter(name.charAt(0))) {
            return "expected a letter first";
        }
        if (name.endsWith("_")) {
            return "expected a letter or a digit last";
        }
        return name.contains("__") ? "expected single underscores" : null;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
