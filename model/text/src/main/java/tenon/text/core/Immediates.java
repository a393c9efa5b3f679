package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.RefType;
import tenon.types.core.ValType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Opcode;

/** What follows an instruction's word: WebAssembly 3.0, "Instructions" of the text format. */
final class Immediates {
    private final Assembler assembler;
    private final Scope scope;
    private final Cursor at;
    private final IndexSpace locals;
    private final Labels labels;

    Immediates(Assembler assembler, Cursor at, IndexSpace locals, Labels labels) {
        this.assembler = assembler;
        this.scope = assembler.scope();
        this.at = at;
        this.locals = locals;
        this.labels = labels;
    }

    /** Reads the immediates of an instruction that is no block and writes it whole. */
    void write(Opcode word, BinaryWriter out) {
        Opcode opcode = variant(word);
        out.writeOpcode(opcode);
        switch (opcode.immediate()) {
            case NONE -> {}
            case LABEL -> out.writeU32(labels.resolve(at));
            case LABELS -> labels(out);
            case FUNC -> out.writeU32(scope.functions().resolve(at));
            case TYPE -> out.writeU32(typeIndex());
            case TYPE_FIELD -> {
                int type = typeIndex();
                out.writeU32(type).writeU32(scope.types().fields(type).resolve(at));
            }
            case TYPE_COUNT -> out.writeU32(typeIndex()).writeU32(at.expectU32());
            case TYPE_DATA -> {
                out.writeU32(typeIndex()).writeU32(scope.data().resolve(at));
                assembler.needDataCount();
            }
            case TYPE_ELEM ->
                out.writeU32(typeIndex()).writeU32(scope.elements().resolve(at));
            case TYPE_TYPE -> out.writeU32(typeIndex()).writeU32(typeIndex());
            case CAST -> out.writeHeapType(scope.types().reader().refType(at).heap());
            case CAST_LABEL -> cast(out);
            case FENCE -> out.writeByte(0);
            case TYPE_TABLE -> {
                int table = scope.tables().resolveOrZero(at);
                var use = scope.types().use(at);
                use.signature().unnamed(at);
                out.writeU32(use.index()).writeU32(table);
            }
            case TYPES -> out.writeValTypes(Signature.results(at, scope.types().reader()));
            case LOCAL -> out.writeU32(locals.resolve(at));
            case GLOBAL -> out.writeU32(scope.globals().resolve(at));
            case TABLE -> out.writeU32(scope.tables().resolveOrZero(at));
            case TAG -> out.writeU32(scope.tags().resolve(at));
            case MEMARG -> memarg(opcode, out);
            case MEMORY -> out.writeU32(scope.memories().resolveOrZero(at));
            case MEMORY_MEMORY -> pair(scope.memories(), out);
            case DATA_MEMORY -> {
                segmentOf(scope.data(), scope.memories(), out);
                assembler.needDataCount();
            }
            case DATA -> {
                out.writeU32(scope.data().resolve(at));
                assembler.needDataCount();
            }
            case ELEM_TABLE -> segmentOf(scope.elements(), scope.tables(), out);
            case ELEM -> out.writeU32(scope.elements().resolve(at));
            case TABLE_TABLE -> pair(scope.tables(), out);
            case I32 -> out.writeSigned(at.expectI32());
            case I64 -> out.writeSigned(at.expectInteger(Long.SIZE));
            case F32 -> out.writeFixed32(at.expectF32());
            case F64 -> out.writeFixed64(at.expectF64());
            case HEAP -> out.writeHeapType(scope.types().reader().heapType(at));
            case BLOCK, TRY_TABLE -> throw new AssertionError(opcode + " is a block");
        }
    }

    /** The instruction that a word stands for in front of what follows it. */
    private Opcode variant(Opcode word) {
        return switch (word) {
            case SELECT -> at.atOpen("result") ? Opcode.SELECT_T : word;
            case REF_TEST -> castsToNullable() ? Opcode.REF_TEST_NULL : word;
            case REF_CAST -> castsToNullable() ? Opcode.REF_CAST_NULL : word;
            default -> word;
        };
    }

    private boolean castsToNullable() {
        return scope.types().reader().refType(at.fork()).nullable();
    }

    private int typeIndex() {
        return scope.types().indices().resolve(at);
    }

    /** {@code labelidx reftype reftype}. */
    private void cast(BinaryWriter out) {
        int label = labels.resolve(at);
        TypeReader types = scope.types().reader();
        RefType from = types.refType(at);
        RefType to = types.refType(at);
        out.writeByte((from.nullable() ? 1 : 0) | (to.nullable() ? 2 : 0))
                .writeU32(label)
                .writeHeapType(from.heap())
                .writeHeapType(to.heap());
    }

    /** {@code blocktype}, and for {@code try_table} the clauses, which do not see the block's own label. */
    void writeBlock(Opcode opcode, BinaryWriter out) {
        out.writeOpcode(opcode);
        TypeReader types = scope.types().reader();
        var signature = Signature.read(at.fork(), types);
        if (!at.atOpen("type")
                && signature.type().params().isEmpty()
                && signature.type().results().size() <= 1) {
            List<ValType> results = Signature.read(at, types).type().results();
            if (results.isEmpty()) {
                out.writeByte(0x40);
            } else {
                out.writeValType(results.getFirst());
            }
        } else {
            var use = scope.types().use(at);
            use.signature().unnamed(at);
            out.writeSigned(Integer.toUnsignedLong(use.index()));
        }
        if (opcode == Opcode.TRY_TABLE) {
            catches(out);
        }
    }

    private void catches(BinaryWriter out) {
        var clauses = new BinaryWriter();
        int count = 0;
        for (Optional<Catch> kind = Catch.next(at); kind.isPresent(); kind = Catch.next(at)) {
            at.moveTo(at.index() + 2);
            clauses.writeByte(kind.get().ordinal());
            if (kind.get().tagged) {
                clauses.writeU32(scope.tags().resolve(at));
            }
            clauses.writeU32(labels.resolve(at));
            at.expectClose();
            count++;
        }
        out.writeU32(count).write(clauses);
    }

    /** The clauses in the order of their codes. */
    private enum Catch {
        CATCH("catch", true),
        CATCH_REF("catch_ref", true),
        CATCH_ALL("catch_all", false),
        CATCH_ALL_REF("catch_all_ref", false);

        private final String word;
        private final boolean tagged;

        Catch(String word, boolean tagged) {
            this.word = word;
            this.tagged = tagged;
        }

        static Optional<Catch> next(Cursor at) {
            for (Catch kind : values()) {
                if (at.atOpen(kind.word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private void labels(BinaryWriter out) {
        var list = new ArrayList<Integer>();
        list.add(labels.resolve(at));
        while (IndexSpace.atIndex(at)) {
            list.add(labels.resolve(at));
        }
        int last = list.removeLast();
        out.writeU32(list.size());
        list.forEach(out::writeU32);
        out.writeU32(last);
    }

    /** {@code memidx? offset=N? align=N?}. */
    private void memarg(Opcode opcode, BinaryWriter out) {
        int memory = scope.memories().resolveOrZero(at);
        long offset = valueAfter("offset=").orElse(0L);
        Optional<Long> align = valueAfter("align=");
        int exponent = opcode.naturalAlignment();
        if (align.isPresent()) {
            if (Long.bitCount(align.get()) != 1) {
                throw at.malformed(at.index() - 1, "alignment must be a power of two");
            }
            exponent = Long.numberOfTrailingZeros(align.get());
        }
        if (memory == 0) {
            out.writeU32(exponent);
        } else {
            out.writeU32(exponent | 0x40).writeU32(memory);
        }
        out.writeU64(offset);
    }

    /** The number in {@code offset=8}, which is one token. */
    private Optional<Long> valueAfter(String prefix) {
        if (!at.at(Token.KEYWORD) || !at.text().startsWith(prefix)) {
            return Optional.empty();
        }
        return Optional.of(at.expectU64After(prefix.length()));
    }

    /** Destination and source, both or none. */
    private void pair(IndexSpace space, BinaryWriter out) {
        if (IndexSpace.atIndex(at)) {
            out.writeU32(space.resolve(at)).writeU32(space.resolve(at));
        } else {
            out.writeU32(0).writeU32(0);
        }
    }

    /** A segment, behind its target if there are two indices. */
    private void segmentOf(IndexSpace segments, IndexSpace targets, BinaryWriter out) {
        Cursor ahead = at.fork();
        ahead.skip();
        int target = IndexSpace.atIndex(at) && IndexSpace.atIndex(ahead) ? targets.resolve(at) : 0;
        out.writeU32(segments.resolve(at)).writeU32(target);
    }
}
