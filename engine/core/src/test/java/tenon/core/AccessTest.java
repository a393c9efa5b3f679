package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.compile.WasmBytes;

/** Addresses whose sum with the offset would wrap around to one that exists: WebAssembly 3.0, "Memory Instructions". */
class AccessTest {
    private static final String TWO_IN_ONE_OUT = "60 02 7f 7f 01 7f";

    private static int call(String instructions, int first, int second) throws Throwable {
        CoreInstance instance = new CoreEngine(EngineOptions.DEFAULT)
                .compile(WasmBytes.function(TWO_IN_ONE_OUT, "00", instructions))
                .link()
                .instantiate(Imports.NONE);
        return (int) instance.function(0).handle().invokeExact(first, second);
    }

    private static void assertBeyond(String instructions, int first, int second) {
        Trap trap = assertThrows(Trap.class, () -> call(instructions, first, second));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap.kind());
    }

    /** A load with offset 8; offsets of 2 GiB and of 4 GiB less one. */
    @ParameterizedTest
    @ValueSource(strings = {"20 00 2d 00 08 0b", "20 00 2d 00 80 80 80 80 08 0b", "20 00 2d 00 ff ff ff ff 0f 0b"})
    void sumsDoNotWrapAround(String load) {
        assertBeyond(load, -4, 0);
        assertBeyond(load, Integer.MIN_VALUE, 0);
        assertBeyond(load, Integer.MAX_VALUE, 0);
        assertBeyond(load, -1, 0);
    }

    @Test
    void theLastByteIsInside() throws Throwable {
        assertEquals(0, call("20 00 2d 00 08 0b", 65_527, 0));
        assertBeyond("20 00 2d 00 08 0b", 65_528, 0);
        assertEquals(0, call("20 00 28 00 08 0b", 65_524, 0));
        assertBeyond("20 00 28 00 08 0b", 65_525, 0);
    }

    @Test
    void aLocalThatWasSetIsTestedAgain() throws Throwable {
        String loads = "20 00 2d 00 01 1a 20 01 21 00 20 00 2d 00 08 0b";
        assertEquals(0, call(loads, 0, 0));
        assertBeyond(loads, 0, -4);
    }

    @Test
    void aTestInOneArmDoesNotCountBehindIt() throws Throwable {
        String loads = "20 01 04 40 20 00 2d 00 01 1a 0b 20 00 2d 00 08 0b";
        assertEquals(0, call(loads, 0, 1));
        assertBeyond(loads, -4, 0);
    }

    @Test
    void aTestBeforeALoopDoesNotCountInIt() {
        // the second turn has the address that the first one set
        assertBeyond("20 00 2d 00 01 1a 03 40 20 00 2d 00 08 1a 20 01 21 00 0c 00 0b 00 0b", 0, -4);
    }

    @Test
    void anAddressIsThatWhichWasPushed() throws Throwable {
        String store = "20 00 2d 00 01 1a 20 01 20 00 21 01 41 07 3a 00 08 41 00 0b";
        assertEquals(0, call(store, 0, 0));
        assertBeyond(store, 0, -4);
        // and the local that it came from is not known afterwards
        String load = "20 00 2d 00 01 1a 20 00 20 01 21 00 41 07 3a 00 08 20 00 2d 00 08 0b";
        assertEquals(7, call(load, 0, 0));
        assertBeyond(load, 0, -4);
    }

    @Test
    void anAddressThatWasPushedLongBeforeIsTested() throws Throwable {
        // so many instructions make the stored value that whichever is looked at last may have pushed another local
        for (int length = 25; length < 45; length++) {
            for (String last : new String[] {"", "45 "}) {
                String store =
                        "20 01 2d 00 01 1a 20 00 20 01 " + "20 01 6a ".repeat(length) + last + "3a 00 08 41 00 0b";
                assertEquals(0, call(store, 0, 0));
                assertBeyond(store, -4, 0);
            }
        }
    }
}
