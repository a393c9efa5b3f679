package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.conformance.runtime.LateCells.call;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.core.Trap;
import tenon.runtime.Binding;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Retirement;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Providers that are replaced at the worst moments, by several at a time, or by what does not start. */
@Timeout(120)
class HostileBindingsTest {
    private static final int REPLACEMENTS = 200;

    private final Runtime runtime = Runtime.create();

    private LinkedComponent user(Binding binding) {
        return new Linker().provide(binding).link(runtime, LateCells.component(LateCells.USER));
    }

    /** Replaces the provider of a binding that is not there yet when the first provider is made, once. */
    private static final class Replacing {
        private final AtomicReference<Binding> binding = new AtomicReference<>();
        private final List<Retirement> retired = new ArrayList<>();

        Binding first(Runtime runtime) {
            binding.set(new Binding(runtime, LateCells.provider(1, _ -> replace())));
            return binding.get();
        }

        private void replace() {
            if (retired.isEmpty()) {
                retired.add(binding.get().replace(LateCells.provider(2)));
            }
        }
    }

    @Test
    void aCallThatReplacesItsOwnProviderEndsOnIt() throws Throwable {
        var replacing = new Replacing();
        try (Binding binding = replacing.first(runtime);
                LinkedComponent user = user(binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            assertEquals(1, call(instance, "version"));
            call(instance, "wait", 5);
            assertTrue(replacing.retired.getFirst().isOver(), "nothing is left of it once the call has ended");
            assertEquals(2, call(instance, "version"));
        }
    }

    @Test
    void aDestructorThatReplacesItsOwnProviderEndsOnIt() throws Throwable {
        var replacing = new Replacing();
        try (Binding binding = replacing.first(runtime);
                LinkedComponent user = user(binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            int dropped = call(instance, "make", 5);
            int kept = call(instance, "make", 6);
            call(instance, "drop", dropped);
            assertFalse(replacing.retired.getFirst().isOver(), "a cell of it is held");
            assertEquals(1006, call(instance, "get", kept));
            assertEquals(2, call(instance, "version"));
            call(instance, "drop", kept);
            assertTrue(replacing.retired.getFirst().isOver());
            assertThrows(Trap.class, () -> call(instance, "drop", kept));
        }
    }

    @Test
    void nothingRefersToReplacedProvidersWhileAStoreLivesOn() throws Throwable {
        var old = new ArrayList<WeakReference<Provider>>();
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            for (int version = 2; version < REPLACEMENTS; version++) {
                int cell = call(instance, "make", 5);
                old.add(new WeakReference<>(binding.provider()));
                Retirement retired = binding.replace(LateCells.provider(version));
                assertEquals(version, call(instance, "version"));
                call(instance, "drop", cell);
                assertTrue(retired.isOver());
            }
            for (int i = 0; i < 20 && kept(old) > 2; i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertTrue(kept(old) <= 2, () -> kept(old) + " of " + old.size() + " are kept");
        }
    }

    private static long kept(List<WeakReference<Provider>> providers) {
        return providers.stream().filter(each -> each.get() != null).count();
    }

    @Test
    void ofManyReplacementsAtATimeOneStaysAndTheOthersEnd() throws Throwable {
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(binding);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Retirement>>();
            for (int version = 2; version < 42; version++) {
                Provider next = LateCells.provider(version);
                all.add(threads.submit(() -> binding.replace(next)));
                all.add(threads.submit(() -> {
                    try (Store store = Store.open()) {
                        assertTrue(callUnchecked(user.instantiate(store)) > 0);
                    }
                    return null;
                }));
            }
            int over = 0;
            for (Future<Retirement> each : all) {
                Retirement retired = each.get();
                if (retired != null) {
                    assertTrue(retired.await(Duration.ofSeconds(30)), "nobody is left who could use it");
                    over++;
                }
            }
            assertEquals(40, over);
        }
    }

    private static int callUnchecked(Instance instance) {
        try {
            return call(instance, "version");
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static final String ONE = """
            (component
              $IMPORT
              (core module $m $RUN)
              (core instance $m (instantiate $m $WITH))
              (func $lifted (result u32) (canon lift (core func $m "run")))
              (instance $out (export "run" (func $lifted)))
              (export "test:late/one@1.0.0" (instance $out)))
            """;

    private static Provider ends(String start) {
        return new Provider(
                LateCells.component(ONE.replace("$IMPORT", "")
                        .replace("$WITH", "")
                        .replace("$RUN", start + " (func (export \"run\") (result i32) (i32.const 1))")),
                new Linker());
    }

    private static Provider handsOn(Binding binding) {
        return new Provider(handingOn(), new Linker().provide(binding));
    }

    private static Component handingOn() {
        return LateCells.component(ONE.replace(
                        "$IMPORT",
                        "(import \"test:late/one@1.0.0\" (instance $one (export \"run\" (func (result u32)))))"
                                + "(core func $run (canon lower (func $one \"run\")))")
                .replace("$WITH", "(with \"\" (instance (export \"run\" (func $run))))")
                .replace(
                        "$RUN",
                        "(import \"\" \"run\" (func $run (result i32)))"
                                + "(func (export \"run\") (result i32) (call $run))"));
    }

    @Test
    void noCircleComesAboutByTwoReplacementsAtATime() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 40; i++) {
                try (var one = new Binding(runtime, ends(""));
                        var two = new Binding(runtime, ends(""))) {
                    var together = new CyclicBarrier(2);
                    var all = List.of(
                            replaced(threads, together, one, handsOn(two)),
                            replaced(threads, together, two, handsOn(one)));
                    int refused = 0;
                    for (Future<Retirement> each : all) {
                        try {
                            each.get();
                        } catch (ExecutionException e) {
                            assertTrue(e.getCause() instanceof LinkException, e::toString);
                            refused++;
                        }
                    }
                    assertEquals(1, refused, "one of the two would need itself");
                }
            }
        }
    }

    private static Future<Retirement> replaced(
            ExecutorService threads, CyclicBarrier together, Binding binding, Provider next) {
        return threads.submit(() -> {
            together.await();
            return binding.replace(next);
        });
    }

    @Test
    void aProviderThatDoesNotStartEndsItsCallersUntilItIsReplaced() throws Throwable {
        for (String start : List.of(
                "(func $begin unreachable) (start $begin)",
                "(memory 32000)",
                "(table 100000000 funcref)",
                "(func $begin (call $begin)) (start $begin)")) {
            try (var binding = new Binding(runtime, ends(start));
                    LinkedComponent user = new Linker().provide(binding).link(runtime, handingOn())) {
                try (Store store = Store.open()) {
                    var run = user.instantiate(store).func("test:late/one@1.0.0", "run");
                    assertThrows(Trap.class, () -> run.call(List.of()), start);
                    assertThrows(Trap.class, () -> run.call(List.of()), start);
                }
                assertTrue(binding.replace(ends("")).isOver(), start);
                try (Store store = Store.open()) {
                    assertTrue(user.instantiate(store)
                            .func("test:late/one@1.0.0", "run")
                            .call(List.of())
                            .isPresent());
                }
            }
        }
    }
}
