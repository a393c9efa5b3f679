package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Where the JVM's heap has no room, reserves go before a guest is refused. */
class AllocationTest {
    /** A heap with room once two reserves are gone. */
    private static final class Heap implements MemoryBudget.Reserve {
        private int reserves;

        Heap(int reserves) {
            this.reserves = reserves;
        }

        @Override
        public boolean release() {
            if (reserves == 0) {
                return false;
            }
            reserves--;
            return true;
        }

        @Override
        public void age() {}

        String take() {
            if (reserves > 1) {
                throw new OutOfMemoryError("no room beside " + reserves + " reserves");
            }
            return "taken";
        }

        String fail() {
            throw new OutOfMemoryError("no room at all");
        }
    }

    private static MemoryBudget budget(Heap heap) {
        var budget = MemoryBudget.of(1 << 20);
        budget.add(heap);
        return budget;
    }

    @Test
    void reservesAreDroppedUntilThereIsRoom() {
        var heap = new Heap(3);
        assertEquals("taken", budget(heap).allocate(heap::take));
        assertEquals(1, heap.reserves);
    }

    @Test
    void withoutReservesThereIsNoRoom() {
        var heap = new Heap(2);
        assertThrows(OutOfMemoryError.class, () -> budget(heap).allocate(heap::fail));
        assertEquals(0, heap.reserves);
    }
}
