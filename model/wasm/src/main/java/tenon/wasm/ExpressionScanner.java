package tenon.wasm;

import java.util.BitSet;
import tenon.types.MalformedException;

/**
 * Holds instructions against the grammar: WebAssembly 3.0, section "Binary Format / Instructions / Expressions". Says
 * nothing about their types.
 */
final class ExpressionScanner {
    private boolean usesData;

    /** Whether an instruction so far needs the data count section. */
    boolean usesData() {
        return usesData;
    }

    /** Reads up to and including the {@code end} of the expression that starts here. */
    void scan(BinaryReader in) {
        var instructions = new InstructionReader(in);
        var ifs = new BitSet();
        int depth = 0;
        while (true) {
            Opcode opcode = instructions.next();
            switch (opcode) {
                case BLOCK, LOOP, TRY_TABLE -> depth++;
                case IF -> ifs.set(depth++);
                case ELSE -> {
                    // only the first `else` of an `if` is one
                    if (depth == 0 || !ifs.get(depth - 1)) {
                        throw new MalformedException(
                                instructions.offset(), "misplaced ELSE opcode, END opcode expected");
                    }
                    ifs.clear(depth - 1);
                }
                case END -> {
                    if (depth == 0) {
                        return;
                    }
                    ifs.clear(--depth);
                }
                case MEMORY_INIT, DATA_DROP, ARRAY_NEW_DATA, ARRAY_INIT_DATA -> usesData = true;
                default -> {}
            }
        }
    }
}
