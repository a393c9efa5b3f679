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
            throw spot(token).error(notKebab(name), kebabHint(name, expected));
        }
        return new Identifier(name, spot(token));
    }

    private static Optional<String> kebabHint(String name, String expected) {
        if (expected.equals("a type")) {
            Optional<String> word = Slips.word(name);
            if (word.isPresent()) {
                return word.map(known -> "WIT has `" + known + "` for it");
            }
        }
        return Slips.kebab(name)
                .map(kebab -> "`" + kebab + "` is")
                .or(() -> name.chars().allMatch(each -> each < 128)
                        ? Optional.empty()
                        : Optional.of("names have the letters a to z, digits and `-`"));
    }

    @Override
    public WitException unexpected(String expected) {
        Token found = peek();
        if (found.kind() == Token.Kind.INVALID) {
            char sign = source().text().charAt(found.start());
            boolean parameters = sign == '[' && back(1).is("func");
            return spot().error(
                            found.text(),
                            parameters ? Optional.of("parameters stand in `(` and `)`") : Slips.sign(sign));
        }
        return spot().error("expected " + expected + ", found " + found.describe(), SyntaxHints.of(this, expected));
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
