package tenon.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tenon.types.LinkException;
import tenon.types.core.Limits;
import tenon.types.core.Limits.AddressType;
import tenon.types.core.MemoryType;

/** Memories in chunks, without compiled code: they hold what one in an array holds, and take what was written to. */
class LargeMemoryTest {
    private static final int PAGE = 65_536;
    private static final long GIB = 1L << 30;

    /** What a chunk takes of a budget. */
    private static final long CHUNK = MemoryBudget.footprint(PAGE);

    private static MemoryType type(AddressType address, long min) {
        return new MemoryType(new Limits(address, min, OptionalLong.empty()));
    }

    private static CoreMemory large(long pages, ResourceLimits limits) {
        return CoreMemory.of(type(AddressType.I64, pages), limits, true, true);
    }

    private static ResourceLimits within(MemoryBudget budget) {
        return new ResourceLimits(Long.MAX_VALUE, Long.MAX_VALUE, budget);
    }

    private static void assertBeyond(Runnable access) {
        assertEquals(
                TrapKind.MEMORY_OUT_OF_BOUNDS,
                assertThrows(Trap.class, access::run).kind());
    }

    /** An address, most often near the border of a chunk or the end. */
    private static long near(Random random, long size) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong(size + 1);
            case 1 -> size - random.nextInt(20) + 4;
            default -> random.nextInt(4) * (long) PAGE - random.nextInt(20) + 10;
        };
    }

    private static String outcome(Runnable access) {
        try {
            access.run();
            return "done";
        } catch (Trap trap) {
            return trap.kind().toString();
        }
    }

    private static Runnable access(Random random, CoreMemory memory, CoreMemory other, long size) {
        long at = near(random, size);
        long to = near(random, size);
        long value = random.nextLong();
        int length = random.nextInt(random.nextBoolean() ? 12 : 3 * PAGE);
        return switch (random.nextInt(11)) {
            case 0 -> () -> memory.setByte(at, (byte) value);
            case 1 -> () -> memory.setShort(at, (short) value);
            case 2 -> () -> memory.setInt(at, (int) value);
            case 3 -> () -> memory.setLong(at, value);
            case 4 -> () -> memory.setDouble(at, memory.getDouble(to));
            case 5 ->
                () -> memory.setLong(
                        at, memory.getLong(to) + memory.getShort(to) + memory.getInt(to) + memory.getByte(to));
            case 6 -> () -> memory.fill(at, (byte) Math.max(0, value), length);
            case 7 -> () -> memory.write(at, memory.read(to, length));
            case 8 -> () -> memory.copy(at, other, to, length);
            case 9 -> () -> memory.copy(at, memory, at + (int) value % 100, length);
            default -> () -> memory.copy(at, memory, to, length);
        };
    }

    @ParameterizedTest
    @EnumSource
    void bothFormsHoldTheSame(AddressType address) {
        for (int pageSizeLog2 : new int[] {0, 16}) {
            var random = new Random(7 + pageSizeLog2);
            long pages = pageSizeLog2 == 0 ? 3 * PAGE + 77 : 3;
            var type = new MemoryType(new Limits(address, pages, OptionalLong.empty()), false, pageSizeLog2);
            CoreMemory array = CoreMemory.of(type);
            CoreMemory chunks = CoreMemory.of(type, true);
            assertTrue(chunks.isChunked());
            // copied from and to by both, so that copies go from each form to each
            CoreMemory third = CoreMemory.of(type, random.nextBoolean());
            for (int step = 0; step < 3_000; step++) {
                long seed = random.nextLong();
                if (random.nextInt(500) == 0) {
                    long by = pageSizeLog2 == 0 ? random.nextInt(PAGE) : random.nextInt(2);
                    assertEquals(array.grow(by), chunks.grow(by));
                }
                assertEquals(
                        outcome(access(new Random(seed), array, third, array.size())),
                        outcome(access(new Random(seed), chunks, third, array.size())),
                        "step " + step);
                third.copy(seed & 0xffff, random.nextBoolean() ? array : chunks, seed >>> 16 & 0xffff, PAGE);
                if (step % 50 == 0) {
                    assertEquals(array.type(), chunks.type());
                    assertArrayEquals(array.bytes(), chunks.read(0, (int) chunks.size()), "step " + step);
                }
            }
        }
    }

    @Test
    void whatWasNotWrittenTakesNearlyNothing() {
        var budget = MemoryBudget.of(8 << 20);
        try (var limits = within(budget)) {
            CoreMemory memory = large(1, limits);
            assertEquals(1, memory.grow(65_536));
            assertEquals(4 * GIB + PAGE, memory.size());
            long untouched = budget.used();
            assertTrue(untouched <= 65_537 * 16, "in use: " + untouched);
            memory.fill(0, (byte) 0, memory.size());
            memory.copy(5, memory, 0, memory.size() - 5);
            memory.copy(0, memory, 5, memory.size() - 5);
            assertEquals(0, memory.getLong(4 * GIB));
            assertEquals(untouched, budget.used());
            memory.setInt(4 * GIB - 2, 0x01020304);
            assertEquals(untouched + 2 * CHUNK, budget.used());
            assertEquals(0x0102, memory.getInt(4 * GIB));
            assertEquals(0x03040000, memory.getInt(4 * GIB - 4));
            memory.copy(3 * GIB + 3, memory, 4 * GIB - 10, 20);
            assertEquals(0x01020304, memory.getInt(3 * GIB + 11));
            assertBeyond(() -> memory.getInt(memory.size() - 3));
            assertBeyond(() -> memory.getInt(-4));
            assertBeyond(() -> memory.getByte(Long.MAX_VALUE));
            assertBeyond(() -> memory.fill(1, (byte) 0, memory.size()));
            assertBeyond(() -> memory.fill(1, (byte) 0, -1));
            assertBeyond(() -> memory.copy(0, memory, Long.MAX_VALUE, 2));
        }
        assertEquals(0, budget.used());
    }

    @Test
    void growthEndsAtTheAddressesAndAtSixtyFourGigabytes() {
        CoreMemory narrow = CoreMemory.of(type(AddressType.I32, 65_535), true);
        assertEquals(65_535, narrow.grow(1));
        assertEquals(-1, narrow.grow(1));
        assertEquals(65_536, narrow.pages());
        CoreMemory wide = CoreMemory.of(type(AddressType.I64, 1), true);
        assertEquals(-1, wide.grow(1 << 20));
        assertEquals(-1, wide.grow(-1));
        assertEquals(-1, wide.grow(1L << 48));
        assertEquals(1, wide.grow((1 << 20) - 1));
        assertEquals(64 * GIB, wide.size());
        wide.setLong(64 * GIB - 8, 5);
        assertEquals(5, wide.getLong(64 * GIB - 8));
    }

    @Test
    void whatIsTooLargeIsRefusedWithAReason() {
        Trap small = assertThrows(Trap.class, () -> CoreMemory.of(type(AddressType.I32, 40_000)));
        assertTrue(small.getMessage().contains("32767 pages that are supported without the option `large-memories`"));
        Trap large = assertThrows(Trap.class, () -> CoreMemory.of(type(AddressType.I64, (1 << 20) + 1), true));
        assertTrue(large.getMessage().contains("1048576 pages that are supported"), large.getMessage());
    }

    @Test
    void theDeclaredSizeIsHeldAgainstTheLimitOfTheStore() {
        var limits = new ResourceLimits(4 * GIB, 0, MemoryBudget.of(GIB));
        CoreMemory memory = large(65_535, limits);
        assertEquals(-1, memory.grow(2));
        assertFalse(limits.refused());
        assertEquals(65_535, memory.grow(1));
        assertEquals(4 * GIB, limits.memoryUsed());
        assertThrows(Trap.class, () -> large(1, limits));
    }

    @Test
    void noRoomForAChunkIsATrap() {
        var budget = MemoryBudget.of(3 * CHUNK + 10_000);
        try (var limits = within(budget)) {
            CoreMemory memory = large(100, limits);
            for (int chunk = 0; chunk < 3; chunk++) {
                memory.setByte((long) chunk * PAGE, (byte) 1);
            }
            Trap trap = assertThrows(Trap.class, () -> memory.setByte(3 * PAGE, (byte) 1));
            assertEquals(TrapKind.OUT_OF_MEMORY, trap.kind());
            assertTrue(limits.refused());
            assertEquals(0, memory.getByte(3 * PAGE));
            assertEquals(-1, memory.grow(100_000), "no room for the tables");
            assertEquals(100, memory.pages());
        }
        assertEquals(0, budget.used());
    }

    @Test
    void imagesAreSharedAndWhatIsWrittenIsNot() {
        var budget = MemoryBudget.of(GIB);
        var first = within(budget);
        var second = within(budget);
        CoreMemory one = large(10, first);
        CoreMemory other = large(10, second);
        long begin = 0x0102_0000_004dL;
        for (CoreMemory memory : List.of(one, other)) {
            memory.setLong(5 * PAGE - 4, begin);
            memory.setByte(0, (byte) 1);
            memory.setByte(0, (byte) 0);
        }
        assertEquals(2 * (3 * CHUNK + 10 * 16), budget.used());
        StateImage image = one.image(null);
        assertSame(image, other.image(image));
        first.settle();
        second.settle();
        assertEquals(2 * 10 * 16 + 2 * CHUNK, budget.used(), "two chunks of the image; one was all zeros");
        for (int life = 0; life < 3; life++) {
            one.setInt(5 * PAGE - 2, -1);
            other.fill(5 * PAGE - 4, (byte) 0, 8);
            assertEquals(0, other.getLong(5 * PAGE - 4));
            assertEquals(0xffff_ffff_004dL, one.getLong(5 * PAGE - 4));
            assertEquals(10, one.grow(life * 10L));
            assertEquals(0, one.getInt(one.size() - 4));
            one.setInt(one.size() - 4, 6);
            one.reset();
            other.reset();
            first.settle();
            second.settle();
            assertEquals(10, one.pages());
            assertEquals(begin, one.getLong(5 * PAGE - 4));
            assertEquals(begin, other.getLong(5 * PAGE - 4));
            assertEquals(0, one.getInt(10 * PAGE - 4));
            assertBeyond(() -> one.getByte(10 * PAGE));
            assertTrue(budget.used() <= 2 * CHUNK + 80 * 16, "in use: " + budget.used());
            assertEquals(10 * PAGE, first.memoryUsed());
        }
        other.setByte(9, (byte) 9);
        assertNotSame(image, other.image(image));
    }

    @Test
    void formsAreNotMixed() {
        var importing = new ByteCode()
                .raw(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)
                .section(2, new ByteCode().raw(1).name("m").name("m").raw(2, 0, 1));
        for (boolean large : new boolean[] {false, true}) {
            var engine = new CoreEngine(EngineOptions.DEFAULT.withLargeMemories(large));
            LinkedModule module = engine.compile(tenon.wasm.ModuleDecoder.decode(importing.bytes()))
                    .link();
            module.instantiate(new Imports(List.of(CoreMemory.of(type(AddressType.I32, 1), large))));
            var other = new Imports(List.of(CoreMemory.of(type(AddressType.I32, 1), !large)));
            String reason = assertThrows(LinkException.class, () -> module.instantiate(other))
                    .getMessage();
            assertTrue(reason.contains(large ? "an engine with the option" : "an engine without the option"), reason);
        }
        assertNotEquals(
                EngineOptions.DEFAULT.traits(),
                EngineOptions.DEFAULT.withLargeMemories(true).traits());
    }
}
