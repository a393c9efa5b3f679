package tenon.wit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tenon.wit.Diagnostic;
import tenon.wit.WitException;

/** Cuts a text into tokens: WIT.md, "Lexical structure". Confined to one run; takes time and memory in proportion to the text. */
public final class Lexer {
    /**
     * What a language of this family has beside names, numbers, strings and comments.
     *
     * @param keywords names that must be written behind {@code %} where they are no keywords
     * @param signs ASCII characters that are symbols by themselves; {@code ->} and {@code _} are symbols always
     */
    public record Vocabulary(Set<String> keywords, String signs) {
        public Vocabulary {
            keywords = Set.copyOf(keywords);
        }
    }

    /** WIT.md, "Keywords". */
    private static final Set<String> KEYWORDS = Set.of(
            "as",
            "async",
            "bool",
            "borrow",
            "char",
            "constructor",
            "enum",
            "error-context",
            "export",
            "f32",
            "f64",
            "flags",
            "from",
            "func",
            "future",
            "import",
            "include",
            "interface",
            "list",
            "map",
            "option",
            "own",
            "package",
            "record",
            "resource",
            "result",
            "s16",
            "s32",
            "s64",
            "s8",
            "static",
            "stream",
            "string",
            "tuple",
            "type",
            "u16",
            "u32",
            "u64",
            "u8",
            "use",
            "variant",
            "with",
            "world");

    static final Vocabulary WIT = new Vocabulary(KEYWORDS, "=,:.;(){}<>*@+");

    /** Overrides of the writing direction, which show a text other than it is. */
    private static final String BIDIRECTIONAL = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    /** Characters that Unicode deprecates or discourages strongly. */
    private static final String DISCOURAGED = "\u0149\u0673\u0f77\u0f79\u17a3\u17a4\u17b4\u17b5";

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final Source source;
    private final Vocabulary vocabulary;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(Source source, Vocabulary vocabulary) {
        this.source = source;
        this.vocabulary = vocabulary;
        this.text = source.text();
    }

    /** All tokens, comments among them; {@link Token.Kind#END} is the last one. */
    public static List<Token> tokens(Source source) {
        return tokens(source, WIT);
    }

    /** The same for another language of the family. */
    public static List<Token> tokens(Source source, Vocabulary vocabulary) {
        var lexer = new Lexer(source, vocabulary);
        lexer.refuseHidden();
        if (!source.text().isEmpty() && source.text().charAt(0) == BYTE_ORDER_MARK) {
            lexer.at = 1;
        }
        while (lexer.at < lexer.text.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", lexer.at, lexer.at));
        return lexer.tokens;
    }

    /** Whether a name must be written behind {@code %}. */
    public static boolean isKeyword(String name) {
        return KEYWORDS.contains(name);
    }

    /** Characters that are nowhere allowed, even in comments. */
    private void refuseHidden() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = (c < ' ' && c != '\n' && c != '\r' && c != '\t') || (c >= 0x7f && c < 0xa0);
            if (control || BIDIRECTIONAL.indexOf(c) >= 0 || DISCOURAGED.indexOf(c) >= 0) {
                String what = control
                        ? "control character"
                        : DISCOURAGED.indexOf(c) >= 0
                                ? "deprecated character"
                                : "character that overrides the writing direction";
                throw new WitException(Diagnostic.of(
                        source.position(i), what + " `" + name(c) + "`, expected none anywhere in a WIT file"));
            }
        }
    }

    private void next() {
        int start = at;
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        switch (c) {
            case ' ', '\n', '\r', '\t' -> {}
            case '/' -> slash(start);
            case '-' -> {
                if (at < text.length() && text.charAt(at) == '>') {
                    at++;
                }
                add(Token.Kind.SYMBOL, start);
            }
            case '"' -> string(start);
            case '%' -> {
                skipWord();
                add(Token.Kind.EXPLICIT, start);
            }
            default -> {
                if (vocabulary.signs().indexOf(c) >= 0) {
                    add(Token.Kind.SYMBOL, start);
                } else if (c >= '0' && c <= '9') {
                    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                        at++;
                    }
                    add(Token.Kind.INTEGER, start);
                } else if (c == '_' || Character.isUnicodeIdentifierStart(c)) {
                    skipWord();
                    word(start);
                } else {
                    invalid("unexpected character `" + name(c) + "`", start);
                }
            }
        }
    }

    private void word(int start) {
        String word = text.substring(start, at);
        Token.Kind kind = word.equals("_")
                ? Token.Kind.SYMBOL
                : vocabulary.keywords().contains(word) ? Token.Kind.KEYWORD : Token.Kind.IDENTIFIER;
        tokens.add(new Token(kind, word, start, at));
    }

    private void skipWord() {
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c != '-' && (Character.isIdentifierIgnorable(c) || !Character.isUnicodeIdentifierPart(c))) {
                return;
            }
            // `a->b` is a name, an arrow and a name
            if (c == '-' && at + 1 < text.length() && text.charAt(at + 1) == '>') {
                return;
            }
            at += Character.charCount(c);
        }
    }

    private void slash(int start) {
        if (text.startsWith("/", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            add(Token.Kind.COMMENT, start);
        } else if (text.startsWith("*", at)) {
            at++;
            block(start);
        } else {
            add(Token.Kind.SYMBOL, start);
        }
    }

    /** Block comments nest. */
    private void block(int start) {
        int depth = 1;
        while (depth > 0 && at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        }
        if (depth > 0) {
            invalid("unterminated comment, expected `*/`", start);
        } else {
            add(Token.Kind.COMMENT, start);
        }
    }

    private void string(int start) {
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n' ? 2 : 1;
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            invalid("unterminated string, expected `\"`", start);
        } else {
            at++;
            add(Token.Kind.STRING, start);
        }
    }

    private void add(Token.Kind kind, int start) {
        tokens.add(new Token(kind, text.substring(start, at), start, at));
    }

    private void invalid(String what, int start) {
        tokens.add(new Token(Token.Kind.INVALID, what, start, at));
    }

    private static String name(int c) {
        return c <= ' ' || (c >= 0x7f && c < 0xa1) || BIDIRECTIONAL.indexOf(c) >= 0
                ? String.format("U+%04X", c)
                : Character.toString(c);
    }
}
