package tenon.wit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tenon.types.TenonException;
import tenon.types.component.SemanticVersion;

/** Goes over the tokens of a text in WIT or a language of its family; what is amiss is for the language to say. Confined to one run. */
public abstract class TokenReader {
    private static final int SHOWN = 80;

    private final Source source;

    /** Without comments. */
    private final List<Token> tokens = new ArrayList<>();

    private final List<Token> comments = new ArrayList<>();

    /** By token: how many comments stand in front of it, from the start of the text. */
    private final List<Integer> commentCounts = new ArrayList<>();

    private int at;

    /** At the first token of a text. */
    protected TokenReader(Source source, Lexer.Vocabulary vocabulary) {
        this.source = source;
        for (Token token : Lexer.tokens(source, vocabulary)) {
            if (token.kind() == Token.Kind.COMMENT) {
                comments.add(token);
            } else {
                tokens.add(token);
                commentCounts.add(comments.size());
            }
        }
    }

    /** The error that something else was expected here. */
    public abstract TenonException unexpected(String expected);

    /** The error that what was written at a token is not a version. */
    protected abstract TenonException badVersion(Token first, String message);

    /** The text. */
    public final Source source() {
        return source;
    }

    /** Which token is the next one, for {@link #reset}. */
    public final int position() {
        return at;
    }

    /** Goes back, or on. */
    public final void reset(int position) {
        at = position;
    }

    /** The next token. */
    public final Token peek() {
        return tokens.get(at);
    }

    /** The token some places behind the next one; the last one beyond the end. */
    public final Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** The token that was taken last. */
    public final Token previous() {
        return tokens.get(at - 1);
    }

    /** The token that was taken last if {@code count} is 1, the one before it if it is 2; the first one where there is none. */
    public final Token back(int count) {
        return tokens.get(Math.max(0, at - count));
    }

    /** All tokens that were taken. */
    public final List<Token> before() {
        return tokens.subList(0, at);
    }

    /** Whether a token was taken. */
    public final boolean hasPrevious() {
        return at > 0;
    }

    /** Whether nothing is left. */
    public final boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    /** Takes the next token. */
    public final Token next() {
        Token token = peek();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    /** Whether a keyword or symbol is next. */
    public final boolean is(String word) {
        return peek().is(word);
    }

    /** Takes a keyword or symbol, if it is next. */
    public final boolean eat(String word) {
        if (is(word)) {
            next();
            return true;
        }
        return false;
    }

    /** Takes a keyword or symbol; {@code expected} is how the message calls what may stand here. */
    public final Token take(String word, String expected) {
        if (!is(word)) {
            throw unexpected(expected);
        }
        return next();
    }

    /** Whether a name could start here. */
    public final boolean atName() {
        return isName(peek());
    }

    /** Whether a token is a name. */
    protected static boolean isName(Token token) {
        return token.kind() == Token.Kind.IDENTIFIER || token.kind() == Token.Kind.EXPLICIT;
    }

    /** Whether the next token is the first one of its line. */
    public final boolean startsLine() {
        return hasPrevious() && line(previous()) < line(peek());
    }

    /** The line that a token starts in, from 0. */
    public final int line(Token token) {
        return source.line(token.start());
    }

    /** The comments between the next token and the one before. */
    protected final List<Token> commentsHere() {
        int from = at == 0 ? 0 : commentCounts.get(at - 1);
        return comments.subList(from, commentCounts.get(at));
    }

    /** Elements up to {@code close}, with commas between them; one may stand behind the last. */
    public final <T> List<T> list(String close, Supplier<T> element) {
        var elements = new ArrayList<T>();
        while (!eat(close)) {
            elements.add(element.get());
            if (!eat(",")) {
                take(close, "`,` or `" + close + "`");
                break;
            }
        }
        return elements;
    }

    /** Reads a version out of the text: its parts are no tokens. */
    public final SemanticVersion semanticVersion() {
        Token first = peek();
        if (first.kind() != Token.Kind.INTEGER) {
            throw unexpected("a version like `1.0.0`");
        }
        String text = source.text();
        int end = first.start();
        while (end < text.length() && isVersionSign(text, end)) {
            end++;
        }
        while (text.charAt(end - 1) == '.') {
            end--;
        }
        String written = text.substring(first.start(), end);
        Optional<SemanticVersion> version = SemanticVersion.parse(written);
        while (peek().start() < end && !atEnd()) {
            next();
        }
        if (version.isEmpty() || previous().end() != end) {
            throw badVersion(first, "`" + shown(written) + "` is not a version, expected three numbers like `1.0.0`");
        }
        return version.get();
    }

    private static boolean isVersionSign(String text, int at) {
        char c = text.charAt(at);
        if (c == '-') {
            return !text.startsWith("->", at);
        }
        return c == '.' || c == '+' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** The name that a token stands for, without the mark that makes a keyword one. */
    protected static String name(Token token) {
        return token.kind() == Token.Kind.EXPLICIT ? token.text().substring(1) : token.text();
    }

    /** What a message says of a name that is no label. */
    protected static String notKebab(String name) {
        return "`" + shown(name) + "` is not in kebab case, expected words of one case with `-` between them";
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
