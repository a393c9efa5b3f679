package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.runtime.Binding;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Retirement;
import tenon.runtime.Runtime;
import tenon.runtime.Store;

/** A provider that is replaced hundreds of times while threads call it and hold its resources: no call is lost, none goes astray. */
@Timeout(120)
class LateBindingLoadTest {
    private static final int SWAPS = 300;
    private static final int THREADS = 6;

    private final Runtime runtime = Runtime.create();
    private final AtomicIntegerArray drops = new AtomicIntegerArray(SWAPS + 2);
    private final AtomicIntegerArray made = new AtomicIntegerArray(SWAPS + 2);
    private final AtomicLong calls = new AtomicLong();
    /** The version that is certainly there: calls that begin now see it or a later one. */
    private volatile int there = 1;

    private volatile boolean over;

    @Test
    void callsAndResourcesKeepTheirProviders() throws Exception {
        List<Retirement> retired = new ArrayList<>();
        try (var binding = new Binding(runtime, LateCells.counting(1, drops));
                LinkedComponent user =
                        new Linker().provide(binding).link(runtime, LateCells.component(LateCells.USER));
                var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Integer>> all = new ArrayList<>();
            var work = new Work(user);
            for (int i = 0; i < THREADS; i++) {
                Callable<Integer> one = i == 0 ? work::loops : work::cells;
                all.add(threads.submit(one));
            }
            try {
                for (int version = 2; version <= SWAPS + 1; version++) {
                    retired.add(binding.replace(LateCells.counting(version, drops)));
                    there = version;
                    Thread.sleep(1);
                }
            } finally {
                over = true;
            }
            for (Future<Integer> each : all) {
                assertTrue(each.get() > 0);
            }
            for (Retirement each : retired) {
                assertTrue(each.await(Duration.ofSeconds(5)), "nothing is left of a replaced provider");
                assertEquals(0, each.instances());
            }
        }
        for (int version = 1; version <= SWAPS + 1; version++) {
            assertEquals(made.get(version), drops.get(version), "each cell was dropped where it was made: " + version);
        }
        assertTrue(calls.get() > SWAPS, calls + " calls");
    }

    /** What the threads do. */
    private final class Work {
        private final LinkedComponent user;
        private final MethodHandle version;
        private final MethodHandle versions;
        private final MethodHandle make;
        private final MethodHandle get;
        private final MethodHandle drop;

        Work(LinkedComponent user) {
            this.user = user;
            version = LateCells.function(user, "version", 0);
            versions = LateCells.function(user, "versions", 1);
            make = LateCells.function(user, "make", 1);
            get = LateCells.function(user, "get", 1);
            drop = LateCells.function(user, "drop", 1);
        }

        /** Calls in a loop that the JIT compiles, in one instance that lives through all replacements. */
        int loops() {
            int rounds = 0;
            try (Store store = Store.open()) {
                Instance instance = user.instantiate(store);
                while (!over) {
                    int before = there;
                    int sum = (int) versions.invokeExact(instance, 10_000);
                    int after = there + 1;
                    assertTrue(
                            sum >= before * 10_000 && sum <= after * 10_000, sum + " from " + before + " to " + after);
                    calls.addAndGet(10_000);
                    rounds++;
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return rounds;
        }

        int cells() {
            int rounds = 0;
            while (!over) {
                try (Store store = Store.open()) {
                    life(user.instantiate(store));
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
                rounds++;
            }
            return rounds;
        }

        private void life(Instance instance) throws Throwable {
            List<Integer> cells = new ArrayList<>();
            List<Integer> values = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int before = there;
                int cell = (int) make.invokeExact(instance, i);
                int value = (int) get.invokeExact(instance, cell);
                int maker = value / 1000;
                assertEquals(i, value % 1000);
                assertTrue(maker >= before, maker + " after " + before);
                made.incrementAndGet(maker);
                cells.add(cell);
                values.add(value);
                int seen = (int) version.invokeExact(instance);
                assertTrue(seen >= maker, seen + " after " + maker);
                for (int j = 0; j < cells.size(); j++) {
                    assertEquals(values.get(j), (int) get.invokeExact(instance, (int) cells.get(j)));
                }
                calls.addAndGet(3 + cells.size());
                if (i % 5 == 4) {
                    Thread.sleep(1);
                }
            }
            for (int cell : cells) {
                assertEquals(0, (int) drop.invokeExact(instance, cell));
            }
        }
    }
}
