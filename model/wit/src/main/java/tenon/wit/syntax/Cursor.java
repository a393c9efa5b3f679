package tenon.wit.syntax;

import java.util.List;
import java.util.Optional;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.Label;
import tenon.types.component.PackageName;
import tenon.wit.WitException;

/** Goes over the tokens of a text, and says what was expected where it is not met. Confined to one run. */
final class Cursor extends TokenReader {
    Cursor(Source source) {
        super(source, Lexer.WIT);
    }

    Spot spot() {
        return spot(peek());
    }

    Spot spot(Token token) {
        return new Spot(source(), token.start());
    }

    /** The comments between this token and the one before. */
    Comments comments() {
        List<Token> here = commentsHere();
        return new Comments(here.stream().map(Token::text).toList(), here.isEmpty() ? spot() : spot(here.getFirst()));
    }

    Spot expect(String word) {
        return expect(word, "`" + word + "`");
    }

    /** {@code expected} is how the message calls what may stand here. */
    Spot expect(String word, String expected) {
        return spot(take(word, expected));
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
            throw spot(token).error(notKebab(name), Slips.kebab(name).map(kebab -> "`" + kebab + "` is"));
        }
        return new Identifier(name, spot(token));
    }

    @Override
    public WitException unexpected(String expected) {
        Token found = peek();
        if (found.kind() == Token.Kind.INVALID) {
            return spot().error(found.text(), Slips.sign(source().text().charAt(found.start())));
        }
        return spot().error("expected " + expected + ", found " + found.describe(), hint(found, expected));
    }

    private Optional<String> hint(Token found, String expected) {
        if (expected.startsWith("`;`") && startsLine()) {
            return Optional.of("`;` is missing at the end of line " + (line(previous()) + 1));
        }
        if (found.kind() == Token.Kind.KEYWORD && namesSomething(peek(1), expected)) {
            return Optional.of("write `%" + found.text() + "` to use the keyword as a name");
        }
        Optional<String> behind = hasPrevious() ? hint(previous(), found, expected) : Optional.empty();
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

    @Override
    protected WitException badVersion(Token first, String message) {
        return spot(first).error(message);
    }
}
