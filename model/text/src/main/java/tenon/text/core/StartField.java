package tenon.text.core;

import tenon.text.lex.Cursor;

/**
 * {@code (start …)}: WebAssembly 3.0, "Start Function" of the text format.
 *
 * @param cursor behind the keyword
 */
record StartField(Cursor cursor) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = cursor.fork();
        assembler.start(assembler.scope().functions().resolve(at));
        at.expectClose();
    }
}
