package tenon.core.compile;

import java.util.BitSet;
import tenon.wasm.Opcode;

/**
 * By which check a loop asks whether the guest is to stop. A touch of a shared segment costs nothing where the JIT hoists it, which it
 * does in loops that count; in others it is a chain of loads, and a volatile flag, which nothing can be hoisted over, is cheaper.
 */
enum LoopCheck {
    /** Nothing branches back, or nobody may stop the guest. */
    NONE,
    TOUCH,
    FLAG;

    static LoopCheck of(ModuleLayout layout, FunctionBody body, Block loop) {
        if (loop.branches() == 0 || !layout.options().interruptible()) {
            return NONE;
        }
        return !body.calls(loop.opening(), loop.end()) && body.counts(loop.opening()) ? TOUCH : FLAG;
    }

    /** The openings of loops that go on by a comparison of integers that come from locals, constants and sums. */
    static BitSet counting(FunctionBody body) {
        var counting = new BitSet();
        for (int i = 4; i < body.size(); i++) {
            if (body.opcode(i) == Opcode.BR_IF
                    && body.opcode(body.index(i)) == Opcode.LOOP
                    && i >= body.index(i) + 3
                    && compares(body.opcode(i - 1))
                    && isCounter(body, i - 2)
                    && isCounter(body, i - 3)) {
                counting.set(body.index(i));
            }
        }
        return counting;
    }

    private static boolean compares(Opcode opcode) {
        return switch (opcode) {
            case I32_EQ,
                    I32_NE,
                    I32_LT_S,
                    I32_LT_U,
                    I32_GT_S,
                    I32_GT_U,
                    I32_LE_S,
                    I32_LE_U,
                    I32_GE_S,
                    I32_GE_U,
                    I64_EQ,
                    I64_NE,
                    I64_LT_S,
                    I64_LT_U,
                    I64_GT_S,
                    I64_GT_U,
                    I64_LE_S,
                    I64_LE_U,
                    I64_GE_S,
                    I64_GE_U -> true;
            default -> false;
        };
    }

    private static boolean isCounter(FunctionBody body, int i) {
        return switch (body.opcode(i)) {
            case LOCAL_GET, I32_CONST, I64_CONST, I32_ADD, I32_SUB, I64_ADD, I64_SUB -> true;
            // what was just read from memory goes through a local, too
            case LOCAL_TEE -> body.opcode(i - 1) != Opcode.LOCAL_TEE && isCounter(body, i - 1);
            default -> false;
        };
    }
}
