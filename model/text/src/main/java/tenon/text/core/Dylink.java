package tenon.text.core;

import java.util.List;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/**
 * {@code (@dylink.0 …)}: the section {@code dylink.0} of the tool conventions, "Dynamic Linking", as tools write it in texts. Confined to
 * one thread.
 */
final class Dylink {
    private static final int MEMORY = 1;
    private static final int NEEDED = 2;
    private static final int EXPORTS = 3;
    private static final int IMPORTS = 4;
    private static final int RUNTIME_PATH = 5;

    /** Flags of a symbol in the order of their bits; the fourth means nothing. */
    private static final List<String> FLAGS = List.of(
            "binding-weak",
            "binding-local",
            "visibility-hidden",
            "",
            "undefined",
            "exported",
            "explicit-name",
            "no-strip",
            "tls",
            "absolute");

    private final BinaryWriter out = new BinaryWriter();

    /** Symbols that are to become one subsection. */
    private Section symbols = new Section();

    private int kind;

    private Dylink() {}

    /** The section's content. */
    static byte[] read(Cursor at) {
        var section = new Dylink();
        while (at.at(Token.OPEN)) {
            section.part(at);
            at.expectClose();
        }
        if (!at.at(Token.END)) {
            throw at.unexpected("a part of the section `dylink.0`");
        }
        section.flush();
        return section.out.toByteArray();
    }

    private void part(Cursor at) {
        if (at.takeOpen("export-info")) {
            symbol(at, EXPORTS);
        } else if (at.takeOpen("import-info")) {
            symbol(at, IMPORTS);
        } else if (at.takeOpen("mem-info")) {
            flush();
            var content = new BinaryWriter();
            pair(at, "memory", content);
            pair(at, "table", content);
            out.writeSection(MEMORY, content);
        } else if (at.takeOpen("needed")) {
            strings(at, NEEDED);
        } else if (at.takeOpen("runtime-path")) {
            strings(at, RUNTIME_PATH);
        } else {
            at.skip();
            throw at.unexpected("`mem-info`, `needed`, `export-info`, `import-info` or `runtime-path`");
        }
    }

    private static void pair(Cursor at, String word, BinaryWriter content) {
        if (at.takeOpen(word)) {
            content.writeU32(at.expectU32()).writeU32(at.expectU32());
            at.expectClose();
        } else {
            content.writeU32(0).writeU32(0);
        }
    }

    private void strings(Cursor at, int id) {
        flush();
        var content = new BinaryWriter();
        int count = 0;
        while (at.at(Token.STRING)) {
            content.writeName(at.expectName());
            count++;
        }
        out.writeSection(id, new BinaryWriter().writeU32(count).write(content));
    }

    private void symbol(Cursor at, int id) {
        if (kind != id) {
            flush();
            kind = id;
        }
        BinaryWriter symbol = symbols.next();
        symbol.writeName(at.expectName());
        if (id == IMPORTS) {
            symbol.writeName(at.expectName());
        }
        int flags = 0;
        while (!at.at(Token.CLOSE)) {
            if (at.at(Token.INTEGER)) {
                flags |= at.expectU32();
            } else {
                int flag = at.at(Token.KEYWORD) ? FLAGS.indexOf(at.text()) : -1;
                if (flag < 0) {
                    throw at.unexpected("a flag of a symbol");
                }
                at.skip();
                flags |= 1 << flag;
            }
        }
        symbol.writeU32(flags);
    }

    private void flush() {
        if (symbols.count() > 0) {
            out.writeSection(kind, symbols.content());
        }
        symbols = new Section();
        kind = 0;
    }
}
