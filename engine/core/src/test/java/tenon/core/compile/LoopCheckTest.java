package tenon.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tenon.wasm.Module;

class LoopCheckTest {

    /** Of a function whose first instruction is a loop with these instructions. */
    private static LoopCheck check(String instructions, boolean interruptible) {
        Module module = WasmBytes.function("60 01 7f 00", "01 01 7f", "03 40 " + instructions + " 0b 0b");
        FunctionBody body = FunctionBody.decode(module, 0);
        return LoopCheck.of(
                new ModuleLayout(
                        module, new CompileOptions(interruptible, false, false, 2048), SplitLimits.DEFAULT, "m"),
                body,
                body.block(1));
    }

    @Test
    void loopThatCountsToABoundTouches() {
        // local.get 1; i32.const 1; i32.add; local.tee 1; local.get 0; i32.ne; br_if 0
        assertEquals(LoopCheck.TOUCH, check("20 01 41 01 6a 22 01 20 00 47 0d 00", true));
    }

    @Test
    void loopThatCountsDownReadsTheFlag() {
        // local.get 0; i32.const 1; i32.sub; local.tee 0; br_if 0
        assertEquals(LoopCheck.FLAG, check("20 00 41 01 6b 22 00 0d 00", true));
    }

    @Test
    void loopThatComparesWhatItIsGivenReadsTheFlag() {
        // local.get 0; i32.eqz; local.tee 1; local.get 0; i32.ne; br_if 0
        assertEquals(LoopCheck.FLAG, check("20 00 45 22 01 20 00 47 0d 00", true));
    }

    @Test
    void loopThatEndsAsksNothing() {
        assertEquals(LoopCheck.NONE, check("01", true));
        assertEquals(LoopCheck.NONE, check("20 00 41 01 6b 22 00 0d 00", false));
    }
}
