package tenon.compose.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.types.component.Label;
import tenon.types.component.SemanticVersion;
import tenon.wit.syntax.Lexer;
import tenon.wit.syntax.Slips;
import tenon.wit.syntax.Source;
import tenon.wit.syntax.Token;
import tenon.wit.syntax.TokenReader;

/** Goes over the tokens of a document, and says what was expected where it is not met. Confined to one run. */
final class Cursor extends TokenReader {
    private static final Lexer.Vocabulary WAC = new Lexer.Vocabulary(
            Set.of(
                    "as",
                    "bool",
                    "borrow",
                    "char",
                    "constructor",
                    "enum",
                    "export",
                    "f32",
                    "f64",
                    "flags",
                    "func",
                    "import",
                    "include",
                    "interface",
                    "let",
                    "list",
                    "new",
                    "option",
                    "package",
                    "record",
                    "resource",
                    "result",
                    "s16",
                    "s32",
                    "s64",
                    "s8",
                    "static",
                    "string",
                    "targets",
                    "tuple",
                    "type",
                    "u16",
                    "u32",
                    "u64",
                    "u8",
                    "use",
                    "variant",
                    "with",
                    "world"),
            "=,:.;(){}<>[]/@+");

    /** Expressions and types that are nested deeper are refused, so that hostile input cannot exhaust the stack. */
    private static final int DEEPEST = 200;

    private int depth;

    Cursor(Source source) {
        super(source, WAC);
    }

    /** Where the next token is; at the end of the text, right behind the last one. */
    Span span() {
        if (atEnd() && hasPrevious()) {
            int end = previous().end();
            return new Span(source(), end, end);
        }
        return span(peek());
    }

    private Span span(Token token) {
        return new Span(source(), token.start(), token.end());
    }

    /** Where the last token that was taken is. */
    Span last() {
        return span(previous());
    }

    Span expect(String word) {
        return expect(word, "`" + word + "`");
    }

    /** {@code expected} is how the message calls what may stand here. */
    Span expect(String word, String expected) {
        return span(take(word, expected));
    }

    /** Documentation in front of the next token. */
    List<Remark> remarks() {
        return commentsHere().stream()
                .flatMap(comment -> remark(comment).stream())
                .toList();
    }

    private Optional<Remark> remark(Token comment) {
        String text = comment.text();
        if (text.startsWith("///")) {
            return Optional.of(new Remark(text.substring(3).strip(), span(comment)));
        }
        if (text.startsWith("/**") && text.length() > 4) {
            return Optional.of(new Remark(text.substring(3, text.length() - 2).strip(), span(comment)));
        }
        return Optional.empty();
    }

    /** Whether the statement that is being read begins with a word. */
    boolean statementBegins(String word) {
        for (Token each : before().reversed()) {
            if (each.is(";") || each.is("}")) {
                return false;
            }
            if (each.is(word)) {
                return true;
            }
        }
        return false;
    }

    Identifier identifier() {
        return identifier("a name");
    }

    Identifier identifier(String expected) {
        if (!atName()) {
            throw unexpected(expected);
        }
        Token token = next();
        String name = name(token);
        if (!Label.isLabel(name)) {
            throw span(token).error(notKebab(name)).hint(Slips.kebab(name).map(kebab -> "`" + kebab + "` is"));
        }
        return new Identifier(name, span(token));
    }

    /** A name, or any text in quotes. */
    ItemName itemName() {
        return peek().kind() == Token.Kind.STRING ? quoted() : identifier("a name, or one in quotes");
    }

    Quoted quoted() {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected("a name in quotes");
        }
        Token token = next();
        return new Quoted(token.text().substring(1, token.text().length() - 1), span(token));
    }

    /** What is nested in something, to a depth that the stack can bear. */
    <T> T nested(Supplier<T> inner) {
        if (++depth > DEEPEST) {
            throw span().error("nested too deep, expected at most " + DEEPEST + " levels");
        }
        T result = inner.get();
        depth--;
        return result;
    }

    /** Whether {@code ...} stands here, {@code ahead} tokens from now. */
    boolean atEllipsis() {
        return is(".") && joined(0, ".") && joined(1, ".");
    }

    Span ellipsis() {
        Span first = span(next());
        next();
        return first.to(span(next()));
    }

    /** Whether the token behind the one {@code ahead} is {@code word}, with nothing between the two. */
    private boolean joined(int ahead, String word) {
        return peek(ahead + 1).is(word)
                && peek(ahead + 1).start() == peek(ahead).end();
    }

    /**
     * Whether the path of a package's item stands here, and not a name with a colon behind it. In {@code a:b/c} no blank stands between
     * name and colon, which tells it from an item {@code a} whose type is a path.
     */
    boolean atPath() {
        if (!atName() || !joined(0, ":") || !isWord(peek(2)) || peek(2).start() != peek(1).end()) {
            return false;
        }
        return peek(3).is("/") || joined(2, ":");
    }

    private static boolean isWord(Token token) {
        return isName(token) || token.kind() == Token.Kind.KEYWORD;
    }

    /** A part of a package's name or of a path, where keywords are names like others. */
    private Identifier word(String expected) {
        return peek().kind() == Token.Kind.KEYWORD ? new Identifier(next().text(), last()) : identifier(expected);
    }

    /** {@code a:b@1.0.0}. */
    PackageReference packageName() {
        Identifier first = identifier("a package's name like `example:app`");
        String name = packageName(first);
        Optional<SemanticVersion> version = version();
        return new PackageReference(name, version, first.span().to(last()));
    }

    private String packageName(Identifier first) {
        var name = new StringBuilder(first.name());
        expect(":", "`:` and the name of the package");
        do {
            name.append(':').append(word("the name of the package"));
        } while (eat(":"));
        return name.toString();
    }

    /** {@code a:b/c@1.0.0}. */
    PackagePath path() {
        Identifier first = identifier("a path like `example:app/world`");
        String name = packageName(first);
        Span nameSpan = first.span().to(last());
        expect("/", "`/` and the name of an interface or world");
        var segments = new ArrayList<Identifier>();
        do {
            segments.add(word("the name of an interface or world"));
        } while (eat("/"));
        Optional<SemanticVersion> version = version();
        return new PackagePath(
                new PackageReference(name, version, nameSpan),
                segments,
                first.span().to(last()));
    }

    private Optional<SemanticVersion> version() {
        return eat("@") ? Optional.of(semanticVersion()) : Optional.empty();
    }

    @Override
    protected CompositionException badVersion(Token first, String message) {
        return span(first).error(message);
    }

    @Override
    public CompositionException unexpected(String expected) {
        Token found = peek();
        if (found.kind() == Token.Kind.INVALID) {
            return span().error(found.text())
                    .hint(SyntaxHints.ofSign(source().text().charAt(found.start())));
        }
        return span().error("expected " + expected + ", found " + found.describe())
                .hint(SyntaxHints.of(this, expected));
    }
}
