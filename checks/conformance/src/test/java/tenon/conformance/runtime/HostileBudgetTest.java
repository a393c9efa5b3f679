package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.core.MemoryBudget;
import tenon.core.Trap;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.NoRoomException;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Value;

/** Guests that grow, trap and leave: nothing of the host's budget is lost or counted twice, whatever they do. */
@Timeout(120)
class HostileBudgetTest {
    private static final int TRAPS = 1_000;
    private static final int TABLE = 2_000;
    private static final StoreLimits SMALL = StoreLimits.DEFAULT.withMemoryBytes(4 << 20);

    private final MemoryBudget budget = MemoryBudget.of(64 << 20);
    private final Runtime runtime = Runtime.create().withMemoryBudget(budget);

    /** Grows a memory or a table, and traps if asked to. */
    private LinkedComponent growing(String start) {
        return new Linker()
                .link(
                        runtime,
                        new ComponentBytes()
                                .module("""
                                    (module
                                      (memory 2)
                                      (table $table 10 funcref)
                                      (func $begin (drop (memory.grow (i32.const 3))) %s)
                                      (start $begin)
                                      (func (export "run") (param $how i32) (result i32)
                                        (if (i32.ge_u (local.get $how) (i32.const 2000))
                                          (then (return (table.grow $table (ref.null func)
                                            (i32.mul (i32.const 100) (local.get $how))))))
                                        (drop (memory.grow (i32.rem_u (local.get $how) (i32.const 1000))))
                                        (i32.store8
                                          (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)) (i32.const 7))
                                        (if (i32.ge_u (local.get $how) (i32.const 1000)) (then (unreachable)))
                                        (memory.grow (i32.const 1))))
                                    """.formatted(start))
                                .coreInstance(0)
                                .aliasCore(0, 0, "run")
                                .function(List.of(ComponentBytes.U32), List.of(ComponentBytes.U32))
                                .lift(0, 0)
                                .export("run", ComponentBytes.FUNC, 0)
                                .decode());
    }

    /** Lives of many kinds; how many came to their end. */
    private int live(LinkedComponent linked, int seed, int lives) {
        var random = new Random(seed);
        var done = new AtomicInteger();
        for (int i = 0; i < lives; i++) {
            try (Store store = Store.open(random.nextInt(4) == 0 ? SMALL : StoreLimits.DEFAULT, budget)) {
                var run = linked.instantiate(store).func("run");
                int pages = random.nextInt(8) == 0 ? random.nextInt(TRAPS) : random.nextInt(40);
                int how = pages + (random.nextInt(6) == 0 ? random.nextBoolean() ? TRAPS : TABLE : 0);
                if (random.nextInt(3) == 0) {
                    store.hostMemory().take(random.nextInt(1 << 20), "a test");
                }
                run.call(List.of(new Value.U32(how)));
                done.incrementAndGet();
            } catch (NoRoomException | Trap _) {
                // as guests end that ask for too much
            } catch (IllegalStateException closed) {
                assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
            }
            assertTrue(budget.used() <= budget.most() && budget.used() >= 0, budget::toString);
        }
        return done.get();
    }

    private int liveAtOnce(LinkedComponent linked, int threads, int lives) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = IntStream.range(0, threads)
                    .mapToObj(seed -> executor.submit(() -> live(linked, seed, lives)))
                    .toList();
            int sum = 0;
            for (Future<Integer> each : all) {
                sum += each.get();
            }
            return sum;
        }
    }

    @Test
    void whatLivesTakeComesBack() throws Exception {
        LinkedComponent linked = growing("");
        assertTrue(live(linked, 1, 100) > 10);
        assertTrue(liveAtOnce(linked, 6, 100) > 10);
        linked.close();
        assertEquals(0, budget.used());
    }

    @Test
    void whatLivesTakeComesBackWhenTheComponentIsClosedMeanwhile() throws Exception {
        for (int i = 0; i < 5; i++) {
            LinkedComponent linked = growing("");
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Integer> lives = executor.submit(() -> liveAtOnce(linked, 4, 60));
                Thread.sleep(10 + 10 * i);
                linked.close();
                lives.get();
            }
            assertEquals(0, budget.used());
        }
    }

    @Test
    void whatStartFunctionsTakeThatTrapComesBack() {
        LinkedComponent linked = growing("(unreachable)");
        for (int i = 0; i < 50; i++) {
            try (Store store = Store.open(StoreLimits.DEFAULT, budget)) {
                assertThrows(Trap.class, () -> linked.instantiate(store));
            }
        }
        linked.close();
        assertEquals(0, budget.used());
    }
}
