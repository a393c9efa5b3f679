package tenon.text.component;

import java.util.ArrayList;
import java.util.List;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/** Imports, exports, and what they are said to be: Explainer.md, "Import and Export Definitions". */
record Externs(Cursor at, Scope scope) {
    /** The attributes of a name, in the order of their codes. */
    private static final List<String> ATTRIBUTES = List.of("implements", "version-suffix", "external-id");

    /** As the Explainer wrote it, which tools have changed since. */
    private static final String VERSION_SUFFIX = "versionsuffix";

    /** An {@code externtype}: {@code id} is where the identifier stands, if there is one. */
    record Extern(Sort sort, Cursor id, BinaryWriter content) {}

    /** {@code nameattributes}. */
    BinaryWriter name() {
        String text = text();
        var attributes = new BinaryWriter();
        int count = 0;
        for (int code = attribute(at); code >= 0; code = attribute(at)) {
            at.moveTo(at.index() + 2);
            attributes.writeByte(code).writeName(at.expectName());
            at.expectClose();
            count++;
        }
        var out = new BinaryWriter().writeByte(count == 0 ? 0x00 : 0x02).writeName(text);
        return count == 0 ? out : out.writeU32(count).write(attributes);
    }

    /** The name itself; an interface's may stand in {@code (interface …)}, as older texts have it. */
    private String text() {
        if (!at.takeOpen("interface")) {
            return at.expectName();
        }
        String text = at.expectName();
        at.expectClose();
        return text;
    }

    private static int attribute(Cursor at) {
        String word = at.openKeyword();
        return word.equals(VERSION_SUFFIX) ? 1 : ATTRIBUTES.indexOf(word);
    }

    /** Whether {@code (word "name")} follows: an import or export inside the definition that it is about. */
    boolean atInline(String word) {
        var ahead = at.fork();
        if (!ahead.takeOpen(word)) {
            return false;
        }
        if (ahead.atOpen("interface")) {
            ahead.skipGroup();
        } else if (ahead.at(Token.STRING)) {
            ahead.skip();
        } else {
            return false;
        }
        while (attribute(ahead) >= 0) {
            ahead.skipGroup();
        }
        return ahead.at(Token.CLOSE);
    }

    /** {@code (word "name")}. */
    BinaryWriter inline(String word) {
        at.takeOpen(word);
        BinaryWriter name = name();
        at.expectClose();
        return name;
    }

    /** All {@code (export "name")} that follow. */
    List<BinaryWriter> inlineExports() {
        var names = new ArrayList<BinaryWriter>();
        while (atInline("export")) {
            names.add(inline("export"));
        }
        return names;
    }

    /** An import, or in a type an export, from behind its keyword: adds an index. */
    void declare(Part part) {
        BinaryWriter name = name();
        Extern extern = extern();
        scope.add(part, name.write(extern.content));
        scope.define(extern.sort, extern.id);
    }

    /** An {@code externtype} in its parentheses. */
    Extern extern() {
        at.expectOpen();
        int token = at.index();
        Sort sort = Sort.read(at);
        if (!sort.isExternal()) {
            throw at.malformed(token, "unexpected token `core`, expected `core module`");
        }
        Cursor id = at.fork();
        at.takeIdentifier();
        BinaryWriter content = content(sort);
        at.expectClose();
        return new Extern(sort, id, content);
    }

    /** What an import of this sort says behind its identifier. */
    BinaryWriter content(Sort sort) {
        var out = new BinaryWriter();
        var types = new Types(at, scope);
        return switch (sort) {
            case CORE_MODULE -> {
                int type = new CoreTypes(at, scope).useModule();
                yield out.writeByte(0x00).writeByte(0x11).writeU32(type);
            }
            case FUNC -> out.writeByte(0x01).writeU32(types.use(Types.Use.FUNC));
            case VALUE -> out.writeByte(0x02).write(valueBound());
            case TYPE -> out.writeByte(0x03).write(typeBound());
            case COMPONENT -> out.writeByte(0x04).writeU32(types.use(Types.Use.COMPONENT));
            case INSTANCE -> out.writeByte(0x05).writeU32(types.use(Types.Use.INSTANCE));
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new AssertionError("no import: " + sort);
        };
    }

    private BinaryWriter valueBound() {
        var out = new BinaryWriter();
        if (at.takeOpen("eq")) {
            out.writeByte(0x00).writeU32(new References(at, scope).read(Sort.VALUE));
            at.expectClose();
        } else {
            var type = new ValueTypes(at, scope).read();
            type.write(out.writeByte(0x01));
        }
        return out;
    }

    private BinaryWriter typeBound() {
        var out = new BinaryWriter();
        at.expectOpen();
        if (at.take("eq")) {
            out.writeByte(0x00).writeU32(new References(at, scope).read(Sort.TYPE));
        } else if (at.take("sub")) {
            at.expectKeyword("resource");
            out.writeByte(0x01);
        } else {
            throw at.unexpected("`eq` or `sub`");
        }
        at.expectClose();
        return out;
    }

    /** An export of a component, from behind {@code export}: adds an index. */
    void export() {
        Cursor id = at.fork();
        at.takeIdentifier();
        BinaryWriter name = name();
        References.SortIndex item = new References(at, scope).any();
        var type = new BinaryWriter().writeByte(0x00);
        if (at.at(Token.OPEN)) {
            Extern extern = extern();
            type = new BinaryWriter().writeByte(0x01).write(extern.content);
        }
        scope.add(Part.EXPORT, item.write(name).write(type));
        scope.define(item.sort(), id);
    }
}
