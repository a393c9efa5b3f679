package tenon.make.prune;

import java.util.Optional;
import tenon.make.core.Body;
import tenon.types.core.NumType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Opcode;

/** Functions that give an adapter memory: its stack, and pages where the main module allocates nothing. */
final class PageAllocation {
    private static final int PAGE = 64 * 1024;
    private static final int ALIGNMENT = 8;

    private static final int UNALLOCATED = 0;
    private static final int ALLOCATING = 1;
    private static final int ALLOCATED = 2;

    private PageAllocation() {}

    /** {@code realloc} for one new page of the usual size alone: anything else traps. The memory's own pages may be smaller. */
    static BinaryWriter realloc(int pageSizeLog2) {
        var body = new Body().locals(1, NumType.I32);
        trapUnless(body.i32(0).op(Opcode.LOCAL_GET, 0));
        trapUnless(body.i32(0).op(Opcode.LOCAL_GET, 1));
        trapUnless(body.i32(PAGE).op(Opcode.LOCAL_GET, 3));
        body.i32(PAGE >> pageSizeLog2).op(Opcode.MEMORY_GROW, 0).op(Opcode.LOCAL_TEE, 4);
        body.i32(-1).op(Opcode.I32_EQ);
        trap(body);
        body.op(Opcode.LOCAL_GET, 4);
        if (pageSizeLog2 > 0) {
            body.i32(pageSizeLog2).op(Opcode.I32_SHL);
        }
        return body.toBody();
    }

    private static void trapUnless(Body equal) {
        trap(equal.op(Opcode.I32_NE));
    }

    private static void trap(Body body) {
        body.block(Opcode.IF).op(Opcode.UNREACHABLE).op(Opcode.END);
    }

    /**
     * Sets the stack pointer to the end of a new page.
     *
     * @param state the global that says whether it is done, so that it is done once even if {@code realloc} calls back
     */
    static BinaryWriter stack(int realloc, int stackPointer, Optional<Integer> state) {
        var body = new Body();
        state.ifPresent(global -> body.op(Opcode.GLOBAL_GET, global)
                .i32(UNALLOCATED)
                .op(Opcode.I32_EQ)
                .block(Opcode.IF)
                .i32(ALLOCATING)
                .op(Opcode.GLOBAL_SET, global));
        body.i32(0)
                .i32(0)
                .i32(ALIGNMENT)
                .i32(PAGE)
                .op(Opcode.CALL, realloc)
                .i32(PAGE)
                .op(Opcode.I32_ADD)
                .op(Opcode.GLOBAL_SET, stackPointer);
        state.ifPresent(
                global -> body.i32(ALLOCATED).op(Opcode.GLOBAL_SET, global).op(Opcode.END));
        return body.toBody();
    }
}
