package tenon.text.core;

import java.io.ByteArrayOutputStream;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.wasm.BinaryWriter;

/**
 * {@code (data …)}: WebAssembly 3.0, "Data Segments" of the text format.
 *
 * @param cursor behind the identifier
 */
record DataField(Cursor cursor) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = cursor.fork();
        int memory = 0;
        if (at.at(Token.INTEGER)) {
            memory = assembler.scope().memories().resolve(at); // as WebAssembly 1.0 wrote it
        } else if (at.takeOpen("memory")) {
            memory = assembler.scope().memories().resolve(at);
            at.expectClose();
        } else if (!at.at(Token.OPEN)) {
            assembler.data().next().writeByte(1).writeVector(content(at));
            at.expectClose();
            return;
        }
        var offset = new BinaryWriter();
        ElementField.offset(assembler, at, offset);
        writeActive(assembler.data().next(), memory, offset, content(at));
        at.expectClose();
    }

    /** Strings up to the parenthesis, joined. */
    static byte[] content(Cursor at) {
        var content = new ByteArrayOutputStream();
        while (at.at(Token.STRING)) {
            content.writeBytes(at.expectString());
        }
        return content.toByteArray();
    }

    static void writeActive(BinaryWriter out, int memory, BinaryWriter offset, byte[] content) {
        if (memory == 0) {
            out.writeByte(0);
        } else {
            out.writeByte(2).writeU32(memory);
        }
        out.write(offset).writeVector(content);
    }
}
