package tenon.text.print;

import java.util.ArrayList;
import java.util.List;
import tenon.wasm.InstructionReader;
import tenon.wasm.InstructionReader.CatchKind;
import tenon.wasm.Opcode;

/** Instructions as text, one at a time: WebAssembly 3.0, "Instructions" of the text format. */
final class InstructionPrinter {
    private final Identifiers functions;
    private final Identifiers locals;

    InstructionPrinter(Identifiers functions, Identifiers locals) {
        this.functions = functions;
        this.locals = locals;
    }

    /** All instructions of an expression but its last {@code end}. */
    List<String> expression(InstructionReader in) {
        var lines = new ArrayList<String>();
        while (in.hasNext()) {
            lines.add(line(in, in.next()));
        }
        lines.removeLast();
        return lines;
    }

    /** The instruction that {@code in} has just read. */
    String line(InstructionReader in, Opcode opcode) {
        return opcode.mnemonic() + immediates(in, opcode);
    }

    private String immediates(InstructionReader in, Opcode opcode) {
        return switch (opcode.immediate()) {
            case NONE -> "";
            case BLOCK -> blockType(in);
            case TRY_TABLE -> blockType(in) + catches(in);
            case LABEL, TYPE, GLOBAL, TAG, DATA, ELEM -> " " + number(in.index());
            case LABELS -> labels(in);
            case FUNC -> " " + functions.use(in.index());
            case TYPE_TABLE -> orZero(in.secondIndex()) + " (type " + number(in.index()) + ")";
            case TYPES -> in.types().isEmpty() ? " (result)" : TypePrinter.group("result", in.types());
            case LOCAL -> " " + locals.use(in.index());
            case TABLE, MEMORY -> orZero(in.index());
            case MEMARG -> memarg(in, opcode);
            case MEMORY_MEMORY, TABLE_TABLE ->
                in.index() == 0 && in.secondIndex() == 0
                        ? ""
                        : " " + number(in.index()) + " " + number(in.secondIndex());
            case DATA_MEMORY, ELEM_TABLE -> orZero(in.secondIndex()) + " " + number(in.index());
            case I32 -> " " + in.i32();
            case I64 -> " " + in.i64();
            case F32 -> " " + FloatText.f32(in.i32());
            case F64 -> " " + FloatText.f64(in.i64());
            case HEAP -> " " + in.heapType().text();
        };
    }

    private static String blockType(InstructionReader in) {
        return switch (in.blockType()) {
            case InstructionReader.BLOCK_EMPTY -> "";
            case InstructionReader.BLOCK_VALUE -> " (result " + in.blockValue().text() + ")";
            default -> " (type " + number(in.blockType()) + ")";
        };
    }

    private static String catches(InstructionReader in) {
        var out = new StringBuilder();
        for (int i = 0; i < in.catchCount(); i++) {
            CatchKind kind = in.catchKind(i);
            out.append(
                    switch (kind) {
                        case CATCH -> " (catch ";
                        case CATCH_REF -> " (catch_ref ";
                        case CATCH_ALL -> " (catch_all ";
                        case CATCH_ALL_REF -> " (catch_all_ref ";
                    });
            if (kind.hasTag()) {
                out.append(number(in.catchTag(i))).append(' ');
            }
            out.append(number(in.catchLabel(i))).append(')');
        }
        return out.toString();
    }

    private static String labels(InstructionReader in) {
        var out = new StringBuilder();
        for (int i = 0; i < in.labelCount(); i++) {
            out.append(' ').append(number(in.label(i)));
        }
        return out.append(' ').append(number(in.index())).toString();
    }

    private static String memarg(InstructionReader in, Opcode opcode) {
        var out = new StringBuilder(orZero(in.index()));
        if (in.memoryOffset() != 0) {
            out.append(" offset=").append(Long.toUnsignedString(in.memoryOffset()));
        }
        if (in.alignment() != opcode.naturalAlignment()) {
            out.append(" align=").append(Long.toUnsignedString(1L << in.alignment()));
        }
        return out.toString();
    }

    private static String orZero(int index) {
        return index == 0 ? "" : " " + number(index);
    }

    private static String number(int index) {
        return Integer.toUnsignedString(index);
    }
}
