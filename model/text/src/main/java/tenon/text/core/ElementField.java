package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.RefType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Opcode;

/**
 * {@code (elem …)}: WebAssembly 3.0, "Element Segments" of the text format.
 *
 * @param cursor behind the identifier
 */
record ElementField(Cursor cursor) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = cursor.fork();
        boolean declarative = at.take("declare");
        OptionalInt table = OptionalInt.empty();
        if (!declarative && at.at(Token.INTEGER)) {
            table = OptionalInt.of(assembler.scope().tables().resolve(at)); // as WebAssembly 1.0 wrote it
        } else if (!declarative && at.takeOpen("table")) {
            table = OptionalInt.of(assembler.scope().tables().resolve(at));
            at.expectClose();
        } else if (!declarative && at.at(Token.OPEN) && !TypeReader.atRefType(at)) {
            table = OptionalInt.of(0);
        }
        var offset = new BinaryWriter();
        if (table.isPresent()) {
            offset(assembler, at, offset);
        }
        Segment segment = elements(assembler, at, table.isPresent());
        BinaryWriter out = assembler.elements().next();
        if (table.isPresent()) {
            segment.writeActive(out, table.getAsInt(), offset);
        } else {
            segment.writePassive(out, declarative);
        }
        at.expectClose();
    }

    /** {@code (offset …)} or a folded instruction. */
    static void offset(Assembler assembler, Cursor at, BinaryWriter out) {
        if (at.atOpen("offset")) {
            int close = at.partner();
            at.moveTo(at.index() + 2);
            InstructionReader.expression(assembler, at, close, out);
            at.expectClose();
        } else {
            InstructionReader.folded(assembler, at, out);
        }
    }

    private static Segment elements(Assembler assembler, Cursor at, boolean active) {
        if (TypeReader.atRefType(at)) {
            RefType type = assembler.scope().types().reader().refType(at);
            var expressions = new BinaryWriter();
            int count = expressions(assembler, at, expressions);
            return new Segment(type, false, List.of(), expressions, count);
        }
        if (!active || at.atKeyword("func")) {
            at.expectKeyword("func");
        }
        List<Integer> functions = functions(assembler, at);
        return new Segment(RefType.FUNCREF, true, functions, new BinaryWriter(), functions.size());
    }

    /** Function indices up to the parenthesis. */
    static List<Integer> functions(Assembler assembler, Cursor at) {
        var functions = new ArrayList<Integer>();
        while (!at.at(Token.CLOSE)) {
            functions.add(assembler.scope().functions().resolve(at));
        }
        return functions;
    }

    /** {@code (item …)} or folded instructions up to the parenthesis; gives their number. */
    static int expressions(Assembler assembler, Cursor at, BinaryWriter out) {
        int count = 0;
        while (!at.at(Token.CLOSE)) {
            if (at.atOpen("item")) {
                int close = at.partner();
                at.moveTo(at.index() + 2);
                InstructionReader.expression(assembler, at, close, out);
                at.expectClose();
            } else {
                InstructionReader.folded(assembler, at, out);
            }
            count++;
        }
        return count;
    }

    /**
     * What a segment holds: {@code expressions}, {@code count} of them, then references to {@code functions}.
     *
     * @param plain whether it is written as indices of functions, which only {@code functions} can be
     */
    record Segment(RefType type, boolean plain, List<Integer> functions, BinaryWriter expressions, int count) {

        /** Binary format, "Element Section": forms 1, 3, 5 and 7. */
        void writePassive(BinaryWriter out, boolean declarative) {
            int form = declarative ? 3 : 1;
            if (plain) {
                out.writeByte(form).writeByte(0x00);
            } else {
                out.writeByte(form | 4).writeRefType(type);
            }
            writeElements(out);
        }

        /** Forms 0, 2, 4 and 6. */
        void writeActive(BinaryWriter out, int table, BinaryWriter offset) {
            if (plain && table == 0) {
                out.writeByte(0).write(offset);
            } else if (plain) {
                out.writeByte(2).writeU32(table).write(offset).writeByte(0x00);
            } else if (table == 0 && type.equals(RefType.FUNCREF)) {
                out.writeByte(4).write(offset);
            } else {
                out.writeByte(6).writeU32(table).write(offset).writeRefType(type);
            }
            writeElements(out);
        }

        private void writeElements(BinaryWriter out) {
            out.writeU32(count);
            if (plain) {
                functions.forEach(out::writeU32);
                return;
            }
            out.write(expressions);
            for (int function : functions) {
                out.writeOpcode(Opcode.REF_FUNC).writeU32(function).writeOpcode(Opcode.END);
            }
        }
    }
}
