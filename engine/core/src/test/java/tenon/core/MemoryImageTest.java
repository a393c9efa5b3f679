package tenon.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;

class MemoryImageTest {
    private static final int PAGE = 1 << MemoryType.PAGE_SIZE_LOG2;

    private static CoreMemory memory(int pages) {
        return CoreMemory.of(new MemoryType(new Limits(Limits.AddressType.I32, pages, OptionalLong.empty())));
    }

    @Test
    void livesOfGrowingMemoriesBeginAlike() {
        var random = new Random(7);
        CoreMemory one = memory(2);
        one.write(
                PAGE - 100,
                random.ints(300)
                        .collect(java.io.ByteArrayOutputStream::new, (out, each) -> out.write(each), (_, _) -> {})
                        .toByteArray());
        CoreMemory other = memory(2);
        other.write(0, one.read(0, 2 * PAGE));
        byte[] begin = one.read(0, 2 * PAGE);
        StateImage image = one.image(null);
        assertSame(image, other.image(image));

        for (int life = 0; life < 200; life++) {
            CoreMemory memory = random.nextBoolean() ? one : other;
            byte[] expected = begin.clone();
            for (int step = 0; step < 12; step++) {
                if (random.nextInt(4) == 0) {
                    int by = random.nextInt(3);
                    assertEquals(expected.length / PAGE, memory.grow(by));
                    expected = java.util.Arrays.copyOf(expected, expected.length + by * PAGE);
                }
                // as compiled code does: the mark of the page in which the store begins, up to 7 bytes behind it
                int at = random.nextInt(expected.length - 8);
                at = random.nextBoolean() ? Math.min((at | 0xfff) - 2, expected.length - 8) : at;
                long value = random.nextLong();
                memory.marks()[at >>> MemoryImage.MARK] = 1;
                for (int i = 0; i < 8; i++) {
                    memory.bytes()[at + i] = (byte) (value >>> 8 * i);
                    expected[at + i] = (byte) (value >>> 8 * i);
                }
            }
            assertArrayEquals(expected, memory.bytes());
            memory.reset();
            assertArrayEquals(begin, memory.bytes());
            assertArrayEquals(new byte[2 * PAGE >>> MemoryImage.MARK], memory.marks());
        }
    }

    @Test
    void anotherBeginHasItsOwnImage() {
        CoreMemory one = memory(1);
        CoreMemory other = memory(1);
        other.setByte(77, (byte) 1);
        StateImage image = one.image(null);
        assertNotSame(image, other.image(image));
        other.setByte(77, (byte) 2);
        other.reset();
        assertEquals(1, other.getByte(77));
    }

    @Test
    void emptyAndZeroMemoriesHaveImages() {
        for (int pages : new int[] {0, 1}) {
            CoreMemory memory = memory(pages);
            memory.image(null);
            assertEquals(pages, memory.grow(1));
            memory.setInt(pages * PAGE + 4, 9);
            memory.reset();
            assertEquals(pages, memory.pages());
            assertEquals(pages, memory.grow(1));
            assertEquals(0, memory.getInt(pages * PAGE + 4));
        }
    }

    @Test
    void arraysThatWaitAreCountedAndGoWhenTheyAreNotNeeded() {
        var budget = MemoryBudget.of(100L << 20);
        var limits = new ResourceLimits(Long.MAX_VALUE, Long.MAX_VALUE, budget);
        var memories = new CoreMemory[4];
        MemoryImage image = null;
        for (int i = 0; i < memories.length; i++) {
            memories[i] = CoreMemory.of(
                    new MemoryType(new Limits(Limits.AddressType.I32, 1, OptionalLong.empty())), limits, true, false);
            image = (MemoryImage) memories[i].image(image);
        }
        long before = budget.used();
        for (CoreMemory memory : memories) {
            memory.grow(1);
        }
        for (CoreMemory memory : memories) {
            memory.reset();
        }
        limits.settle();
        assertEquals(before + 4 * MemoryBudget.footprint(2 * PAGE), budget.used(), "the grown arrays wait");
        budget.age();
        assertEquals(before + 4 * MemoryBudget.footprint(2 * PAGE), budget.used(), "they were needed a moment ago");
        budget.age();
        assertEquals(before + 2 * MemoryBudget.footprint(2 * PAGE), budget.used());
        memories[0].grow(1);
        budget.age();
        memories[0].reset();
        while (image.release()) {
            // until none waits
        }
        limits.settle();
        assertEquals(before, budget.used());
    }

    @Test
    void arraysDoNotWaitWhereThereIsNoRoom() {
        var budget = MemoryBudget.of(MemoryBudget.footprint(PAGE) + MemoryBudget.footprint(2 * PAGE));
        var limits = new ResourceLimits(Long.MAX_VALUE, Long.MAX_VALUE, budget);
        CoreMemory memory = CoreMemory.of(
                new MemoryType(new Limits(Limits.AddressType.I32, 1, OptionalLong.empty())), limits, true, false);
        memory.image(null);
        for (int life = 0; life < 3; life++) {
            assertEquals(1, memory.grow(1));
            memory.reset();
            limits.settle();
        }
        assertTrue(budget.used() <= budget.most());
        limits.close();
    }
}
