package tenon.text.core;

import java.util.List;
import java.util.OptionalLong;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.Limits;
import tenon.types.core.Limits.AddressType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.wasm.BinaryWriter;

/** {@code (table …)}: WebAssembly 3.0, "Tables" of the text format. */
record TableField(Header header) implements Field {

    /** The first pass: elements that stand inside are a segment of their own. */
    static TableField declare(Header header, Scope scope) {
        Cursor ahead = header.cursor().fork();
        TypeReader.addressType(ahead);
        if (header.imported().isEmpty() && !ahead.at(Token.INTEGER)) {
            scope.elements().declare();
        }
        return new TableField(header);
    }

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = header.assemble(assembler);
        TypeReader types = assembler.scope().types().reader();
        if (header.assembleImport(assembler, at, types::tableType)) {
            return;
        }
        Cursor ahead = at.fork();
        AddressType address = TypeReader.addressType(ahead);
        if (!ahead.at(Token.INTEGER)) {
            withElements(assembler, ahead, address);
            return;
        }
        TableType type = types.tableType(at);
        BinaryWriter out = assembler.tables().next();
        if (at.at(Token.CLOSE)) {
            out.writeTableType(type);
        } else {
            out.writeByte(0x40).writeByte(0x00).writeTableType(type);
            InstructionReader.expression(assembler, at, header.close(), out);
        }
        at.expectClose();
    }

    /** {@code addrtype? reftype (elem …)}: as long as its elements are many. */
    private void withElements(Assembler assembler, Cursor at, AddressType address) {
        RefType type = assembler.scope().types().reader().refType(at);
        if (!at.atOpen("elem")) {
            throw at.unexpected("`(elem`");
        }
        at.moveTo(at.index() + 2);
        var expressions = new BinaryWriter();
        boolean asExpressions = at.at(Token.OPEN);
        int count = asExpressions ? ElementField.expressions(assembler, at, expressions) : 0;
        List<Integer> functions = ElementField.functions(assembler, at);
        count += functions.size();
        at.expectClose();
        at.expectClose();
        assembler
                .tables()
                .next()
                .writeTableType(new TableType(new Limits(address, count, OptionalLong.of(count)), type));
        boolean plain = !asExpressions && type.equals(RefType.FUNCREF);
        var segment = new ElementField.Segment(type, plain, functions, expressions, count);
        segment.writeActive(assembler.elements().next(), header.index(), Assembler.zero(address));
    }
}
