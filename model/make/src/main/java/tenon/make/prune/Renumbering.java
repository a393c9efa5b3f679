package tenon.make.prune;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tenon.make.MakeException;
import tenon.types.core.HeapType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** Indices of what is left of a module, and instructions written again with them. Confined to one run. */
final class Renumbering {
    final Map<Integer, Integer> types = new HashMap<>();
    final Map<Integer, Integer> functions = new HashMap<>();
    final Map<Integer, Integer> globals = new HashMap<>();

    private final Module module;

    Renumbering(Module module) {
        this.module = module;
    }

    static int get(Map<Integer, Integer> indices, int old) {
        return Objects.requireNonNull(indices.get(old));
    }

    /** Instructions up to the last {@code end}, which is written, too. */
    BinaryWriter expression(Module.ConstantExpression expression) {
        var out = new BinaryWriter();
        write(InstructionReader.of(module, expression), out);
        return out;
    }

    /** A body as the code section has it, without its size; {@code first} is a function to call first, or below 0. */
    BinaryWriter body(Module.Code code, int first) {
        var out = new BinaryWriter().writeU32(code.locals().size());
        code.locals().forEach(run -> out.writeU32(run.count()).writeValType(plain(run.type())));
        if (first >= 0) {
            out.writeOpcode(Opcode.CALL).writeU32(first);
        }
        write(InstructionReader.of(module, code), out);
        return out;
    }

    private static ValType plain(ValType type) {
        if (type instanceof RefType ref && ref.heap() instanceof HeapType.Defined) {
            throw unsupported();
        }
        return type;
    }

    private static MakeException unsupported() {
        return new MakeException("an adapter has references by a type of its own, expected abstract ones");
    }

    private void write(InstructionReader in, BinaryWriter out) {
        byte[] bytes = module.binary().bytes();
        while (in.hasNext()) {
            Opcode opcode = in.next();
            switch (opcode.immediate()) {
                case FUNC -> out.writeOpcode(opcode).writeU32(get(functions, in.index()));
                case GLOBAL -> out.writeOpcode(opcode).writeU32(get(globals, in.index()));
                case TYPE -> out.writeOpcode(opcode).writeU32(get(types, in.index()));
                case TYPE_TABLE ->
                    out.writeOpcode(opcode).writeU32(get(types, in.index())).writeU32(in.secondIndex());
                case BLOCK -> {
                    if (in.blockType() >= 0) {
                        out.writeOpcode(opcode).writeSigned(get(types, in.blockType()));
                    } else {
                        copy(in, bytes, out);
                    }
                }
                case HEAP -> {
                    if (in.heapType() instanceof HeapType.Defined) {
                        throw unsupported();
                    }
                    copy(in, bytes, out);
                }
                case TYPES -> {
                    in.types().forEach(Renumbering::plain);
                    copy(in, bytes, out);
                }
                case TRY_TABLE -> throw new MakeException("an adapter catches exceptions, which have no place in one");
                // one memory at most is there, and it keeps its index
                case NONE,
                        LABEL,
                        LABELS,
                        LOCAL,
                        TABLE,
                        TAG,
                        MEMARG,
                        MEMORY,
                        MEMORY_MEMORY,
                        DATA_MEMORY,
                        DATA,
                        ELEM_TABLE,
                        ELEM,
                        TABLE_TABLE,
                        I32,
                        I64,
                        F32,
                        F64 -> copy(in, bytes, out);
            }
        }
    }

    private static void copy(InstructionReader in, byte[] bytes, BinaryWriter out) {
        out.write(bytes, in.offset(), in.position());
    }
}
