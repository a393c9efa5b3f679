package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.compile.WasmBytes;

/** Addresses of 64 bits: WebAssembly 3.0, "Memory Instructions". The memory has one page and may grow as it likes. */
class WideAccessTest {
    private static final String TWO_IN_ONE_OUT = "60 02 7e 7e 01 7e";

    private static long call(String instructions, long first, long second) throws Throwable {
        CoreInstance instance = new CoreEngine(EngineOptions.DEFAULT)
                .compile(WasmBytes.function(TWO_IN_ONE_OUT, "04 01", "00", instructions))
                .link()
                .instantiate(Imports.NONE);
        return (long) instance.function(0).handle().invokeExact(first, second);
    }

    private static void assertBeyond(String instructions, long first, long second) {
        Trap trap = assertThrows(Trap.class, () -> call(instructions, first, second));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap.kind());
    }

    /** A load with offset 0, 8, 2 GiB, 4 GiB less one and 2^64 less one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 00 31 00 00 0b",
                "20 00 31 00 08 0b",
                "20 00 31 00 80 80 80 80 08 0b",
                "20 00 31 00 ff ff ff ff 0f 0b",
                "20 00 31 00 ff ff ff ff ff ff ff ff ff 01 0b"
            })
    void nothingWrapsAround(String load) {
        assertBeyond(load, -1, 0);
        assertBeyond(load, -8, 0);
        assertBeyond(load, Long.MIN_VALUE, 0);
        assertBeyond(load, Integer.MAX_VALUE, 0);
        assertBeyond(load, 1L << 31, 0);
        assertBeyond(load, 1L << 32, 0);
        assertBeyond(load, (1L << 32) - 8, 0);
    }

    @Test
    void theLastByteIsInside() throws Throwable {
        assertEquals(0, call("20 00 31 00 08 0b", 65_527, 0));
        assertBeyond("20 00 31 00 08 0b", 65_528, 0);
        assertEquals(0, call("20 00 29 00 00 0b", 65_528, 0));
        assertBeyond("20 00 29 00 00 0b", 65_529, 0);
    }

    @Test
    void aLocalThatWasSetIsTestedAgain() throws Throwable {
        String loads = "20 00 31 00 00 1a 20 01 21 00 20 00 31 00 00 0b";
        assertEquals(0, call(loads, 0, 0));
        assertBeyond(loads, 0, 1L << 32);
    }

    @Test
    void aStoreTakesItsAddressFromBelowTheValue() throws Throwable {
        String store = "20 00 20 01 37 00 08 41 00 ad 29 00 10 0b";
        assertEquals(Long.MIN_VALUE, call(store, 8, Long.MIN_VALUE));
        assertBeyond(store, 1L << 32, 0);
    }

    @Test
    void growthIsLimitedByWhatAnArrayHolds() throws Throwable {
        String grow = "20 00 40 00 0b";
        assertEquals(1, call(grow, 2, 0));
        assertEquals(-1, call(grow, CoreMemory.MOST_PAGES, 0));
        assertEquals(-1, call(grow, 1L << 32, 0));
        assertEquals(-1, call(grow, -1, 0));
    }

    @Test
    void rangesOfBulkInstructionsAreWide() throws Throwable {
        // memory.fill with the value 7, then a load from address 8
        String fill = "20 00 41 07 20 01 fc 0b 00 42 08 31 00 00 0b";
        assertEquals(7, call(fill, 8, 1));
        assertEquals(0, call(fill, 65_536, 0));
        assertBeyond(fill, 8, 1L << 32);
        assertBeyond(fill, 1L << 32, 0);
        assertBeyond(fill, -1, 0);
    }
}
