package tenon.text.core;

import tenon.text.lex.Cursor;
import tenon.wasm.Module.ExternKind;

/**
 * {@code (export …)}: WebAssembly 3.0, "Exports" of the text format.
 *
 * @param cursor behind the keyword
 */
record ExportField(Cursor cursor) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = cursor.fork();
        String name = at.expectName();
        at.expectOpen();
        ExternKind kind = ModuleReader.externKind(at);
        at.skip();
        assembler.export(name, kind, Header.space(kind, assembler.scope()).resolve(at));
        at.expectClose();
        at.expectClose();
    }
}
