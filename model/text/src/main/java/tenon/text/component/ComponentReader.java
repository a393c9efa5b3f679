package tenon.text.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.text.core.CustomSection;
import tenon.text.core.IndexSpace;
import tenon.text.core.ModuleReader;
import tenon.text.lex.Annotation;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** The definitions of a component: Explainer.md, "Component Definitions". Confined to one thread. */
public final class ComponentReader {
    private static final int CUSTOM_SECTION = 0;
    private static final int MODULE_SECTION = 1;
    private static final int COMPONENT_SECTION = 4;
    private static final int START_SECTION = 9;

    private final Cursor at;
    private final Scope scope;
    private final Constants constants;
    private final List<InlineExport> exports = new ArrayList<>();

    /** An export that stands inside a definition; it follows all definitions, so that it moves no index. */
    private record InlineExport(BinaryWriter name, Sort sort, int index) {}

    private ComponentReader(Cursor at, Scope scope, Constants constants) {
        this.at = at;
        this.scope = scope;
        this.constants = constants;
    }

    /**
     * Reads {@code (component …)} up to the end of the text, and gives its binary.
     *
     * @throws tenon.types.MalformedException for text that is no component
     */
    public static byte[] wholeText(Cursor cursor) {
        cursor.expectOpen();
        cursor.expectKeyword("component");
        byte[] binary = fields(cursor);
        cursor.expectClose();
        if (!cursor.at(Token.END)) {
            throw cursor.unexpected("the end of the text");
        }
        return binary;
    }

    /** Reads an identifier and definitions, from behind {@code component} up to the parenthesis that closes it. */
    public static byte[] fields(Cursor cursor) {
        byte[] binary = read(cursor, true);
        if (!cursor.at(Token.CLOSE)) {
            throw cursor.unexpected("a definition of a component");
        }
        return binary;
    }

    /** Reads definitions up to the end of the text: a component without its frame. */
    public static byte[] unframed(Cursor cursor) {
        byte[] binary = read(cursor, false);
        if (!cursor.at(Token.END)) {
            throw cursor.unexpected("a definition of a component");
        }
        return binary;
    }

    private static byte[] read(Cursor cursor, boolean named) {
        int start = cursor.index();
        var constants = Constants.unknown();
        byte[] binary = read(cursor, named, constants);
        if (!constants.incomplete()) {
            return binary;
        }
        cursor.moveTo(start);
        return read(cursor, named, constants.told(binary));
    }

    private static byte[] read(Cursor cursor, boolean named, Constants constants) {
        Optional<String> name = named ? cursor.takeIdentifier() : Optional.empty();
        return new ComponentReader(cursor, new Scope(Scope.Kind.COMPONENT, null, name), constants).read();
    }

    private byte[] read() {
        scope.enter(at);
        customs();
        while (at.at(Token.OPEN)) {
            at.skip();
            definition();
            at.expectClose();
            customs();
        }
        for (InlineExport export : exports) {
            var item = new References.SortIndex(export.sort, export.index);
            scope.add(Part.EXPORT, item.write(export.name).writeByte(0x00));
            scope.space(export.sort).declare();
        }
        scope.leave();
        return scope.binary();
    }

    /** The custom sections in front of the next token. */
    private void customs() {
        for (Annotation annotation : at.tokens().annotations(at.index(), at.index() + 1)) {
            if (annotation.isSection()) {
                CustomSection custom = CustomSection.read(annotation);
                scope.addSection(
                        CUSTOM_SECTION,
                        new BinaryWriter()
                                .writeName(custom.name())
                                .write(custom.content())
                                .toByteArray());
            }
        }
    }

    private void definition() {
        switch (at.at(Token.KEYWORD) ? at.text() : "") {
            case "core" -> coreDefinition();
            case "component" -> component();
            case "instance" -> instance();
            case "func" -> function();
            case "type" -> type();
            case "value" -> value();
            case "alias" -> {
                at.skip();
                new Aliases(at, scope).read();
            }
            case "canon" -> {
                at.skip();
                new Canons(at, scope).read();
            }
            case "import" -> {
                at.skip();
                new Externs(at, scope).declare(Part.IMPORT);
            }
            case "export" -> {
                at.skip();
                new Externs(at, scope).export();
            }
            case "start" -> start();
            default -> throw at.unexpected("a definition of a component");
        }
    }

    private void coreDefinition() {
        at.skip();
        switch (at.at(Token.KEYWORD) ? at.text() : "") {
            case "module" -> module();
            case "type", "rec" -> new CoreTypes(at, scope).read();
            case "instance" -> {
                Cursor id = identifier();
                scope.add(Part.CORE_INSTANCE, new Instances(at, scope).core());
                scope.define(Sort.CORE_INSTANCE, id);
            }
            case "func" -> coreFunction();
            case "table", "memory", "global", "tag" -> {
                Sort sort = Sort.readCore(at.fork());
                new Aliases(at, scope).inline(sort, identifier());
            }
            default -> throw at.unexpected("`module`, `instance`, `type`, `rec` or `func`");
        }
    }

    /** Steps over the keyword and the identifier behind it, at which the result stays. */
    private Cursor identifier() {
        at.skip();
        Cursor id = at.fork();
        at.takeIdentifier();
        return id;
    }

    private void coreFunction() {
        Cursor id = identifier();
        if (at.atOpen("alias")) {
            new Aliases(at, scope).inline(Sort.CORE_FUNC, id);
            return;
        }
        if (!at.takeOpen("canon")) {
            throw at.unexpected("`(canon` or `(alias`");
        }
        BinaryWriter content = new Canons(at, scope).coreFunction();
        at.expectClose();
        scope.add(Part.CANON, content);
        scope.define(Sort.CORE_FUNC, id);
    }

    /**
     * Steps over inline exports, and over an inline import or alias, which is the whole definition.
     *
     * @return the exports; null if the definition is done
     */
    private @Nullable List<BinaryWriter> heading(Sort sort, Cursor id) {
        var externs = new Externs(at, scope);
        List<BinaryWriter> names = externs.inlineExports();
        if (externs.atInline("import")) {
            BinaryWriter name = externs.inline("import");
            scope.add(Part.IMPORT, name.write(externs.content(sort)));
            export(names, sort, scope.define(sort, id));
            return null;
        }
        // in a component it would be its first definition
        if (sort != Sort.COMPONENT && at.atOpen("alias")) {
            new Aliases(at, scope).inline(sort, id);
            export(names, sort, scope.space(sort).size() - 1);
            return null;
        }
        return names;
    }

    private void export(List<BinaryWriter> names, Sort sort, int index) {
        names.forEach(name -> exports.add(new InlineExport(name, sort, index)));
    }

    private void module() {
        Cursor id = identifier();
        List<BinaryWriter> names = heading(Sort.CORE_MODULE, id);
        if (names != null) {
            scope.addSection(
                    MODULE_SECTION,
                    ModuleReader.fields(
                            at, IndexSpace.annotatedName(at, id.fork().takeIdentifier())));
            export(names, Sort.CORE_MODULE, scope.define(Sort.CORE_MODULE, id));
        }
    }

    private void component() {
        Cursor id = identifier();
        List<BinaryWriter> names = heading(Sort.COMPONENT, id);
        if (names != null) {
            Optional<String> name = id.fork().takeIdentifier();
            var inner = new Scope(Scope.Kind.COMPONENT, scope, name);
            byte[] binary = new ComponentReader(at, inner, constants).read();
            scope.addSection(COMPONENT_SECTION, binary);
            export(names, Sort.COMPONENT, scope.define(Sort.COMPONENT, id));
        }
    }

    private void instance() {
        Cursor id = identifier();
        List<BinaryWriter> names = heading(Sort.INSTANCE, id);
        if (names != null) {
            scope.add(Part.INSTANCE, new Instances(at, scope).component());
            export(names, Sort.INSTANCE, scope.define(Sort.INSTANCE, id));
        }
    }

    private void function() {
        Cursor id = identifier();
        List<BinaryWriter> names = heading(Sort.FUNC, id);
        if (names == null) {
            return;
        }
        int type = new Types(at, scope).use(Types.Use.FUNC);
        if (!at.takeOpen("canon")) {
            throw at.unexpected("`(canon lift`");
        }
        at.expectKeyword("lift");
        BinaryWriter content = new Canons(at, scope).lift().writeU32(type);
        at.expectClose();
        scope.add(Part.CANON, content);
        export(names, Sort.FUNC, scope.define(Sort.FUNC, id));
    }

    private void type() {
        Cursor id = identifier();
        var externs = new Externs(at, scope);
        List<BinaryWriter> names = externs.inlineExports();
        if (at.atOpen("alias")) {
            new Aliases(at, scope).inline(Sort.TYPE, id);
        } else {
            scope.add(Part.TYPE, new Types(at, scope).definition(id.fork().takeIdentifier()));
            scope.define(Sort.TYPE, id);
        }
        export(names, Sort.TYPE, scope.space(Sort.TYPE).size() - 1);
    }

    /** Explainer.md, "Value Definitions", with the headings that other definitions have. */
    private void value() {
        Cursor id = identifier();
        List<BinaryWriter> names = heading(Sort.VALUE, id);
        if (names == null) {
            return;
        }
        var content = new BinaryWriter();
        new ValueTypes(at, scope).read().write(content);
        content.writeVector(constants.read(at));
        scope.add(Part.VALUE, content);
        export(names, Sort.VALUE, scope.define(Sort.VALUE, id));
    }

    private void start() {
        at.skip();
        var references = new References(at, scope);
        var content = new BinaryWriter().writeU32(references.read(Sort.FUNC));
        var arguments = new BinaryWriter();
        int count = 0;
        while (at.atOpen("value")) {
            arguments.writeU32(references.read(Sort.VALUE));
            count++;
        }
        content.writeU32(count).write(arguments);
        int results = 0;
        while (at.takeOpen("result")) {
            if (!at.takeOpen("value")) {
                throw at.unexpected("`(value`");
            }
            scope.define(Sort.VALUE, at);
            at.expectClose();
            at.expectClose();
            results++;
        }
        scope.addSection(START_SECTION, content.writeU32(results).toByteArray());
    }
}
