package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.core.MemoryBudget;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.Call;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;
import tenon.text.Wat;
import tenon.wasm.Binary;

/** What hostile guests try with tasks, streams and calls that go on: it costs them their instance, and the host nothing. */
@Timeout(60)
class HostileTasksTest {
    /** Forwards what it writes through one stream more, again and again, and then looks at the end that is left, as often. */
    private static final String FORWARDING = """
            (component
              (type $s (stream u8))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $new (canon stream.new $s))
              (core func $forward (canon stream.forward $s))
              (core func $read (canon stream.read $s async (memory (core memory $memory "memory"))))
              (core func $cancel (canon stream.cancel-read $s))
              (core module $M
                (import "" "new" (func $new (result i64)))
                (import "" "forward" (func $forward (param i32 i32)))
                (import "" "read" (func $read (param i32 i32 i32) (result i32)))
                (import "" "cancel" (func $cancel (param i32) (result i32)))
                (func (export "run") (param i32) (result i32)
                  (local $pair i64) (local $reader i32) (local $writer i32) (local $i i32) (local $sum i32)
                  (local.set $pair (call $new))
                  (local.set $reader (i32.wrap_i64 (local.get $pair)))
                  (local.set $writer (i32.wrap_i64 (i64.shr_u (local.get $pair) (i64.const 32))))
                  (loop $again
                    (local.set $pair (call $new))
                    (call $forward (i32.wrap_i64 (local.get $pair)) (local.get $writer))
                    (local.set $writer (i32.wrap_i64 (i64.shr_u (local.get $pair) (i64.const 32))))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br_if $again (i32.lt_u (local.get $i) (local.get 0))))
                  (loop $again
                    (drop (call $read (local.get $reader) (i32.const 0) (i32.const 1)))
                    (local.set $sum (i32.add (local.get $sum) (call $cancel (local.get $reader))))
                    (local.set $i (i32.sub (local.get $i) (i32.const 1)))
                    (br_if $again (local.get $i)))
                  (local.get $sum)))
              (core instance $m (instantiate $M (with "" (instance
                (export "new" (func $new)) (export "forward" (func $forward))
                (export "read" (func $read)) (export "cancel" (func $cancel))))))
              (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
            """;

    /** Gives the host one long string after the other, and waits for none of the answers; or gives it one, and waits. */
    private static final String KEEPING = """
            (component
              (import "keep" (func $keep async (param "text" string) (result u32)))
              (core module $Memory (memory (export "memory") 160))
              (core instance $memory (instantiate $Memory))
              (core func $keep (canon lower (func $keep) async (memory (core memory $memory "memory"))))
              (core func $ask (canon lower (func $keep) (memory (core memory $memory "memory"))))
              (core module $M
                (import "" "keep" (func $keep (param i32 i32 i32) (result i32)))
                (import "" "ask" (func $ask (param i32 i32) (result i32)))
                (func (export "ask") (param $length i32) (drop (call $ask (i32.const 0) (local.get $length))))
                (func (export "run") (param $times i32) (param $length i32)
                  (loop $again
                    (drop (call $keep (i32.const 0) (local.get $length) (i32.const 16)))
                    (local.set $times (i32.sub (local.get $times) (i32.const 1)))
                    (br_if $again (local.get $times)))))
              (core instance $m (instantiate $M (with "" (instance
                (export "keep" (func $keep)) (export "ask" (func $ask))))))
              (func (export "ask") async (param "length" u32) (canon lift (core func $m "ask")))
              (func (export "run") (param "times" u32) (param "length" u32) (canon lift (core func $m "run"))))
            """;

    /** Wants an answer of the host where it has no memory; what is to wait for it waits for ever. */
    private static final String NOWHERE = """
            (component
              (import "keep" (func $keep async (param "text" string) (result u32)))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $keep (canon lower (func $keep) async (memory (core memory $memory "memory"))))
              (core func $new (canon waitable-set.new))
              (core func $join (canon waitable.join))
              (core module $M
                (import "" "keep" (func $keep (param i32 i32 i32) (result i32)))
                (import "" "new" (func $new (result i32)))
                (import "" "join" (func $join (param i32 i32)))
                (func (export "run") (result i32)
                  (local $set i32)
                  (local.set $set (call $new))
                  (call $join
                    (i32.shr_u (call $keep (i32.const 0) (i32.const 1) (i32.const 0x7ffffff0)) (i32.const 4))
                    (local.get $set))
                  (i32.or (i32.const 2) (i32.shl (local.get $set) (i32.const 4))))
                (func (export "callback") (param i32 i32 i32) (result i32) (unreachable)))
              (core instance $m (instantiate $M (with "" (instance
                (export "keep" (func $keep)) (export "new" (func $new)) (export "join" (func $join))))))
              (func (export "run") async (canon lift (core func $m "run") async (callback (core func $m "callback")))))
            """;

    /** Gives way for ever, with a callback that has no loop; and waits for ever, in a function that is not async. */
    private static final String YIELDING = """
            (component
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $new (canon waitable-set.new))
              (core func $wait (canon waitable-set.wait (memory (core memory $memory "memory"))))
              (core module $M
                (import "" "new" (func $new (result i32)))
                (import "" "wait" (func $wait (param i32 i32) (result i32)))
                (func (export "yield") (result i32) (i32.const 1))
                (func (export "callback") (param i32 i32 i32) (result i32) (i32.const 1))
                (func (export "wait") (drop (call $wait (call $new) (i32.const 0)))))
              (core instance $m (instantiate $M (with "" (instance
                (export "new" (func $new)) (export "wait" (func $wait))))))
              (func (export "yield") async
                (canon lift (core func $m "yield") async (callback (core func $m "callback"))))
              (func (export "wait") (canon lift (core func $m "wait"))))
            """;

    /** The host's functions. */
    public static final class Host {
        private final List<CompletableFuture<Integer>> asked = new ArrayList<>();

        /** {@code keep: async func(text: string) -> u32}. */
        public CompletableFuture<Integer> keep(String text) {
            var answer = new CompletableFuture<Integer>();
            asked.add(answer);
            return answer;
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
            .function("keep", "keep", MethodType.methodType(CompletableFuture.class, String.class))
            .build();

    private static Component component(String text) {
        return ComponentDecoder.decode(Binary.of(Wat.parse("hostile.wat", text)), ComponentFeatures.ALL);
    }

    private static Instance instantiate(Store store, String text, Host host) {
        return instantiate(Runtime.create(), store, text, host);
    }

    private static Instance instantiate(Runtime runtime, Store store, String text, Host host) {
        return new Linker()
                .define(INTERFACE, _ -> host)
                .link(runtime, component(text))
                .instantiate(store);
    }

    @Test
    void forwardedStreamsLeaveNothingBehind() {
        try (Store store = Store.open()) {
            Instance instance = instantiate(store, FORWARDING, new Host());
            int times = 200_000;
            // each read is cancelled: 2
            assertEquals(
                    new Value.U32(2 * times),
                    instance.func("run").call(List.of(new Value.U32(times))).orElseThrow());
        }
    }

    @Test
    void whatTheHostKeepsForCallsThatGoOnCounts() {
        var host = new Host();
        Runtime runtime = Runtime.create().withMemoryBudget(MemoryBudget.of(64 << 20));
        try (Store store = Store.open()) {
            Instance instance = instantiate(runtime, store, KEEPING, host);
            Trap trap = assertThrows(
                    Trap.class, () -> instance.func("run").call(List.of(new Value.U32(100), new Value.U32(8 << 20))));
            assertEquals(TrapKind.OUT_OF_MEMORY, trap.kind());
            assertTrue(host.asked.size() < 9, "kept " + host.asked.size() + " strings of 8 MiB");
        }
    }

    @Test
    void whatTheHostHasKeptIsGivenBack() {
        var host = new Host();
        Runtime runtime = Runtime.create().withMemoryBudget(MemoryBudget.of(64 << 20));
        try (Store store = Store.open()) {
            Instance instance = instantiate(runtime, store, KEEPING, host);
            for (int i = 0; i < 100; i++) {
                Call call = instance.func("ask").start(List.of(new Value.U32(8 << 20)));
                assertFalse(call.isDone());
                host.asked.getLast().complete(i);
                call.await();
            }
            assertEquals(100, host.asked.size());
        }
    }

    @Test
    void answerThatCannotBeTakenEndsTheInstanceThatAsked() {
        var host = new Host();
        try (Store store = Store.open()) {
            Instance hostile = instantiate(store, NOWHERE, host);
            Instance other = instantiate(store, NOWHERE.replace("0x7ffffff0", "16"), host);
            assertFalse(hostile.func("run").start(List.of()).isDone());
            Call waiting = other.func("run").start(List.of());
            host.asked.getFirst().complete(1);
            assertThrows(Trap.class, waiting::await);
            Trap trap = assertThrows(Trap.class, () -> hostile.func("run").start(List.of()));
            assertTrue(trap.fact().contains("cannot enter"), trap.fact());
        }
    }

    private static void assertIsStopped(boolean sync) {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                Store store = Store.open()) {
            Instance instance = instantiate(store, YIELDING, new Host());
            clock.schedule(() -> store.stop("time is up"), 300, TimeUnit.MILLISECONDS);
            Call call = instance.func("yield").start(List.of());
            Trap trap = assertThrows(Trap.class, () -> {
                if (sync) {
                    instance.func("wait").call(List.of());
                } else {
                    call.await();
                }
            });
            assertEquals("time is up", trap.fact());
        }
    }

    @Test
    void stopEndsWhatGivesWayForEver() {
        assertIsStopped(false);
    }

    @Test
    void stopEndsWhatWaitsForWhatGivesWayForEver() {
        assertIsStopped(true);
    }
}
