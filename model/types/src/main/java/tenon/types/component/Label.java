package tenon.types.component;

/** The {@code label} of Explainer.md, "Import and Export Definitions": kebab case, each fragment a word or an acronym. */
public final class Label {
    private Label() {}

    /** Whether {@code text} is a label: {@code a-b2}, {@code get-JSON}. */
    public static boolean isLabel(String text) {
        return isFragments(text, true);
    }

    /** Whether {@code text} is what namespaces and packages are called: a label without acronyms. */
    public static boolean isWords(String text) {
        return isFragments(text, false);
    }

    /**
     * The form in which names must differ from each other: acronyms in lower case, and no hyphens, so that generated code of
     * whatever case can tell them apart.
     */
    public static String canonical(String label) {
        var lower = new StringBuilder(label.length());
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c != '-') {
                lower.append(isUpper(c) ? (char) (c - 'A' + 'a') : c);
            }
        }
        return lower.toString();
    }

    private static boolean isFragments(String text, boolean acronyms) {
        if (text.isEmpty() || isDigit(text.charAt(0))) {
            return false;
        }
        int start = 0;
        while (start <= text.length()) {
            int dash = text.indexOf('-', start);
            int end = dash < 0 ? text.length() : dash;
            if (!isFragment(text, start, end, acronyms)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isFragment(String text, int start, int end, boolean acronyms) {
        boolean lower = false;
        boolean upper = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            lower |= c >= 'a' && c <= 'z';
            upper |= isUpper(c);
            if (!isDigit(c) && !isUpper(c) && !(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return start < end && !(lower && upper) && (acronyms || !upper);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
