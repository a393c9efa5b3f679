package tenon.text.core;

import java.util.OptionalLong;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.Limits;
import tenon.types.core.Limits.AddressType;
import tenon.types.core.MemoryType;

/** {@code (memory …)}: WebAssembly 3.0, "Memories" of the text format. */
record MemoryField(Header header) implements Field {

    /** The first pass: data that stand inside are a segment of their own. */
    static MemoryField declare(Header header, Scope scope) {
        Cursor ahead = header.cursor().fork();
        TypeReader.addressType(ahead);
        if (header.imported().isEmpty() && ahead.at(Token.OPEN)) {
            scope.data().declare();
        }
        return new MemoryField(header);
    }

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = header.assemble(assembler);
        TypeReader types = assembler.scope().types().reader();
        if (header.assembleImport(assembler, at, types::memoryType)) {
            return;
        }
        Cursor ahead = at.fork();
        AddressType address = TypeReader.addressType(ahead);
        if (ahead.at(Token.OPEN)) {
            withData(assembler, ahead, address);
            return;
        }
        assembler.memories().next().writeMemoryType(types.memoryType(at));
        at.expectClose();
    }

    /** {@code addrtype? (data …)}: as many pages as the data need. */
    private void withData(Assembler assembler, Cursor at, AddressType address) {
        int pageSizeLog2 = TypeReader.pageSizeLog2(at);
        if (!at.takeOpen("data")) {
            throw at.unexpected("`(data`");
        }
        byte[] content = DataField.content(at);
        at.expectClose();
        at.expectClose();
        long pages = (content.length + (1L << pageSizeLog2) - 1) >>> pageSizeLog2;
        var limits = new Limits(address, pages, OptionalLong.of(pages));
        assembler.memories().next().writeMemoryType(new MemoryType(limits, false, pageSizeLog2));
        DataField.writeActive(assembler.data().next(), header.index(), Assembler.zero(address), content);
    }
}
