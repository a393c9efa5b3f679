package tenon.text.lex;

/** A character between single quotation marks: Explainer.md of the Component Model, "Value Definitions". */
final class CharacterLiteral {
    private static final char QUOTE = '\'';

    private CharacterLiteral() {}

    /** The offset behind the literal whose quotation mark stands at {@code start}, or -1 if there is none. */
    static int end(Source source, int start) {
        String text = source.text();
        int next = start + 1 < text.length() ? behind(text, start + 1) : -1;
        return next >= 0 && next < text.length() && text.charAt(next) == QUOTE ? next + 1 : -1;
    }

    private static int behind(String text, int start) {
        char c = text.charAt(start);
        if (c == '\\') {
            return StringLiteral.characterEscape(text, start);
        }
        int codePoint = text.codePointAt(start);
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        boolean plain = c >= ' ' && c != 0x7f && c != '"' && !surrogate;
        return plain ? start + Character.charCount(codePoint) : -1;
    }

    /** The character of a literal from {@code start} to {@code end}. */
    static int codePoint(Source source, int start, int end) {
        return StringLiteral.utf8(source, start, end).codePointAt(0);
    }
}
