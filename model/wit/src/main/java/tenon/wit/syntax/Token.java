package tenon.wit.syntax;

/**
 * A token: WIT.md, "Lexical structure".
 *
 * @param text as written; for {@link Kind#INVALID} what is wrong
 * @param start in UTF-16 code units from the start of the text, as is {@code end}
 */
public record Token(Kind kind, String text, int start, int end) {

    /** What kind of token. */
    public enum Kind {
        KEYWORD,
        IDENTIFIER,
        /** An identifier behind {@code %}. */
        EXPLICIT,
        INTEGER,
        STRING,
        SYMBOL,
        COMMENT,
        /** Something that is no token. */
        INVALID,
        END
    }

    /** Whether it is this keyword or symbol. */
    public boolean is(String word) {
        return (kind == Kind.SYMBOL || kind == Kind.KEYWORD) && text.equals(word);
    }

    /** How messages call it. */
    public String describe() {
        return switch (kind) {
            case KEYWORD -> "keyword `" + text + "`";
            case IDENTIFIER, EXPLICIT -> "`" + shortened() + "`";
            case INTEGER -> "number `" + shortened() + "`";
            case STRING -> "a string";
            case SYMBOL -> "`" + text + "`";
            case COMMENT -> "a comment";
            case INVALID -> text;
            case END -> "the end of the file";
        };
    }

    private String shortened() {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
