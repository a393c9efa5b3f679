package tenon.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/**
 * Compiled code on memories in chunks: what it does on arrays, and beyond 2 GiB what the specification says. WebAssembly 3.0,
 * "Memory Instructions". Memory 0 has addresses of 32 bits, memory 1 of 64; all functions take and give numbers of 64 bits.
 */
class LargeAccessTest {
    private static final int PAGE = 65_536;
    private static final int LAST_STORE = 0x3e;
    private static final int FIRST_STORE = 0x36;
    private static final int FIRST_LOAD = 0x28;
    private static final long[] OFFSETS = {0, 1, 8, PAGE - 3};
    private static final long[] HIGH_OFFSETS = {Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1};
    private static final long[] WIDE_OFFSETS = {1L << 32, (1L << 47) - 1, 1L << 47, Long.MAX_VALUE, 1L << 63, -1};

    private final List<ByteCode> bodies = new ArrayList<>();

    private static boolean isWide(int memory) {
        return memory == 1;
    }

    private static ByteCode unsigned(ByteCode out, long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.raw((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        return out.raw((int) rest);
    }

    /** Pushes a parameter as an address or a length. */
    private static void operand(ByteCode out, int local, boolean wide) {
        out.raw(0x20, local);
        if (!wide) {
            out.raw(0xa7);
        }
    }

    private void add(ByteCode body) {
        bodies.add(body.raw(0x0b));
    }

    private static void memarg(ByteCode out, int memory, long offset) {
        unsigned(out.raw(0x40, memory), offset);
    }

    private void load(int opcode, int memory, long offset) {
        var out = new ByteCode().raw(0);
        operand(out, 0, isWide(memory));
        memarg(out.raw(opcode), memory, offset);
        switch (opcode) {
            case 0x2a -> out.raw(0xbc, 0xad);
            case 0x2b -> out.raw(0xbd);
            case 0x28, 0x2c, 0x2d, 0x2e, 0x2f -> out.raw(0xad);
            default -> {}
        }
        add(out);
    }

    private void store(int opcode, int memory, long offset) {
        var out = new ByteCode().raw(0);
        operand(out, 0, isWide(memory));
        out.raw(0x20, 1);
        switch (opcode) {
            case 0x38 -> out.raw(0xa7, 0xbe);
            case 0x39 -> out.raw(0xbf);
            case 0x36, 0x3a, 0x3b -> out.raw(0xa7);
            default -> {}
        }
        memarg(out.raw(opcode), memory, offset);
        add(out.raw(0x42, 0));
    }

    private void accesses(int memory, long offset) {
        for (int opcode = FIRST_LOAD; opcode <= LAST_STORE; opcode++) {
            if (opcode < FIRST_STORE) {
                load(opcode, memory, offset);
            } else {
                store(opcode, memory, offset);
            }
        }
    }

    private void bulk(int memory) {
        var fill = new ByteCode().raw(0);
        operand(fill, 0, isWide(memory));
        operand(fill, 1, false);
        operand(fill, 2, isWide(memory));
        add(fill.raw(0xfc, 11, memory, 0x42, 0));
        var init = new ByteCode().raw(0);
        operand(init, 0, isWide(memory));
        operand(init, 1, false);
        operand(init, 2, false);
        add(init.raw(0xfc, 8, 0, memory, 0x42, 0));
        for (int source = 0; source < 2; source++) {
            var copy = new ByteCode().raw(0);
            operand(copy, 0, isWide(memory));
            operand(copy, 1, isWide(source));
            operand(copy, 2, isWide(memory) && isWide(source));
            add(copy.raw(0xfc, 10, memory, source, 0x42, 0));
        }
        var size = new ByteCode().raw(0, 0x3f, memory);
        add(isWide(memory) ? size : size.raw(0xad));
        var grow = new ByteCode().raw(0);
        operand(grow, 2, isWide(memory));
        grow.raw(0x40, memory);
        add(isWide(memory) ? grow : grow.raw(0xad));
    }

    private Module module() {
        for (int memory = 0; memory < 2; memory++) {
            for (long offset : OFFSETS) {
                accesses(memory, offset);
            }
            for (long offset : HIGH_OFFSETS) {
                load(0x2d, memory, offset);
                store(0x37, memory, offset);
            }
            bulk(memory);
        }
        for (long offset : WIDE_OFFSETS) {
            load(0x2d, 1, offset);
            store(0x37, 1, offset);
        }
        var functions = new ByteCode().unsigned(bodies.size());
        var codes = new ByteCode().unsigned(bodies.size());
        bodies.forEach(body -> {
            functions.raw(0);
            codes.unsigned(body.size()).append(body);
        });
        var data = new ByteCode().raw(1, 1).name("some bytes that memories begin with, now and then, by chance");
        Module module = ModuleDecoder.decode(new ByteCode()
                .raw(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)
                .section(1, new ByteCode().raw(1, 0x60, 3, 0x7e, 0x7e, 0x7e, 1, 0x7e))
                .section(3, functions)
                .section(5, new ByteCode().raw(2, 0x01, 2, 5, 0x05, 2, 5))
                .section(12, new ByteCode().raw(1))
                .section(10, codes)
                .section(11, data)
                .bytes());
        ModuleValidator.validate(module);
        return module;
    }

    private static String call(CoreInstance instance, int function, long a, long b, long c) {
        try {
            return Long.toString((long) instance.function(function).handle().invokeExact(a, b, c));
        } catch (Trap trap) {
            return trap.kind().toString();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** An address, most often where chunks meet or an offset leads to one, to the end or around. */
    private static long address(Random random) {
        long near = random.nextInt(6) * (long) PAGE - random.nextInt(24) + 12;
        return switch (random.nextInt(8)) {
            case 0 -> near - HIGH_OFFSETS[random.nextInt(HIGH_OFFSETS.length)];
            case 1 -> near - WIDE_OFFSETS[random.nextInt(WIDE_OFFSETS.length)];
            case 2 -> random.nextLong();
            case 3 -> random.nextInt();
            default -> near;
        };
    }

    private static byte[] memory(CoreInstance instance, int memory) {
        CoreMemory content = instance.memories[memory];
        return content.read(0, (int) content.size());
    }

    @Test
    void compiledCodeDoesTheSameOnBothForms() {
        Module module = module();
        for (boolean resettable : new boolean[] {false, true}) {
            EngineOptions options = EngineOptions.DEFAULT.withResettable(resettable);
            CoreInstance array = new CoreEngine(options).compile(module).link().instantiate(Imports.NONE);
            CoreInstance chunks = new CoreEngine(options.withLargeMemories(true))
                    .compile(module)
                    .link()
                    .instantiate(Imports.NONE);
            InstanceImage first = resettable ? array.image() : null;
            InstanceImage second = resettable ? chunks.image() : null;
            var random = new Random(11);
            int returned = 0;
            for (int step = 0; step < 12_000; step++) {
                int function = random.nextInt(bodies.size());
                long a = address(random);
                long b = address(random);
                long c = random.nextInt(random.nextBoolean() ? 3 : PAGE);
                String expected = call(array, function, a, b, c);
                assertEquals(
                        expected,
                        call(chunks, function, a, b, c),
                        "function " + function + " of " + a + " " + b + " " + c);
                returned += Character.isUpperCase(expected.charAt(0)) ? 0 : 1;
                if (step % 400 == 0) {
                    assertArrayEquals(memory(array, 0), memory(chunks, 0));
                    assertArrayEquals(memory(array, 1), memory(chunks, 1));
                }
                if (first != null && second != null && step % 2_000 == 0) {
                    array.reset(first);
                    chunks.reset(second);
                }
            }
            assertTrue(returned > 3_000, "too few calls return to compare much: " + returned);
        }
    }

    private static final String TWO_IN_ONE_OUT = "60 02 7e 7e 01 7e";

    private static CoreInstance large(String type, String limits, String instructions) {
        return new CoreEngine(EngineOptions.DEFAULT.withLargeMemories(true))
                .compile(tenon.core.compile.WasmBytes.function(type, limits, "00", instructions))
                .link()
                .instantiate(Imports.NONE);
    }

    private static long call(CoreInstance instance, long first, long second) throws Throwable {
        return (long) instance.function(0).handle().invokeExact(first, second);
    }

    private static void assertBeyond(CoreInstance instance, long first, long second) {
        Trap trap = assertThrows(Trap.class, () -> call(instance, first, second));
        assertEquals(TrapKind.MEMORY_OUT_OF_BOUNDS, trap.kind());
    }

    @Test
    void addressesOf32BitsAreUnsignedAndTheirSumsDoNotWrap() throws Throwable {
        // 65,535 pages; i64.store offset=8 of the second parameter, then i64.load offset=0 of that address and 8
        CoreInstance instance =
                large(TWO_IN_ONE_OUT, "00 ff ff 03", "20 00 a7 20 01 37 00 08 20 00 a7 41 08 6a 29 00 00 0b");
        assertEquals(-7, call(instance, 0x7fff_ffffL, -7));
        assertEquals(9, call(instance, 0xfffe_fff0L, 9));
        assertBeyond(instance, 0xfffe_fff1L, 9);
        assertBeyond(instance, 0xffff_fff8L, 9);
        assertBeyond(instance, 0xffff_ffffL, 9);
    }

    @Test
    void addressesOf64BitsReachBeyond4Gigabytes() throws Throwable {
        // 65,538 pages
        CoreInstance instance = large(TWO_IN_ONE_OUT, "04 82 80 04", "20 00 20 01 37 00 08 20 00 42 08 7c 29 00 00 0b");
        assertEquals(5, call(instance, 1L << 32, 5));
        assertEquals(6, call(instance, (1L << 32) - 12, 6));
        assertEquals(7, call(instance, (1L << 32) + 2 * PAGE - 16, 7));
        assertBeyond(instance, (1L << 32) + 2 * PAGE - 15, 8);
        assertBeyond(instance, 1L << 47, 8);
        assertBeyond(instance, 1L << 48, 8);
        assertBeyond(instance, -8, 8);
        assertBeyond(instance, Long.MIN_VALUE, 8);
    }

    @Test
    void rangesOfBulkInstructionsReachBeyond4Gigabytes() throws Throwable {
        // memory.fill of the value 7 at the first parameter for the second, then a load of a byte 100 behind the first
        CoreInstance instance = large(TWO_IN_ONE_OUT, "04 82 80 04", "20 00 41 07 20 01 fc 0b 00 20 00 31 00 e4 00 0b");
        assertEquals(7, call(instance, (1L << 32) - 50, 101));
        assertEquals(0, call(instance, (1L << 32) + 5 * PAGE / 4, 100));
        assertBeyond(instance, 0, (1L << 32) + 2 * PAGE + 1);
        assertBeyond(instance, 1, -1);
        assertBeyond(instance, -1, 2);
    }
}
