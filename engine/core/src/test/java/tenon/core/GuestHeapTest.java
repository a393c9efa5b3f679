package tenon.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tenon.core.compile.WasmBytes;
import tenon.wasm.Module;
import tenon.wasm.ModuleValidator;

/** Structures and arrays count against the limits of memory for as long as they are alive. */
class GuestHeapTest {
    private static final long LIMIT = 16 << 20;

    /** In a loop that counts down from its argument: an array of 64 KiB, thrown away. */
    private static final String CHURN = "03 40 41 80 80 04 fb 07 00 1a 20 00 41 01 6b 22 00 0d 00 0b 41 00 0b";

    /** The same, each kept in a table. */
    private static final String KEEP = "03 40 20 00 41 80 80 04 fb 07 00 26 00 20 00 41 01 6b 22 00 0d 00 0b 41 00 0b";

    private static Module module(String instructions) {
        String body = "00 " + instructions;
        int size = body.replace(" ", "").length() / 2;
        Module module = new WasmBytes()
                .section(1, "02 5e 78 01 60 01 7f 01 7f")
                .section(3, "01 01")
                .section(4, "01 6e 00 e8 07")
                .section(10, "01 " + String.format("%02x", size) + body)
                .decode();
        ModuleValidator.validate(module);
        return module;
    }

    private static CoreInstance instance(String instructions, ResourceLimits limits) {
        return new CoreEngine(EngineOptions.DEFAULT)
                .compile(module(instructions))
                .link()
                .instantiate(Imports.NONE, new Interrupt(), limits);
    }

    private static int run(CoreInstance instance, int times) throws Throwable {
        return (int) instance.function(0).handle().invokeExact(times);
    }

    @Test
    void whatIsThrownAwayIsGivenBack() {
        CoreInstance instance = instance(CHURN, new ResourceLimits(LIMIT, 1000));
        assertDoesNotThrow(() -> run(instance, 2000));
    }

    @Test
    void whatIsKeptIsBeyondTheLimit() throws Throwable {
        var limits = new ResourceLimits(LIMIT, 1000);
        assertEquals(0, run(instance(KEEP, limits), 200));
        assertTrue(limits.memoryUsed() >= 200L << 16, "at least what is held is counted");
        CoreInstance another = instance(KEEP, new ResourceLimits(LIMIT, 1000));
        Trap trap = assertThrows(Trap.class, () -> run(another, 999));
        assertEquals("structures and arrays are beyond the limit of memory", trap.fact());
    }

    @Test
    void anArrayOfMoreThanTheLimitIsRefused() {
        // 64 MiB at once
        String huge = "41 80 80 80 20 fb 07 00 1a 41 00 0b";
        CoreInstance instance = instance(huge, new ResourceLimits(LIMIT, 1000));
        assertThrows(Trap.class, () -> run(instance, 0));
    }

    @Test
    void anInstanceWithObjectsHasNoImage() {
        assertFalse(instance(CHURN, ResourceLimits.none()).hasImage());
    }
}
