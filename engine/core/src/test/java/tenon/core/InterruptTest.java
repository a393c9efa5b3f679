package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptTest {
    @Test
    void stopEndsALoopThatTheJitHasCompiled() throws Exception {
        try (var interrupt = new Interrupt()) {
            var end = CompletableFuture.supplyAsync(
                    () -> assertThrows(Trap.class, () -> spin(interrupt, Long.MAX_VALUE)));
            Thread.sleep(500);
            interrupt.stop("enough");
            Trap trap = end.get(10, TimeUnit.SECONDS);
            assertEquals(TrapKind.INTERRUPTED, trap.kind());
            assertEquals("enough", trap.fact());
        }
    }

    @Test
    void stopEndsRecursionAtItsCalls() throws Exception {
        try (var interrupt = new Interrupt()) {
            var end = CompletableFuture.supplyAsync(() -> assertThrows(Trap.class, () -> recurse(interrupt, 60)));
            Thread.sleep(300);
            interrupt.stop("enough");
            assertEquals(TrapKind.INTERRUPTED, end.get(10, TimeUnit.SECONDS).kind());
        }
    }

    @Test
    void theFirstReasonStays() {
        try (var interrupt = new Interrupt()) {
            interrupt.stop("first");
            interrupt.stop("second");
            assertEquals(
                    "first",
                    assertThrows(Trap.class, () -> Interrupt.pollCall(interrupt))
                            .fact());
            assertEquals(
                    "first",
                    assertThrows(Trap.class, () -> Interrupt.pollLoop(interrupt))
                            .fact());
        }
    }

    @Test
    void guestsThatLeaveACarrierFreeAreNotBlamedForALateProbe() {
        long tick = 2_000_000;
        assertFalse(FairShare.isDoingOfGuests(FairShare.CARRIERS - 1, 2 * tick));
        assertTrue(FairShare.isDoingOfGuests(FairShare.CARRIERS, 2 * tick));
        assertTrue(FairShare.isDoingOfGuests(1, 20 * tick));
    }

    @Test
    void whoGaveWayGoesOn() throws Exception {
        try (var interrupt = new Interrupt()) {
            long rounds = 2_000_000_000L;
            var sum = CompletableFuture.supplyAsync(() -> spin(interrupt, rounds));
            while (!sum.isDone()) {
                interrupt.giveWay();
                Thread.sleep(5);
            }
            assertEquals(rounds, sum.get());
            interrupt.reset();
            assertFalse(interrupt.isPending());
        }
    }

    @Test
    void resetMakesAStoppedOneFitForAnotherGuest() {
        try (var interrupt = new Interrupt()) {
            interrupt.stop("enough");
            interrupt.reset();
            assertEquals(3, spin(interrupt, 3));
        }
    }

    @Test
    void aGuestThatIsAloneIsLeftAlone() throws Exception {
        assumeTrue(FairShare.CARRIERS > 1, "one guest holds the only carrier");
        var interrupt = new Interrupt();
        int disturbed = 0;
        try (var share = new FairShare()) {
            Thread guest = Thread.startVirtualThread(() -> {
                try (interrupt;
                        var _ = share.begin(interrupt, Duration.ofMillis(500).toNanos())) {
                    assertThrows(Trap.class, () -> spin(interrupt, Long.MAX_VALUE));
                }
            });
            long seen = interrupt.gaveWayAt();
            while (!guest.join(Duration.ofMillis(3))) {
                disturbed += interrupt.gaveWayAt() == seen ? 0 : 1;
                seen = interrupt.gaveWayAt();
            }
        }
        // some, where other programs keep the processors from a probe; a hundred if probes do not run at all
        assertTrue(disturbed < 20, "disturbed " + disturbed + " times");
    }

    @Test
    void guestsThatNeverBlockLeaveRoomForOthers() throws Exception {
        int spinners = 2 * Runtime.getRuntime().availableProcessors();
        var served = new AtomicInteger();
        try (var share = new FairShare()) {
            for (int i = 0; i < spinners; i++) {
                var interrupt = new Interrupt();
                Thread.startVirtualThread(() -> {
                    try (interrupt;
                            var _ = share.begin(interrupt, Duration.ofSeconds(4).toNanos())) {
                        assertThrows(Trap.class, () -> spin(interrupt, Long.MAX_VALUE));
                    }
                });
            }
            Thread.sleep(100);
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofSeconds(2).toNanos()) {
                Thread.startVirtualThread(served::incrementAndGet).join();
            }
            while (share.size() > 0) {
                Thread.sleep(10);
            }
        }
        // without room it would be 0: spinners hold every carrier until their deadline
        assertTrue(served.get() > 2, "served " + served.get());
    }

    private static long spin(Interrupt interrupt, long rounds) {
        long i = 0;
        while (i < rounds) {
            Interrupt.pollLoop(interrupt);
            i++;
        }
        return i;
    }

    private static long recurse(Interrupt interrupt, int depth) {
        Interrupt.pollCall(interrupt);
        return depth == 0 ? 1 : recurse(interrupt, depth - 1) + recurse(interrupt, depth - 1);
    }
}
