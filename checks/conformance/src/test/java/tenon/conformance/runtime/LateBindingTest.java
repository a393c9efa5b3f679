package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tenon.conformance.runtime.LateCells.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.Binding;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Retirement;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Providers that are replaced between calls. */
@Timeout(60)
class LateBindingTest {
    private static LinkedComponent user(Runtime runtime, Binding binding) {
        return new Linker().provide(binding).link(runtime, LateCells.component(LateCells.USER));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNextCallGoesToTheNewProvider(boolean generated) throws Throwable {
        Runtime runtime = Runtime.create().withGeneratedAdapters(generated);
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(runtime, binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            assertEquals(1, call(instance, "version"));
            assertEquals(1010, call(instance, "sum"));
            Retirement first = binding.replace(LateCells.provider(2));
            assertEquals(2, call(instance, "version"));
            assertEquals(2010, call(instance, "sum"));
            assertEquals(2 * 100, call(instance, "versions", 100));
            assertTrue(first.isOver());
            assertEquals(0, first.instances());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResourceStaysWithWhomMadeIt(boolean generated) throws Throwable {
        Runtime runtime = Runtime.create().withGeneratedAdapters(generated);
        List<Integer> dropped = new ArrayList<>();
        try (var binding = new Binding(runtime, LateCells.provider(1, dropped::add));
                LinkedComponent user = user(runtime, binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            int old = call(instance, "make", 7);
            assertEquals(1007, call(instance, "get", old));
            Retirement first = binding.replace(LateCells.provider(2, dropped::add));
            int fresh = call(instance, "make", 8);
            assertEquals(2008, call(instance, "get", fresh));
            assertEquals(1007, call(instance, "get", old));
            assertEquals(2, call(instance, "version"));
            assertEquals(1, first.instances());
            assertFalse(first.isOver());
            call(instance, "drop", old);
            assertEquals(List.of(1007), dropped);
            assertTrue(first.isOver());
            assertEquals(2008, call(instance, "get", fresh));
        }
    }

    @Test
    void resourcesThatAreGivenBackEndTheirProvider() throws Throwable {
        Runtime runtime = Runtime.create();
        List<Integer> dropped = new ArrayList<>();
        try (var binding = new Binding(runtime, LateCells.provider(1, dropped::add));
                LinkedComponent user = user(runtime, binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            int one = call(instance, "make", 1);
            int two = call(instance, "make", 2);
            Retirement first = binding.replace(LateCells.provider(2));
            assertEquals(1003, call(instance, "both", one, two));
            assertEquals(List.of(1001, 1002), dropped);
            assertTrue(first.isOver());
        }
    }

    @Test
    void resourcesOfTwoProvidersDoNotMix() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(runtime, binding)) {
            Retirement first;
            try (Store store = Store.open()) {
                Instance instance = user.instantiate(store);
                int one = call(instance, "make", 1);
                first = binding.replace(LateCells.provider(2));
                int two = call(instance, "make", 2);
                Trap trap = assertThrows(Trap.class, () -> call(instance, "both", one, two));
                assertTrue(trap.getMessage().contains("resources of two providers"), trap.getMessage());
            }
            assertTrue(first.isOver());
        }
    }

    @Test
    void aCallInFlightEndsWhereItBegan() throws Throwable {
        Runtime runtime = Runtime.create();
        var waiting = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        Provider waits = LateCells.provider(1, _ -> {
            waiting.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (var binding = new Binding(runtime, waits);
                LinkedComponent user = user(runtime, binding);
                var threads = Executors.newSingleThreadExecutor();
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            var call = threads.submit(() -> {
                try {
                    return call(instance, "wait", 5);
                } catch (Throwable e) {
                    throw new IllegalStateException(e);
                }
            });
            waiting.await();
            Retirement first = binding.replace(LateCells.provider(2));
            assertFalse(first.await(Duration.ofMillis(50)));
            assertEquals(1, first.instances());
            try (Store other = Store.open()) {
                assertEquals(2, call(user.instantiate(other), "version"));
            }
            go.countDown();
            assertEquals(1, call.get());
            assertTrue(first.isOver(), "it ends with its last call, not with the next one");
            assertEquals(2, call(instance, "version"));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndTheOldOneStays() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(runtime, binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            int cell = call(instance, "make", 3);
            var nothing = new Provider(LateCells.component("(component)"), new Linker());
            LinkException missing = assertThrows(LinkException.class, () -> binding.replace(nothing));
            assertTrue(
                    missing.getMessage().contains("`test:late/cells@1.0.0`: the component exports no"),
                    missing.getMessage());
            var other = new Provider(LateCells.component("""
                    (component
                      (core module $m (func (export "version") (result i64) (i64.const 0)))
                      (core instance $m (instantiate $m))
                      (func $version (result u64) (canon lift (core func $m "version")))
                      (instance $cells (export "version" (func $version)))
                      (export "test:late/cells@1.0.0" (instance $cells)))
                    """), new Linker());
            LinkException unfit = assertThrows(LinkException.class, () -> binding.replace(other));
            assertTrue(unfit.getMessage().contains("does not fit"), unfit.getMessage());
            assertEquals(1, call(instance, "version"));
            assertEquals(1003, call(instance, "get", cell));
            LinkException unlinked = assertThrows(
                    LinkException.class, () -> binding.replace(new Provider(LateCells.cells(2), new Linker())));
            assertTrue(unlinked.getMessage().contains("`note`"), unlinked.getMessage());
            assertEquals(1, call(instance, "version"));
        }
    }

    @Test
    void aFirstProviderThatDoesNotFitIsRefusedWhenTheComponentIsLinked() {
        Runtime runtime = Runtime.create();
        var other = new Provider(LateCells.component("""
                (component
                  (instance $cells)
                  (export "test:late/cells@1.0.0" (instance $cells)))
                """), new Linker());
        var binding = new Binding(runtime, other);
        LinkException unfit = assertThrows(LinkException.class, () -> user(runtime, binding));
        assertTrue(unfit.getMessage().contains("missing expected export `cell`"), unfit.getMessage());
    }

    @Test
    void aNewerVersionOnTheSameTrackFits() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(runtime, binding);
                Store store = Store.open()) {
            Provider plain = LateCells.provider(2);
            Instance instance = user.instantiate(store);
            assertEquals(1, call(instance, "version"));
            binding.replace(plain);
            assertEquals(2, call(instance, "version"));
            binding.replace(LateCells.newer(3));
            assertEquals(3, call(instance, "version"));
        }
    }

    @Test
    void aTrapInAProviderEndsItsCallerAndNobodyElse() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(runtime, binding)) {
            try (Store store = Store.open()) {
                Instance instance = user.instantiate(store);
                assertEquals(
                        TrapKind.UNREACHABLE,
                        assertThrows(Trap.class, () -> call(instance, "fail")).kind());
                assertThrows(Trap.class, () -> call(instance, "version"));
            }
            try (Store store = Store.open()) {
                Instance instance = user.instantiate(store);
                assertEquals(
                        TrapKind.DIVIDE_BY_ZERO,
                        assertThrows(Trap.class, () -> call(instance, "divide", 0))
                                .kind());
            }
            Retirement first = binding.replace(LateCells.provider(2));
            assertTrue(first.isOver());
            try (Store store = Store.open()) {
                assertEquals(2, call(user.instantiate(store), "version"));
            }
        }
    }

    @Test
    void eachInstanceHasAProviderOfItsOwnAndLeavesNothing() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, LateCells.provider(1));
                LinkedComponent user = user(runtime, binding)) {
            for (int i = 0; i < 100; i++) {
                try (Store store = Store.open()) {
                    Instance one = user.instantiate(store);
                    Instance two = user.instantiate(store);
                    assertEquals(1, call(one, "make", 1));
                    assertEquals(1, call(two, "make", 1), "each has a table of its own");
                }
            }
            Retirement first = binding.replace(LateCells.provider(2));
            assertTrue(first.isOver(), "closed stores hold nothing of it");
        }
    }

    @Test
    void aProviderThatNeedsItselfIsRefused() {
        Runtime runtime = Runtime.create();
        String handsOn = """
                (component
                  (import "test:late/one@1.0.0" (instance $one (export "run" (func (result u32)))))
                  (core func $run (canon lower (func $one "run")))
                  (core module $m (import "" "run" (func $run (result i32))) (func (export "run") (result i32) (call $run)))
                  (core instance $m (instantiate $m (with "" (instance (export "run" (func $run))))))
                  (func $lifted (result u32) (canon lift (core func $m "run")))
                  (instance $out (export "run" (func $lifted)))
                  (export "test:late/one@1.0.0" (instance $out)))
                """;
        var ends = new Provider(LateCells.component("""
                (component
                  (core module $m (func (export "run") (result i32) (i32.const 1)))
                  (core instance $m (instantiate $m))
                  (func $lifted (result u32) (canon lift (core func $m "run")))
                  (instance $out (export "run" (func $lifted)))
                  (export "test:late/one@1.0.0" (instance $out)))
                """), new Linker());
        try (var first = new Binding(runtime, ends);
                var second =
                        new Binding(runtime, new Provider(LateCells.component(handsOn), new Linker().provide(first)))) {
            var circle = new Provider(LateCells.component(handsOn), new Linker().provide(second));
            LinkException refused = assertThrows(LinkException.class, () -> first.replace(circle));
            assertTrue(refused.getMessage().contains("in a circle"), refused.getMessage());
        }
    }

    @Test
    void aClosedBindingAnswersNoCall() throws Throwable {
        Runtime runtime = Runtime.create();
        var binding = new Binding(runtime, LateCells.provider(1));
        try (LinkedComponent user = user(runtime, binding);
                Store store = Store.open()) {
            Instance instance = user.instantiate(store);
            int cell = call(instance, "make", 3);
            binding.close();
            assertEquals(1003, call(instance, "get", cell), "what it handed out stays");
            var error = assertThrows(IllegalStateException.class, () -> call(instance, "version"));
            assertTrue(error.getMessage().contains("closed"), error.getMessage());
        }
    }
}
