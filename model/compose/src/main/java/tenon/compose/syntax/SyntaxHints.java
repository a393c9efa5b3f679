package tenon.compose.syntax;

import java.util.Map;
import java.util.Optional;
import tenon.wit.syntax.Slips;
import tenon.wit.syntax.Token;

/**
 * What would mend a document that does not follow the grammar, told by the tokens around the place and by what was expected there. Hints
 * only help people: they never change what is accepted.
 */
record SyntaxHints(Cursor cursor, Token found, String expected) {
    /** Words of other languages, and what a document has in their place. */
    private static final Map<String, String> WORDS = Map.of(
            "const", "let",
            "var", "let",
            "val", "let",
            "def", "let",
            "instantiate", "new",
            "create", "new",
            "instance", "new",
            "using", "with",
            "implements", "targets");

    private static final String QUOTED = "a name with signs in it stands in quotes: ";

    /** A hint for what {@code cursor} stands at, if one is known. */
    static Optional<String> of(Cursor cursor, String expected) {
        return new SyntaxHints(cursor, cursor.peek(), expected).hint();
    }

    /** What a document writes where other languages have a sign. */
    static Optional<String> ofSign(char sign) {
        return switch (sign) {
            case '\'', '‘', '’', '“', '”' -> Optional.of("names in quotes stand between `\"` and `\"`");
            case '…' -> Optional.of("these are three dots: `...`");
            case '#' -> Optional.of("a comment begins with `//`");
            default -> Optional.empty();
        };
    }

    private Optional<String> hint() {
        if (expected.endsWith("`;`") && (cursor.hasPrevious() && cursor.atEnd() || cursor.startsLine())) {
            return Optional.of("`;` is missing at the end of line " + (cursor.line(cursor.back(1)) + 1));
        }
        if (found.kind() == Token.Kind.KEYWORD && expected.startsWith("a name")) {
            return Optional.of("write `%" + found.text() + "` to use the keyword as a name");
        }
        return word(found).or(() -> word(cursor.back(1))).or(this::statement).or(this::expression);
    }

    private static Optional<String> when(boolean holds, String hint) {
        return holds ? Optional.of(hint) : Optional.empty();
    }

    private static Optional<String> word(Token token) {
        if (token.kind() != Token.Kind.IDENTIFIER) {
            return Optional.empty();
        }
        return Optional.ofNullable(WORDS.get(token.text()))
                .or(() -> Slips.word(token.text()).filter(word -> !word.equals("_")))
                .map(word -> "WAC has `" + word + "` for it");
    }

    private Optional<String> statement() {
        if (expected.startsWith("`package`")) {
            return Optional.of("a document begins with its own name: `package example:composition;`");
        }
        if (expected.equals("`=`") && cursor.back(2).is("let")) {
            return Optional.of("what a name stands for is said by `=`: `let "
                    + cursor.back(1).text() + " = …;`");
        }
        if (cursor.back(2).is("import") && expected.endsWith("`:`")) {
            return Optional.of("what is imported stands behind `:`: `import "
                    + cursor.back(1).text() + ": example:app/it;`");
        }
        if (expected.equals("`;`") && found.is("/") && cursor.statementBegins("import")) {
            return Optional.of("an import has a name of its own: `import "
                    + cursor.peek(1).text() + ": " + cursor.back(3).text() + ":"
                    + cursor.back(1).text() + "/" + cursor.peek(1).text() + ";`");
        }
        return Optional.empty();
    }

    private Optional<String> expression() {
        if (expected.startsWith("a name in quotes")) {
            return Optional.of(QUOTED + "`[\"example:app/it\"]`, and one without by `.name`");
        }
        if (expected.equals("`;`") && found.is(":")) {
            return Optional.of(
                    cursor.back(2).is("as")
                            ? QUOTED + "`as \"example:app/it\"`"
                            : cursor.back(2).is("=")
                                    ? "a component is instantiated by `new`: `new "
                                            + cursor.back(1).text() + ":"
                                            + cursor.peek(1).text() + " { … }`"
                                    : QUOTED + "`[\"example:app/it\"]`");
        }
        if (expected.equals("`{`") && found.is("(")) {
            return Optional.of("arguments stand in `{` and `}`");
        }
        if (expected.startsWith("`,`")) {
            return when(found.is("="), "an argument is written `name: value`")
                    .or(() -> when(found.is(";"), "what stands in these brackets is parted by `,`"));
        }
        return when(expected.startsWith("an argument") && found.is("."), "these are three dots: `...`");
    }
}
