package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;

@Timeout(30)
class MemoryBudgetTest {
    private static final int PAGE = 1 << MemoryType.PAGE_SIZE_LOG2;

    private static CoreMemory memory(int pages, ResourceLimits limits) {
        return CoreMemory.of(
                new MemoryType(new Limits(Limits.AddressType.I32, pages, OptionalLong.empty())), limits, false, false);
    }

    private static ResourceLimits within(MemoryBudget budget) {
        return new ResourceLimits(Long.MAX_VALUE, Long.MAX_VALUE, budget);
    }

    @Test
    void whoIsForgottenGivesBackWhatItHeld() throws InterruptedException {
        var budget = MemoryBudget.of(1 << 20);
        assertTrue(within(budget).hold(1000));
        var kept = within(budget);
        assertTrue(kept.hold(500));
        for (int i = 0; i < 200 && budget.used() > 500; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(500, budget.used());
        kept.close();
        assertEquals(0, budget.used());
        kept.close();
        assertEquals(0, budget.used());
    }

    @Test
    void nothingWaitsWhereThereAreNoReserves() {
        for (boolean reserving : new boolean[] {true, false}) {
            var budget = reserving ? MemoryBudget.of(1 << 30) : MemoryBudget.withoutReserves(1 << 30);
            var limits = within(budget);
            CoreMemory memory = CoreMemory.of(
                    new MemoryType(new Limits(Limits.AddressType.I32, 1, OptionalLong.empty())), limits, true, false);
            StateImage image = memory.image(null);
            for (int pages = 1; pages < 10; pages++) {
                assertEquals(pages, memory.grow(1));
            }
            limits.close();
            assertEquals(reserving, budget.used() > 0, "in use: " + budget.used());
            image.close();
        }
    }

    @Test
    void growthBeyondTheBudgetIsRefusedAndClosingGivesItBack() {
        var budget = MemoryBudget.of(MemoryBudget.footprint(PAGE) * 4);
        var limits = within(budget);
        CoreMemory memory = memory(1, limits);
        assertEquals(-1, memory.grow(100));
        assertTrue(limits.refused());
        assertEquals(1, memory.grow(1));
        assertEquals(2, memory.pages());
        try (var other = within(budget)) {
            assertThrows(Trap.class, () -> memory(3, other));
        }
        limits.close();
        assertEquals(0, budget.used());
    }

    @Test
    void aLimitOfTheStoreIsNoShortageOfTheHost() {
        var limits = new ResourceLimits(PAGE, 0, MemoryBudget.of(1 << 30));
        assertEquals(-1, memory(1, limits).grow(1));
        assertFalse(limits.refused());
    }

    @Test
    void reservesAreDroppedBeforeAnybodyIsRefused() {
        var budget = MemoryBudget.of(100);
        assertTrue(budget.take(90));
        var idle = new AtomicInteger(3);
        var reserve = new MemoryBudget.Reserve() {
            @Override
            public boolean release() {
                if (idle.getAndDecrement() <= 0) {
                    return false;
                }
                budget.giveBack(30);
                return true;
            }

            @Override
            public void age() {
                idle.set(0);
            }
        };
        budget.add(reserve);
        assertTrue(budget.take(50));
        assertEquals(1, idle.get());
        assertFalse(budget.take(200), "more than there is in all is refused at once");
        assertEquals(1, idle.get());
        assertTrue(reserve.release());
    }

    @Test
    void whatDoesNotFitIsNotInTheWayOfWhatDoes() throws Exception {
        var budget = MemoryBudget.of(100);
        assertTrue(budget.take(50));
        var over = new AtomicBoolean();
        var greedy = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                assertFalse(budget.take(60));
            }
        });
        int refused = 0;
        for (int i = 0; i < 1_000_000; i++) {
            if (budget.take(10)) {
                budget.giveBack(10);
            } else {
                refused++;
            }
        }
        over.set(true);
        greedy.get(10, TimeUnit.SECONDS);
        assertEquals(0, refused);
        assertEquals(50, budget.used());
    }

    @Test
    void whoWaitsIsWokenByWhatIsGivenBack() throws Exception {
        var budget = MemoryBudget.of(10);
        assertTrue(budget.take(10));
        var waiter = CompletableFuture.supplyAsync(() -> {
            long seen = budget.present();
            try {
                while (!budget.take(5)) {
                    seen = budget.await(seen, TimeUnit.SECONDS.toNanos(20));
                }
                return true;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                budget.leave();
            }
        });
        Thread.sleep(50);
        budget.giveBack(5);
        assertTrue(waiter.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aLifeThatHasEndedKeepsWhatItNeedsOnly() {
        var budget = MemoryBudget.of(1000);
        var limits = within(budget);
        assertTrue(limits.begin(500));
        assertTrue(limits.hold(100));
        assertEquals(500, budget.used());
        assertTrue(limits.hold(600));
        assertEquals(700, limits.peak());
        limits.letGo(650);
        limits.settle();
        assertEquals(50, budget.used());
    }
}
