package tenon.text.core;

import tenon.text.lex.Cursor;
import tenon.types.core.TagType;

/** {@code (tag …)}: WebAssembly 3.0, "Tags" of the text format. */
record TagField(Header header) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = header.assemble(assembler);
        TypeSpace types = assembler.scope().types();
        if (!header.assembleImport(
                assembler, at, cursor -> new TagType(types.use(cursor).index()))) {
            assembler.tags().next().writeByte(0x00).writeU32(types.use(at).index());
            at.expectClose();
        }
    }
}
