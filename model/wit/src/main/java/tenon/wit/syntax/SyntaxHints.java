package tenon.wit.syntax;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;

/**
 * What would mend a text that does not follow the grammar, told by the tokens around the place and by what was expected there. Hints only
 * help people: they never change what is accepted.
 */
record SyntaxHints(Cursor cursor, Token found, String expected) {
    private static final String RESULT = "a result stands behind `->`: `name: func() -> u32;`";
    private static final String FUNCTION = "a function is written `name: func()`";
    private static final String GATES =
            "`@since`, `@unstable` and `@deprecated` stand in front of all that they are about";

    private static final Set<String> TYPES = Set.of(
            "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "list",
            "option", "result", "tuple", "map", "future", "stream", "own", "borrow");

    /** A hint for what {@code cursor} stands at, if one is known. */
    static Optional<String> of(Cursor cursor, String expected) {
        return new SyntaxHints(cursor, cursor.peek(), expected).hint();
    }

    private Optional<String> hint() {
        if (found.kind() == Token.Kind.END) {
            return unclosed();
        }
        if (expected.startsWith("`;`") && cursor.startsLine()) {
            return Optional.of("`;` is missing at the end of line " + (cursor.line(cursor.back(1)) + 1));
        }
        return parameter()
                .or(this::constructor)
                .or(this::keywordAsName)
                .or(this::function)
                .or(this::words)
                .or(this::brackets)
                .or(this::names)
                .or(this::otherWord);
    }

    private boolean expects(String start) {
        return expected.startsWith(start);
    }

    private boolean behind(String word) {
        return cursor.back(1).is(word);
    }

    private static Optional<String> when(boolean holds, String hint) {
        return holds ? Optional.of(hint) : Optional.empty();
    }

    private boolean atType() {
        return TYPES.contains(found.text()) || found.kind() == Token.Kind.IDENTIFIER;
    }

    /** Where items of an interface, a world or a resource may stand. */
    private boolean atMember() {
        return expects("`use`, a type or a function") || expects("`import`") || expects("`constructor`");
    }

    private Optional<String> unclosed() {
        var open = new ArrayDeque<Token>();
        for (Token each : cursor.before()) {
            if (each.is("{")) {
                open.push(each);
            } else if (each.is("}") && !open.isEmpty()) {
                open.pop();
            }
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("`{` of line " + (cursor.line(open.peek()) + 1) + " is not closed");
    }

    private Optional<String> parameter() {
        boolean typeAlone = expects("a name of a parameter")
                && TYPES.contains(found.text())
                && !cursor.peek(1).is(":");
        return when(typeAlone, "a parameter has a name: `name: " + found.text() + "`")
                .or(() -> when(
                        expected.equals("`:`") && cursor.back(1).text().equals("self"),
                        "a method's own resource is not written: it has no parameter for it"));
    }

    private Optional<String> constructor() {
        return when(behind("constructor") && found.is(":"), "a constructor is written `constructor(…);`")
                .or(() -> when(
                        expected.equals("`func`") && found.is("constructor"),
                        "a constructor has no name: `constructor(…)`"));
    }

    private Optional<String> keywordAsName() {
        if (found.kind() == Token.Kind.KEYWORD && namesSomething()) {
            return Optional.of("write `%" + found.text() + "` to use the keyword as a name");
        }
        Token previous = cursor.back(1);
        return when(
                previous.kind() == Token.Kind.KEYWORD && found.is(":"),
                "write `%" + previous.text() + "` to use the keyword as a name");
    }

    /** Whether a keyword looks like a name by what stands behind it. */
    private boolean namesSomething() {
        Token next = cursor.peek(1);
        return next.is(":")
                || (expects("a name")
                        && (next.is("=") || next.is("{") || next.is("(") || next.is(",") || next.is("}")));
    }

    private Optional<String> function() {
        if (found.is("@") && (expects("`;`") || expects("`func`") || expects("a type") || expects("`(`"))) {
            return Optional.of(GATES);
        }
        if (behind(")") && expects("`;`")) {
            return cursor.peek(1).is(":")
                    ? Optional.of("`;` is missing in front of `" + found.text() + "`")
                    : when(found.is(":") || found.is("=") || atType(), RESULT);
        }
        if (found.is("async") && atMember()) {
            return Optional.of("`async` stands in front of `func`: `name: async func()`");
        }
        if (behind("func") && (found.is("async") || found.is("static"))) {
            return Optional.of("`" + found.text() + "` stands in front of `func`: `name: " + found.text() + " func()`");
        }
        if (found.is("static") && atMember()) {
            return Optional.of("`static` stands behind the name: `name: static func()`");
        }
        if (found.is("func") && atMember()) {
            return Optional.of(FUNCTION);
        }
        if (found.is("func") && expects("a type") && behind(":")) {
            return Optional.of("`" + cursor.back(2).text() + "` is a function: a `}` is missing in front of it");
        }
        boolean extern = cursor.back(2).is("import") || cursor.back(2).is("export");
        return when(
                found.is("func") && expects("`;`") && extern,
                "a `:` stands in front of `func`: " + "`" + cursor.back(2).text() + " "
                        + cursor.back(1).text() + ": func()`");
    }

    private Optional<String> words() {
        if (found.text().equals("default") && expects("`package`")) {
            return Optional.of("no word stands in front of `" + cursor.peek(1).text() + "`");
        }
        if (expects("a version")) {
            return when(found.kind() == Token.Kind.STRING, "a version stands without quotes: `version = 1.0.0`")
                    .or(() -> when(found.text().startsWith("v"), "a version begins with its number"));
        }
        if (expected.equals("`=`") && cursor.back(2).is("type")) {
            return Optional.of("a type is named by `=`: `type " + cursor.back(1).text() + " = …;`");
        }
        if (expected.equals("`:`") && cursor.back(2).is("package")) {
            boolean parted = found.is(".") || found.is("/");
            String name = cursor.back(1).text();
            return Optional.of("a package is called by two names: `package "
                    + (parted ? name + ":" + cursor.peek(1).text() : "example:" + name) + ";`");
        }
        if (expected.equals("`{`") && found.is(";") && inPackageLine()) {
            return Optional.of("the line that names the package is the first of its file");
        }
        return Optional.empty();
    }

    /** Whether nothing but a package's name stands between here and {@code package}. */
    private boolean inPackageLine() {
        for (int i = 1; i <= 12; i++) {
            Token token = cursor.back(i);
            if (token.is("package")) {
                return true;
            }
            if (token.is(";") || token.is("{") || token.is("}")) {
                return false;
            }
        }
        return false;
    }

    private Optional<String> brackets() {
        if (expected.equals("`{`")) {
            return when(found.is("("), "what it holds stands in `{` and `}`")
                    .or(() -> when(found.is("="), "no `=` stands in front of `{`"))
                    .or(() -> when(behind("."), "what `use` takes stands in `{` and `}`: `{" + found.text() + "}`"));
        }
        if (expected.equals("`<`") && TYPES.contains(cursor.back(1).text())) {
            return Optional.of(
                    "what is inside stands behind it: `" + cursor.back(1).text() + "<…>`");
        }
        if (expected.equals("`,`") && found.is(">")) {
            return Optional.of("a second type belongs here, behind a `,`");
        }
        if (expects("`,`") && found.is(";")) {
            return Optional.of("what stands in these brackets is parted by `,`");
        }
        return when(
                behind("<") && found.is(">"),
                "put a type between `<` and `>`, or leave both away where none is needed");
    }

    private Optional<String> names() {
        return when(expects("a name of a type") && found.is("*"), "each type is named, there is no word for all")
                .or(() ->
                        when(behind(":") && found.is(":"), "WIT has no `::`; `use` takes types by `interface.{type}`"))
                .or(() -> when(expects("a name") && found.kind() == Token.Kind.INTEGER, "a name begins with a letter"));
    }

    private Optional<String> otherWord() {
        return found.kind() == Token.Kind.IDENTIFIER
                ? Slips.word(found.text())
                        .filter(word -> !word.equals("_"))
                        .map(word -> "WIT has `" + word + "` for it")
                : Optional.empty();
    }
}
