package tenon.wit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.Label;
import tenon.types.component.PackageName;
import tenon.types.component.SemanticVersion;
import tenon.wit.WitException;

/** Goes over the tokens of a text, and says what was expected where it is not met. Confined to one run. */
final class Cursor {
    private final Source source;

    /** Without comments. */
    private final List<Token> tokens = new ArrayList<>();

    private final List<String> comments = new ArrayList<>();
    private final List<Integer> commentStarts = new ArrayList<>();

    /** By token: how many comments stand in front of it, from the start of the text. */
    private final List<Integer> commentCounts = new ArrayList<>();

    private int at;

    Cursor(Source source) {
        this.source = source;
        for (Token token : Lexer.tokens(source)) {
            if (token.kind() == Token.Kind.COMMENT) {
                comments.add(token.text());
                commentStarts.add(token.start());
            } else {
                tokens.add(token);
                commentCounts.add(comments.size());
            }
        }
    }

    Source source() {
        return source;
    }

    int position() {
        return at;
    }

    void reset(int position) {
        at = position;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    Token next() {
        Token token = peek();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean is(String word) {
        return peek().is(word);
    }

    boolean eat(String word) {
        if (is(word)) {
            next();
            return true;
        }
        return false;
    }

    Spot spot() {
        return spot(peek());
    }

    Spot spot(Token token) {
        return new Spot(source, token.start());
    }

    /** Whether a name could start here. */
    boolean atName() {
        return peek().kind() == Token.Kind.IDENTIFIER || peek().kind() == Token.Kind.EXPLICIT;
    }

    /** Whether this token is the first one of its line. */
    boolean startsLine() {
        return at > 0 && source.line(tokens.get(at - 1).start()) < source.line(peek().start());
    }

    /** The comments between this token and the one before. */
    Comments comments() {
        int from = at == 0 ? 0 : commentCounts.get(at - 1);
        int to = commentCounts.get(at);
        return new Comments(comments.subList(from, to), from < to ? new Spot(source, commentStarts.get(from)) : spot());
    }

    Spot expect(String word) {
        return expect(word, "`" + word + "`");
    }

    /** {@code expected} is how the message calls what may stand here. */
    Spot expect(String word, String expected) {
        if (!is(word)) {
            throw unexpected(expected);
        }
        return spot(next());
    }

    Identifier identifier() {
        return identifier("a name");
    }

    Identifier identifier(String expected) {
        if (!atName()) {
            throw unexpected(expected);
        }
        Token token = next();
        String name = token.kind() == Token.Kind.EXPLICIT ? token.text().substring(1) : token.text();
        if (!Label.isLabel(name)) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            throw spot(token)
                    .error(
                            "`" + shown + "` is not in kebab case, expected words of one case with `-` between them",
                            Slips.kebab(name).map(kebab -> "`" + kebab + "` is"));
        }
        return new Identifier(name, spot(token));
    }

    /** The error that something else was expected here. */
    WitException unexpected(String expected) {
        Token found = peek();
        if (found.kind() == Token.Kind.INVALID) {
            return spot().error(found.text(), Slips.sign(source.text().charAt(found.start())));
        }
        return spot().error("expected " + expected + ", found " + found.describe(), hint(found, expected));
    }

    private Optional<String> hint(Token found, String expected) {
        if (expected.startsWith("`;`") && startsLine()) {
            int line = source.line(tokens.get(at - 1).start()) + 1;
            return Optional.of("`;` is missing at the end of line " + line);
        }
        if (found.kind() == Token.Kind.KEYWORD && namesSomething(peek(1), expected)) {
            return Optional.of("write `%" + found.text() + "` to use the keyword as a name");
        }
        Optional<String> behind = at == 0 ? Optional.empty() : hint(tokens.get(at - 1), found, expected);
        if (behind.isPresent()) {
            return behind;
        }
        if (found.kind() == Token.Kind.IDENTIFIER) {
            return Slips.word(found.text())
                    .filter(word -> !word.equals("_"))
                    .map(word -> "WIT has `" + word + "` for it");
        }
        return Optional.empty();
    }

    /** What {@code previous} tells about what was meant. */
    private static Optional<String> hint(Token previous, Token found, String expected) {
        if (previous.kind() == Token.Kind.KEYWORD && found.is(":")) {
            return Optional.of("write `%" + previous.text() + "` to use the keyword as a name");
        }
        if (expected.equals("`:`") && previous.text().equals("self")) {
            return Optional.of("a method's own resource is not written: it has no parameter for it");
        }
        if (expected.equals("`func`") && found.is("constructor")) {
            return Optional.of("a constructor has no name: `constructor(…)`");
        }
        if (expected.startsWith("`,`") && found.is(";")) {
            return Optional.of("what stands in these brackets is parted by `,`");
        }
        if (previous.is("<") && found.is(">")) {
            return Optional.of("put a type between `<` and `>`, or leave both away where none is needed");
        }
        return Optional.empty();
    }

    /** Whether a keyword with {@code next} behind it looks like a name. */
    private static boolean namesSomething(Token next, String expected) {
        return next.is(":")
                || (expected.startsWith("a name")
                        && (next.is("=") || next.is("{") || next.is("(") || next.is(",") || next.is("}")));
    }

    /** Elements up to {@code close}, with commas between them; one may stand behind the last. */
    <T> List<T> list(String close, Supplier<T> element) {
        var elements = new ArrayList<T>();
        while (!eat(close)) {
            elements.add(element.get());
            if (!eat(",")) {
                expect(close, "`,` or `" + close + "`");
                break;
            }
        }
        return elements;
    }

    /** {@code a:b@1.0.0}. */
    PackageName packageName() {
        Identifier namespace = identifier("a package's name like `example:app`");
        expect(":");
        return packageName(namespace);
    }

    private PackageName packageName(Identifier namespace) {
        Identifier name = identifier();
        if (is(":") || is("/")) {
            throw spot().error("namespaces and packages in packages are not supported, expected `namespace:name`");
        }
        return new PackageName(namespace.name(), name.name(), version());
    }

    /** {@code @1.0.0}, if it is there. */
    private Optional<InterfaceVersion> version() {
        return eat("@") ? Optional.of(semanticVersion()) : Optional.empty();
    }

    UsePath usePath() {
        Identifier first = identifier("the name of an interface or world");
        if (!eat(":")) {
            return new UsePath.Local(first);
        }
        Identifier packageName = identifier();
        if (!is("/")) {
            throw unexpected("`/` and the name of an interface or world");
        }
        next();
        Identifier name = identifier("the name of an interface or world");
        if (is(":") || is("/")) {
            throw spot().error("namespaces and packages in packages are not supported, expected `namespace:name/item`");
        }
        return new UsePath.Foreign(new PackageName(first.name(), packageName.name(), version()), name, first.spot());
    }

    /** Reads a version out of the text: its parts are no tokens of WIT. */
    SemanticVersion semanticVersion() {
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
        if (version.isEmpty() || tokens.get(at - 1).end() != end) {
            String shown = written.length() > 80 ? written.substring(0, 80) + "…" : written;
            throw spot(first).error("`" + shown + "` is not a version, expected three numbers like `1.0.0`");
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
}
