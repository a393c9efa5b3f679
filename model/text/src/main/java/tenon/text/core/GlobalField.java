package tenon.text.core;

import tenon.text.lex.Cursor;
import tenon.wasm.BinaryWriter;

/** {@code (global …)}: WebAssembly 3.0, "Globals" of the text format. */
record GlobalField(Header header) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = header.assemble(assembler);
        TypeReader types = assembler.scope().types().reader();
        if (!header.assembleImport(assembler, at, types::globalType)) {
            BinaryWriter out = assembler.globals().next();
            out.writeGlobalType(types.globalType(at));
            InstructionReader.expression(assembler, at, header.close(), out);
            at.expectClose();
        }
    }
}
