package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.core.Trap;
import tenon.runtime.Call;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Value;
import tenon.text.Wat;
import tenon.wasm.Binary;

/** Tasks interleave inside one instance, end when they are asked to, are limited in number, and end with their store. */
@Timeout(60)
class TasksTest {
    /** Counts to three, giving way each time, and notes its number each time: with a callback, and with a stack. */
    private static final String COUNTING = """
            (component
              (core func $return (canon task.return))
              (core func $yield (canon thread.yield))
              (core func $get0 (canon context.get i32 0))
              (core func $set0 (canon context.set i32 0))
              (core func $get1 (canon context.get i32 1))
              (core func $set1 (canon context.set i32 1))
              (core module $M
                (import "" "return" (func $return))
                (import "" "yield" (func $yield (result i32)))
                (import "" "get0" (func $get0 (result i32)))
                (import "" "set0" (func $set0 (param i32)))
                (import "" "get1" (func $get1 (result i32)))
                (import "" "set1" (func $set1 (param i32)))
                (global $log (mut i32) (i32.const 0))
                (func $note (param i32)
                  (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
                (func (export "count") (param i32) (result i32)
                  (call $set0 (local.get 0))
                  (call $set1 (i32.const 3))
                  (i32.const 1))
                (func (export "count-cb") (param i32 i32 i32) (result i32)
                  (call $note (call $get0))
                  (call $set1 (i32.sub (call $get1) (i32.const 1)))
                  (if (result i32) (call $get1)
                    (then (i32.const 1))
                    (else (call $return) (i32.const 0))))
                (func (export "stackful") (param i32)
                  (local i32)
                  (loop $more
                    (drop (call $yield))
                    (call $note (local.get 0))
                    (br_if $more (i32.lt_u
                      (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 3))))
                  (call $return))
                (func (export "log") (result i32) (global.get $log)))
              (core instance $m (instantiate $M (with "" (instance
                (export "return" (func $return)) (export "yield" (func $yield))
                (export "get0" (func $get0)) (export "set0" (func $set0))
                (export "get1" (func $get1)) (export "set1" (func $set1))))))
              (func (export "count") async (param "n" u32)
                (canon lift (core func $m "count") async (callback (core func $m "count-cb"))))
              (func (export "stackful") async (param "n" u32) (canon lift (core func $m "stackful") async))
              (func (export "log") (result u32) (canon lift (core func $m "log"))))
            """;

    /** Waits for what never comes, and ends when it is asked to. */
    private static final String PARKING = """
            (component
              (component $Child
                (core func $cancel (canon task.cancel))
                (core func $new (canon waitable-set.new))
                (core module $M
                  (import "" "cancel" (func $cancel))
                  (import "" "new" (func $new (result i32)))
                  (func (export "park") (result i32)
                    (i32.or (i32.const 2) (i32.shl (call $new) (i32.const 4))))
                  (func (export "park-cb") (param i32 i32 i32) (result i32)
                    (if (i32.ne (local.get 0) (i32.const 6)) (then unreachable))
                    (call $cancel)
                    (i32.const 0)))
                (core instance $m (instantiate $M (with "" (instance
                  (export "cancel" (func $cancel)) (export "new" (func $new))))))
                (func (export "park") async
                  (canon lift (core func $m "park") async (callback (core func $m "park-cb")))))
              (instance $child (instantiate $Child))
              (core func $park (canon lower (func $child "park") async))
              (core module $Main
                (import "" "park" (func $park (result i32)))
                (func (export "many")
                  (loop $more (drop (call $park)) (br $more))))
              (core instance $main (instantiate $Main (with "" (instance (export "park" (func $park))))))
              (func (export "many") (canon lift (core func $main "many")))
              (func (export "park") (alias export $child "park")))
            """;

    /** Calls the host, then blocks for ever, on a stack of its own. */
    private static final String BLOCKING = """
            (component
              (import "here" (func $here))
              (core func $here (canon lower (func $here)))
              (core func $new (canon waitable-set.new))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $wait (canon waitable-set.wait (memory (core memory $memory "memory"))))
              (core module $M
                (import "" "here" (func $here))
                (import "" "new" (func $new (result i32)))
                (import "" "wait" (func $wait (param i32 i32) (result i32)))
                (func (export "block")
                  (call $here)
                  (drop (call $wait (call $new) (i32.const 0)))))
              (core instance $m (instantiate $M (with "" (instance
                (export "here" (func $here)) (export "new" (func $new)) (export "wait" (func $wait))))))
              (func (export "block") async (canon lift (core func $m "block") async)))
            """;

    /** Calls an async function of the host twice at the same time, and adds what it gives. */
    private static final String ASKING = """
            (component
              (import "ask" (func $ask async (param "n" u32) (result u32)))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $ask (canon lower (func $ask) async (memory (core memory $memory "memory"))))
              (core func $new (canon waitable-set.new))
              (core func $join (canon waitable.join))
              (core func $return (canon task.return (result u32)))
              (core module $M
                (import "" "memory" (memory 1))
                (import "" "ask" (func $ask (param i32 i32) (result i32)))
                (import "" "new" (func $new (result i32)))
                (import "" "join" (func $join (param i32 i32)))
                (import "" "return" (func $return (param i32)))
                (global $set (mut i32) (i32.const 0))
                (global $left (mut i32) (i32.const 2))
                (func $begin (param i32 i32)
                  (local i32)
                  (local.set 2 (call $ask (local.get 0) (local.get 1)))
                  (if (i32.eq (local.get 2) (i32.const 2))
                    (then (call $ended))
                    (else (call $join (i32.shr_u (local.get 2) (i32.const 4)) (global.get $set)))))
                (func $ended (global.set $left (i32.sub (global.get $left) (i32.const 1))))
                (func $next (result i32)
                  (if (result i32) (global.get $left)
                    (then (i32.or (i32.const 2) (i32.shl (global.get $set) (i32.const 4))))
                    (else
                      (call $return (i32.add (i32.load (i32.const 16)) (i32.load (i32.const 20))))
                      (i32.const 0))))
                (func (export "run") (result i32)
                  (global.set $set (call $new))
                  (call $begin (i32.const 1) (i32.const 16))
                  (call $begin (i32.const 2) (i32.const 20))
                  (call $next))
                (func (export "run-cb") (param i32 i32 i32) (result i32)
                  (call $ended)
                  (call $next)))
              (core instance $m (instantiate $M (with "" (instance
                (export "memory" (memory $memory "memory")) (export "ask" (func $ask)) (export "new" (func $new))
                (export "join" (func $join)) (export "return" (func $return))))))
              (func (export "run") async (result u32)
                (canon lift (core func $m "run") async (callback (core func $m "run-cb")))))
            """;

    /** The host's functions. */
    public static final class Host {
        private final List<Thread> callers = new ArrayList<>();
        private final List<CompletableFuture<Integer>> asked = new ArrayList<>();

        /** {@code here: func()}. */
        public void here() {
            callers.add(Thread.currentThread());
        }

        /** {@code ask: async func(n: u32) -> u32}: answers when it was asked twice, the second first. */
        public CompletableFuture<Integer> ask(int n) {
            asked.add(new CompletableFuture<>());
            if (asked.size() == 2) {
                asked.get(1).complete(10 * n);
                asked.get(0).complete(n);
            }
            return asked.getLast();
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
            .function("here", "here", MethodType.methodType(void.class))
            .function("ask", "ask", MethodType.methodType(CompletableFuture.class, int.class))
            .build();

    private static Component component(String text) {
        return ComponentDecoder.decode(Binary.of(Wat.parse("tasks.wat", text)), ComponentFeatures.ALL);
    }

    private static Instance instantiate(Store store, String text, Host host) {
        return new Linker()
                .define(INTERFACE, _ -> host)
                .link(Runtime.create(), component(text))
                .instantiate(store);
    }

    private static void interleave(String function) {
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, COUNTING, new Host());
            Call one = instance.func(function).start(List.of(new Value.U32(1)));
            Call two = instance.func(function).start(List.of(new Value.U32(2)));
            assertFalse(one.isDone() || two.isDone());
            one.await();
            two.await();
            assertEquals(
                    new Value.U32(121212), instance.func("log").call(List.of()).orElseThrow());
        }
    }

    @Test
    void tasksWithCallbacksInterleave() {
        interleave("count");
    }

    @Test
    void tasksWithStacksInterleave() {
        interleave("stackful");
    }

    @Test
    void callsOfTheHostGoOnSideBySide() {
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, ASKING, new Host());
            assertEquals(new Value.U32(22), instance.func("run").call(List.of()).orElseThrow());
        }
    }

    @Test
    void callEndsWhenItIsAskedTo() {
        try (Store store = Store.open()) {
            Call call = instantiate(store, PARKING, new Host()).func("park").start(List.of());
            assertFalse(call.isDone());
            call.cancel();
            assertTrue(call.isDone());
            assertThrows(CancellationException.class, call::await);
        }
    }

    @Test
    void callThatNothingCanEndTraps() {
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, PARKING, new Host());
            Call call = instance.func("park").start(List.of());
            Trap trap = assertThrows(Trap.class, call::await);
            assertTrue(trap.fact().contains("deadlock"), trap.fact());
            assertThrows(Trap.class, () -> instance.func("park").start(List.of()));
        }
    }

    @Test
    void guestCannotMakeThreadsWithoutEnd() {
        try (Store store = Store.open(StoreLimits.DEFAULT.withThreads(50))) {
            Instance instance = instantiate(store, PARKING, new Host());
            Trap trap = assertThrows(Trap.class, () -> instance.func("many").call(List.of()));
            assertTrue(trap.fact().contains("too many threads: the limit is 50"), trap.fact());
        }
    }

    @Test
    void threadsEndWithTheirStore() {
        var host = new Host();
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, BLOCKING, host);
            for (int i = 0; i < 100; i++) {
                assertFalse(instance.func("block").start(List.of()).isDone());
            }
            assertEquals(100, host.callers.stream().distinct().count());
            assertTrue(host.callers.stream().allMatch(Thread::isAlive));
        }
        assertTrue(host.callers.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void stopEndsTheWaitForTheHost() {
        try (Store store = Store.open()) {
            Instance instance = new Linker()
                    .define(INTERFACE, _ -> new Host())
                    .link(Runtime.create(), component(ASKING.replace("(call $begin (i32.const 2) (i32.const 20))", "")))
                    .instantiate(store);
            Call call = instance.func("run").start(List.of());
            Thread.startVirtualThread(() -> store.stop("it takes too long"));
            Trap trap = assertThrows(Trap.class, call::await);
            assertTrue(trap.fact().contains("it takes too long"), trap.fact());
        }
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<Integer> starts(Instance instance, String name, Class<?> result) {
        try {
            return (CompletableFuture<Integer>) (CompletableFuture<?>) instance.component()
                    .starting("", name, List.of(), result, MethodHandles.lookup())
                    .invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void typedCallIsAFuture() {
        String late = ASKING.replace("(call $begin (i32.const 2) (i32.const 20))", "")
                .replace("(global $left (mut i32) (i32.const 2))", "(global $left (mut i32) (i32.const 1))");
        try (Store store = Store.open()) {
            var host = new Host();
            Instance instance = instantiate(store, late, host);
            CompletableFuture<Integer> call = starts(instance, "run", int.class);
            CompletableFuture<Integer> next = call.thenApply(n -> n + 1);
            assertFalse(call.isDone());
            Thread.startVirtualThread(() -> host.asked.getFirst().complete(20));
            assertEquals(20, call.join());
            assertEquals(21, next.join());
        }
    }

    @Test
    void futureOfACallEndsAsItIsAskedToOrWithItsStore() {
        CompletableFuture<Integer> forgotten;
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, PARKING, new Host());
            CompletableFuture<Integer> parked = starts(instance, "park", void.class);
            assertFalse(parked.isDone());
            assertTrue(parked.cancel(true));
            assertThrows(CancellationException.class, parked::join);
            forgotten = starts(instance, "park", void.class);
            assertFalse(forgotten.isDone());
        }
        assertTrue(forgotten.isCompletedExceptionally());
    }

    @Test
    void futureOfACallEndsWithItsInstance() {
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, PARKING, new Host());
            CompletableFuture<Integer> parked = starts(instance, "park", void.class);
            CompletableFuture<Integer> waiting = starts(instance, "park", void.class);
            Trap trap = assertThrows(Trap.class, waiting::join);
            assertTrue(trap.fact().contains("deadlock"), trap.fact());
            assertThrows(CompletionException.class, parked::join);
            assertTrue(parked.isCompletedExceptionally() && waiting.isCompletedExceptionally());
        }
    }
}
