package tenon.text.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tenon.text.lex.Cursor;
import tenon.text.lex.Lexer;
import tenon.text.lex.Source;
import tenon.text.lex.Token;
import tenon.types.Place;

/**
 * A {@code .wast} script as directives. Immutable.
 *
 * @param file how errors call the script
 */
public record WastScript(String file, List<Directive> directives) {
    private static final Set<String> MODULE_FIELDS = Set.of(
            "type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data");

    public WastScript {
        directives = List.copyOf(directives);
    }

    /**
     * Reads a script; modules inside are left unread.
     *
     * @throws tenon.types.MalformedException if tokens, parentheses or directives are wrong; its place is a line and a column
     */
    public static WastScript parse(String file, byte[] utf8) {
        return parse(Source.decode(file, utf8));
    }

    /** As {@link #parse(String, byte[])}, from characters. */
    public static WastScript parse(String file, String text) {
        return parse(new Source(file, text));
    }

    private static WastScript parse(Source source) {
        var at = new Cursor(Lexer.tokens(source), 0);
        if (MODULE_FIELDS.contains(at.openKeyword())) {
            int end = at.tokens().size() - 1;
            var definition = new Definition(Definition.Kind.MODULE, Definition.Form.TEXT, at, 0, end);
            return new WastScript(
                    source.file(), List.of(new Directive.Instantiate(at.position(), Optional.empty(), definition)));
        }
        var directives = new ArrayList<Directive>();
        while (!at.at(Token.END)) {
            directives.add(directive(at));
        }
        return new WastScript(source.file(), directives);
    }

    private static Directive directive(Cursor at) {
        var position = at.position();
        int close = at.at(Token.OPEN) ? at.partner() : at.index();
        Cursor word = at.fork();
        word.moveTo(at.index() + 1);
        Directive directive = switch (at.openKeyword()) {
            case "module", "component" -> definition(at, position);
            case "invoke", "get" -> new Directive.Perform(position, action(at));
            case "register" -> register(at, position);
            case "assert_return" -> {
                at.moveTo(at.index() + 2);
                Action action = action(at);
                yield new Directive.AssertReturn(position, action, ValueReader.patterns(at));
            }
            case "assert_exception" -> {
                at.moveTo(at.index() + 2);
                yield new Directive.AssertException(position, action(at));
            }
            case "assert_trap", "assert_exhaustion", "assert_suspension" -> ofAction(at, position);
            case "assert_malformed", "assert_invalid", "assert_malformed_custom", "assert_invalid_custom" ->
                ofDefinition(at, position);
            case "assert_unlinkable", "assert_uninstantiable" -> ofDefinition(at, position);
            case "thread" -> thread(at, position);
            case "wait" -> {
                at.moveTo(at.index() + 2);
                yield new Directive.Wait(position, at.expectIdentifier());
            }
            default -> throw (at.at(Token.OPEN) ? word : at).unexpected("a directive");
        };
        if (at.index() == close) {
            at.expectClose();
        } else if (at.index() != close + 1) {
            throw at.unexpected("`)`");
        }
        return directive;
    }

    private static Directive thread(Cursor at, Place.TextPosition position) {
        int close = at.partner();
        at.moveTo(at.index() + 2);
        String name = at.expectIdentifier();
        var shared = new ArrayList<String>();
        while (at.takeOpen("shared")) {
            if (!at.takeOpen("module")) {
                throw at.unexpected("`(module`");
            }
            shared.add(at.expectIdentifier());
            at.expectClose();
            at.expectClose();
        }
        var directives = new ArrayList<Directive>();
        while (at.index() < close) {
            if (at.atOpen("thread")) {
                throw at.unexpected("a directive of one thread");
            }
            directives.add(directive(at));
        }
        return new Directive.InThread(position, name, shared, directives);
    }

    private static Directive register(Cursor at, Place.TextPosition position) {
        at.moveTo(at.index() + 2);
        String as = at.expectName();
        return new Directive.Register(position, as, at.takeIdentifier());
    }

    private static Directive ofAction(Cursor at, Place.TextPosition position) {
        String word = at.openKeyword();
        at.moveTo(at.index() + 2);
        if (atDefinition(at)) {
            Definition definition = definition(at);
            return new Directive.AssertUninstantiable(position, definition, at.expectName());
        }
        Action action = action(at);
        String message = at.expectName();
        return switch (word) {
            case "assert_trap" -> new Directive.AssertTrap(position, action, message);
            case "assert_exhaustion" -> new Directive.AssertExhaustion(position, action, message);
            default -> new Directive.AssertSuspension(position, action, message);
        };
    }

    private static Directive ofDefinition(Cursor at, Place.TextPosition position) {
        String word = at.openKeyword();
        at.moveTo(at.index() + 2);
        if (!atDefinition(at)) {
            throw at.unexpected("`(module` or `(component`");
        }
        Definition definition = definition(at);
        String message = at.expectName();
        return switch (word) {
            case "assert_malformed" -> new Directive.AssertMalformed(position, definition, message, false);
            case "assert_malformed_custom" -> new Directive.AssertMalformed(position, definition, message, true);
            case "assert_invalid" -> new Directive.AssertInvalid(position, definition, message, false);
            case "assert_invalid_custom" -> new Directive.AssertInvalid(position, definition, message, true);
            case "assert_unlinkable" -> new Directive.AssertUnlinkable(position, definition, message);
            default -> new Directive.AssertUninstantiable(position, definition, message);
        };
    }

    private static boolean atDefinition(Cursor at) {
        return at.atOpen("module") || at.atOpen("component");
    }

    private static Definition definition(Cursor at) {
        var position = at.position();
        return switch (definition(at, position)) {
            case Directive.Instantiate instantiate -> instantiate.definition();
            case Directive.Define define -> define.definition();
            default ->
                throw at.tokens()
                        .source()
                        .malformed(at.tokens().start(at.index() - 1), "unexpected token: an instance");
        };
    }

    /** Steps over {@code (module …)} or {@code (component …)}. */
    private static Directive definition(Cursor at, Place.TextPosition position) {
        var kind = at.atOpen("module") ? Definition.Kind.MODULE : Definition.Kind.COMPONENT;
        int close = at.partner();
        var start = at.fork();
        at.moveTo(at.index() + 2);
        boolean defineOnly = at.take("definition");
        if (!defineOnly && at.take("instance")) {
            Optional<String> name = at.takeIdentifier();
            Optional<String> of = at.takeIdentifier();
            at.expectClose();
            return new Directive.InstantiateDefined(position, kind, name, of);
        }
        int content = at.index();
        Optional<String> name = at.takeIdentifier();
        Definition.Form form = Definition.Form.TEXT;
        if (at.atKeyword("binary") || at.atKeyword("quote")) {
            form = at.atKeyword("binary") ? Definition.Form.BINARY : Definition.Form.QUOTE;
            content = at.index() + 1;
        }
        at.moveTo(close + 1);
        var definition = new Definition(kind, form, start, content, close);
        return defineOnly
                ? new Directive.Define(position, name, definition)
                : new Directive.Instantiate(position, name, definition);
    }

    private static Action action(Cursor at) {
        if (at.takeOpen("invoke")) {
            Optional<String> instance = at.takeIdentifier();
            String export = at.expectName();
            var action = new Action.Invoke(instance, export, ValueReader.values(at));
            at.expectClose();
            return action;
        }
        if (at.takeOpen("get")) {
            Optional<String> instance = at.takeIdentifier();
            var action = new Action.Get(instance, at.expectName());
            at.expectClose();
            return action;
        }
        throw at.unexpected("`(invoke` or `(get`");
    }
}
