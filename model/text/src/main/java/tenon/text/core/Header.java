package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tenon.text.lex.Cursor;
import tenon.types.core.ExternType;
import tenon.wasm.Module.ExternKind;

/**
 * What fields begin with that can be imported and exported where they stand: WebAssembly 3.0, abbreviations of "Functions",
 * "Tables" and so on.
 *
 * @param index in the index space of {@code kind}
 * @param imported the two names, if it is an import
 * @param cursor behind all that
 * @param close the token that closes the field
 */
record Header(
        ExternKind kind, int index, List<String> exports, Optional<ImportName> imported, Cursor cursor, int close) {

    /** An import's names. */
    record ImportName(String module, String name) {}

    /** The first pass, from behind the keyword; {@code outer} is the import whose description this is, if it is one. */
    static Header declare(ExternKind kind, Cursor cursor, int close, Scope scope, Optional<ImportName> outer) {
        IndexSpace space = space(kind, scope);
        int index = space.declare(cursor);
        var exports = new ArrayList<String>();
        Optional<ImportName> imported = outer;
        if (outer.isEmpty()) {
            while (cursor.takeOpen("export")) {
                exports.add(cursor.expectName());
                cursor.expectClose();
            }
            if (cursor.takeOpen("import")) {
                imported = Optional.of(importName(cursor));
                cursor.expectClose();
            }
        }
        return new Header(kind, index, exports, imported, cursor, close);
    }

    static ImportName importName(Cursor cursor) {
        String module = cursor.expectName();
        return new ImportName(module, cursor.expectName());
    }

    static IndexSpace space(ExternKind kind, Scope scope) {
        return switch (kind) {
            case FUNCTION -> scope.functions();
            case TABLE -> scope.tables();
            case MEMORY -> scope.memories();
            case GLOBAL -> scope.globals();
            case TAG -> scope.tags();
        };
    }

    /** The second pass: writes the exports; the result stands behind the header. */
    Cursor assemble(Assembler assembler) {
        for (String name : exports) {
            assembler.export(name, kind, index);
        }
        return cursor.fork();
    }

    /** Writes the import if it is one. */
    boolean assembleImport(Assembler assembler, Cursor at, Function<Cursor, ExternType> type) {
        if (imported.isEmpty()) {
            return false;
        }
        assembler.importing(imported.get(), type.apply(at));
        at.expectClose();
        return true;
    }
}
