package tenon.text.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.types.core.FuncType;
import tenon.types.core.RefType;
import tenon.wasm.InstructionReader;
import tenon.wasm.InstructionReader.CatchKind;
import tenon.wasm.Module;
import tenon.wasm.Names.Space;
import tenon.wasm.Opcode;

/**
 * Instructions as text, one at a time, with the number of open blocks: WebAssembly 3.0, "Instructions" of the text format. Confined to
 * one thread.
 */
final class InstructionPrinter {
    private final Module module;
    private final ModuleNames names;
    private final Identifiers locals;
    private final TypePrinter types;

    /** The identifiers of labels, by the number of their blocks. */
    private final Map<Integer, String> labels;

    /** The numbers of the blocks that are open, the innermost last. */
    private final List<Integer> open = new ArrayList<>();

    private int blocks;

    private InstructionPrinter(Module module, ModuleNames names, Identifiers locals, Map<Integer, String> labels) {
        this.module = module;
        this.names = names;
        this.locals = locals;
        this.labels = labels;
        this.types = new TypePrinter(names.types()::use);
    }

    /** For a function, by its index. */
    static InstructionPrinter ofFunction(Module module, ModuleNames names, int function) {
        return new InstructionPrinter(module, names, names.locals(function), names.labels(function));
    }

    /** For constant expressions, which have neither locals nor labels. */
    static InstructionPrinter ofExpressions(Module module, ModuleNames names) {
        return new InstructionPrinter(module, names, Identifiers.NONE, Map.of());
    }

    /** The instructions of a body, a line each, but its last {@code end}. */
    void body(InstructionReader in, Optional<BranchHints> hints, Layout out) {
        while (in.hasNext()) {
            Opcode opcode = in.next();
            if (opcode == Opcode.END && open.isEmpty()) {
                return;
            }
            if (opcode == Opcode.END) {
                open.removeLast();
            }
            int depth = open.size() - (opcode == Opcode.ELSE ? 1 : 0);
            hints.flatMap(each -> each.at(in.offset()))
                    .ifPresent(hint -> out.line(depth)
                            .open("@metadata.code.branch_hint \"\\0" + hint + "\"")
                            .close());
            String label = opens(opcode) ? labels.get(blocks) : null;
            out.line(depth).add(opcode.mnemonic() + (label == null ? "" : " " + label) + immediates(in, opcode));
            if (opens(opcode)) {
                open.add(blocks++);
                out.add(label == null ? " ;; label = @" + open.size() : "");
            }
        }
    }

    private static boolean opens(Opcode opcode) {
        return switch (opcode.immediate()) {
            case BLOCK, TRY_TABLE -> true;
            case NONE, LABEL, LABELS, FUNC, TYPE, TYPE_TABLE, TYPES, LOCAL, GLOBAL, TABLE, TAG -> false;
            case MEMARG, MEMORY, MEMORY_MEMORY, DATA_MEMORY, DATA, ELEM_TABLE, ELEM, TABLE_TABLE -> false;
            case I32, I64, F32, F64, HEAP -> false;
            case TYPE_FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEM, TYPE_TYPE, CAST, CAST_LABEL, FENCE -> false;
        };
    }

    /** All instructions of an expression but its last {@code end}, in one line. */
    String expression(InstructionReader in) {
        var text = new StringBuilder();
        while (in.hasNext()) {
            Opcode opcode = in.next();
            if (in.hasNext()) {
                text.append(text.isEmpty() ? "" : " ").append(instruction(in, opcode));
            }
        }
        return text.toString();
    }

    /** An expression in parentheses: a single instruction as it is, others behind {@code word}. */
    String folded(String word, InstructionReader in) {
        int start = in.position();
        int count = 0;
        while (in.hasNext()) {
            in.next();
            count++;
        }
        in.moveTo(start);
        // the end counts
        return count == 2 ? "(" + expression(in) + ")" : ("(" + word + " " + expression(in)).strip() + ")";
    }

    private String instruction(InstructionReader in, Opcode opcode) {
        return opcode.mnemonic() + immediates(in, opcode);
    }

    private String immediates(InstructionReader in, Opcode opcode) {
        return switch (opcode.immediate()) {
            case NONE, FENCE -> "";
            case BLOCK -> blockType(in);
            case TRY_TABLE -> blockType(in) + catches(in);
            case LABEL -> label(in.index());
            case TYPE -> use(Space.TYPE, in.index());
            case GLOBAL -> use(Space.GLOBAL, in.index());
            case TAG -> use(Space.TAG, in.index());
            case DATA -> use(Space.DATA, in.index());
            case ELEM -> use(Space.ELEMENT, in.index());
            case LABELS -> labels(in);
            case FUNC -> use(Space.FUNCTION, in.index());
            case TYPE_TABLE -> unlessZero(Space.TABLE, in.secondIndex()) + typeUse(in.index());
            case TYPES -> in.types().isEmpty() ? " (result)" : types.group("result", in.types());
            case LOCAL -> " " + locals.use(in.index());
            case TABLE -> use(Space.TABLE, in.index());
            case MEMORY -> unlessZero(Space.MEMORY, in.index());
            case MEMARG -> memarg(in, opcode);
            case MEMORY_MEMORY -> unlessZero(Space.MEMORY, in.index(), in.secondIndex());
            case TABLE_TABLE -> unlessZero(Space.TABLE, in.index(), in.secondIndex());
            case DATA_MEMORY -> unlessZero(Space.MEMORY, in.secondIndex()) + use(Space.DATA, in.index());
            case ELEM_TABLE -> unlessZero(Space.TABLE, in.secondIndex()) + use(Space.ELEMENT, in.index());
            case I32 -> " " + in.i32();
            case I64 -> " " + in.i64();
            case F32 -> " " + FloatText.f32(in.i32());
            case F64 -> " " + FloatText.f64(in.i64());
            case HEAP -> " " + types.heap(in.heapType());
            case TYPE_FIELD, TYPE_COUNT ->
                use(Space.TYPE, in.index()) + " " + Integer.toUnsignedString(in.secondIndex());
            case TYPE_DATA -> use(Space.TYPE, in.index()) + use(Space.DATA, in.secondIndex());
            case TYPE_ELEM -> use(Space.TYPE, in.index()) + use(Space.ELEMENT, in.secondIndex());
            case TYPE_TYPE -> use(Space.TYPE, in.index()) + use(Space.TYPE, in.secondIndex());
            case CAST -> " " + types.reference(castTarget(in, opcode));
            case CAST_LABEL ->
                label(in.index()) + " " + types.reference(in.castFrom()) + " " + types.reference(in.castTo());
        };
    }

    private static RefType castTarget(InstructionReader in, Opcode opcode) {
        boolean nullable = opcode == Opcode.REF_TEST_NULL || opcode == Opcode.REF_CAST_NULL;
        return new RefType(nullable, in.heapType());
    }

    private String use(Space space, int index) {
        return " " + names.use(space, index);
    }

    private String unlessZero(Space space, int index) {
        return index == 0 ? "" : use(space, index);
    }

    private String unlessZero(Space space, int first, int second) {
        return first == 0 && second == 0 ? "" : use(space, first) + use(space, second);
    }

    private String typeUse(int type) {
        return " (type " + names.use(Space.TYPE, type) + ")";
    }

    private String blockType(InstructionReader in) {
        return switch (in.blockType()) {
            case InstructionReader.BLOCK_EMPTY -> "";
            case InstructionReader.BLOCK_VALUE -> " (result " + types.value(in.blockValue()) + ")";
            default -> typeUse(in.blockType()) + signature(in.blockType());
        };
    }

    /** What the type of this index takes and gives, with a space before it. */
    private String signature(int type) {
        return functionType(module, type)
                .map(func -> types.group("param", func.params()) + types.group("result", func.results()))
                .orElse("");
    }

    /** The function type at an index, if there is one. */
    static Optional<FuncType> functionType(Module module, int index) {
        var types = module.spaces().types();
        return index >= 0 && index < types.size() && types.get(index).composite() instanceof FuncType type
                ? Optional.of(type)
                : Optional.empty();
    }

    private String catches(InstructionReader in) {
        var out = new StringBuilder();
        for (int i = 0; i < in.catchCount(); i++) {
            CatchKind kind = in.catchKind(i);
            out.append(
                    switch (kind) {
                        case CATCH -> " (catch";
                        case CATCH_REF -> " (catch_ref";
                        case CATCH_ALL -> " (catch_all";
                        case CATCH_ALL_REF -> " (catch_all_ref";
                    });
            if (kind.hasTag()) {
                out.append(use(Space.TAG, in.catchTag(i)));
            }
            out.append(label(in.catchLabel(i))).append(')');
        }
        return out.toString();
    }

    private String labels(InstructionReader in) {
        var out = new StringBuilder();
        for (int i = 0; i < in.labelCount(); i++) {
            out.append(label(in.label(i)));
        }
        return out.append(label(in.index())).toString();
    }

    /**
     * A label by its identifier, if that means it here, or by its number, with that of its block in a comment: counted from the outside, as
     * at {@code label = @}.
     */
    private String label(int number) {
        String text = " " + Integer.toUnsignedString(number);
        if (number < 0 || number >= open.size()) {
            return text;
        }
        int at = open.size() - 1 - number;
        String identifier = labels.get(open.get(at));
        if (identifier == null) {
            return text + " (;@" + (at + 1) + ";)";
        }
        boolean hidden =
                open.subList(at + 1, open.size()).stream().anyMatch(block -> identifier.equals(labels.get(block)));
        return hidden ? text : " " + identifier;
    }

    private String memarg(InstructionReader in, Opcode opcode) {
        var out = new StringBuilder(unlessZero(Space.MEMORY, in.index()));
        if (in.memoryOffset() != 0) {
            out.append(" offset=").append(Long.toUnsignedString(in.memoryOffset()));
        }
        if (in.alignment() != opcode.naturalAlignment()) {
            out.append(" align=").append(Long.toUnsignedString(1L << in.alignment()));
        }
        return out.toString();
    }
}
