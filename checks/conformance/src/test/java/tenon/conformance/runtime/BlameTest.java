package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.core.Trap;
import tenon.runtime.Binding;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Resource;
import tenon.runtime.value.Value;
import tenon.text.Wat;
import tenon.wasm.Binary;

/** Who ends where something goes wrong between tasks, and what goes on for as long as somebody waits for it. */
@Timeout(60)
class BlameTest {
    /** Calls the host on a stack of its own. */
    private static final String CLOSING = """
            (component
              (import "close" (func $close))
              (core func $close (canon lower (func $close)))
              (core func $yield (canon thread.yield))
              (core module $M
                (import "" "close" (func $close))
                (import "" "yield" (func $yield (result i32)))
                (func (export "run") (result i32)
                  (drop (call $yield))
                  (call $close)
                  (i32.const 7)))
              (core instance $m (instantiate $M (with "" (instance
                (export "close" (func $close)) (export "yield" (func $yield))))))
              (func (export "run") async (result u32) (canon lift (core func $m "run"))))
            """;

    /** Begins a call of the host and goes; looks later what has come of it. Or begins one, ends it, and forgets it, often. */
    private static final String ASKING = """
            (component
              (import "ask" (func $ask async (result u32)))
              (import "block" (func $block async (param "text" string)))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $ask (canon lower (func $ask) async (memory (core memory $memory "memory"))))
              (core func $block (canon lower (func $block) async (memory (core memory $memory "memory"))))
              (core func $cancel (canon subtask.cancel))
              (core func $drop (canon subtask.drop))
              (core module $M
                (import "" "memory" (memory 1))
                (import "" "ask" (func $ask (param i32) (result i32)))
                (import "" "block" (func $block (param i32 i32) (result i32)))
                (import "" "cancel" (func $cancel (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (func (export "begin") (drop (call $ask (i32.const 16))))
                (func (export "look") (result i32) (i32.load (i32.const 16)))
                (func (export "many") (param $times i32) (result i32)
                  (local $task i32) (local $done i32)
                  (loop $again
                    (local.set $task (i32.shr_u (call $block (i32.const 0) (i32.const 10)) (i32.const 4)))
                    (if (i32.ne (call $cancel (local.get $task)) (i32.const 4)) (then (unreachable)))
                    (call $drop (local.get $task))
                    (local.set $done (i32.add (local.get $done) (i32.const 1)))
                    (br_if $again (i32.lt_u (local.get $done) (local.get $times))))
                  (local.get $done)))
              (core instance $m (instantiate $M (with "" (instance
                (export "memory" (memory $memory "memory")) (export "ask" (func $ask)) (export "block" (func $block))
                (export "cancel" (func $cancel)) (export "drop" (func $drop))))))
              (func (export "begin") (canon lift (core func $m "begin")))
              (func (export "look") (result u32) (canon lift (core func $m "look")))
              (func (export "many") (param "times" u32) (result u32) (canon lift (core func $m "many"))))
            """;

    /** Gives things, and two numbers: at once, in a task, and in a task that gives way first. */
    private static final String PROVIDER = """
            (component
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (type $thing (resource (rep i32)))
              (core func $new (canon resource.new $thing))
              (core func $return (canon task.return (result (tuple u32 u32)) (memory (core memory $memory "memory"))))
              (core module $M
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "return" (func $return (param i32 i32)))
                (func (export "make") (result i32) (call $new (i32.const 5)))
                (func (export "pair") (result i32) (i32.const 64))
                (func (export "now") (result i32) (call $return (i32.const 1) (i32.const 2)) (i32.const 0))
                (func (export "later") (result i32) (i32.const 1))
                (func (export "callback") (param i32 i32 i32) (result i32)
                  (call $return (i32.const 1) (i32.const 2))
                  (i32.const 0)))
              (core instance $m (instantiate $M (with "" (instance
                (export "new" (func $new)) (export "return" (func $return))))))
              (func $make (result (own $thing)) (canon lift (core func $m "make")))
              (func $pair (result (tuple u32 u32)) (canon lift (core func $m "pair") (memory $memory "memory")))
              (func $now async (result (tuple u32 u32))
                (canon lift (core func $m "now") async (callback (core func $m "callback")) (memory $memory "memory")))
              (func $later async (result (tuple u32 u32))
                (canon lift (core func $m "later") async (callback (core func $m "callback")) (memory $memory "memory")))
              (component $shape
                (import "thing" (type $t (sub resource)))
                (import "make" (func $make (result (own $t))))
                (import "pair" (func $pair (result (tuple u32 u32))))
                (import "now" (func $now async (result (tuple u32 u32))))
                (import "later" (func $later async (result (tuple u32 u32))))
                (export $thing "thing" (type $t))
                (export "make" (func $make) (func (result (own $thing))))
                (export "pair" (func $pair))
                (export "now" (func $now))
                (export "later" (func $later)))
              (instance $things (instantiate $shape
                (with "thing" (type $thing)) (with "make" (func $make)) (with "pair" (func $pair))
                (with "now" (func $now)) (with "later" (func $later))))
              (export "test:late/things@1.0.0" (instance $things)))
            """;

    /** Hands things on, and wants two numbers where it is told. */
    private static final String CALLER = """
            (component
              (import "test:late/things@1.0.0" (instance $things
                (export "thing" (type $thing (sub resource)))
                (export "make" (func (result (own $thing))))
                (export "pair" (func (result (tuple u32 u32))))
                (export "now" (func async (result (tuple u32 u32))))
                (export "later" (func async (result (tuple u32 u32))))))
              (alias export $things "thing" (type $thing))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $make (canon lower (func $things "make")))
              (core func $pair (canon lower (func $things "pair") (memory $memory "memory")))
              (core func $now (canon lower (func $things "now") async (memory $memory "memory")))
              (core func $later (canon lower (func $things "later") async (memory $memory "memory")))
              (core func $wait (canon lower (func $things "later") (memory $memory "memory")))
              (core module $M
                (import "" "make" (func $make (result i32)))
                (import "" "pair" (func $pair (param i32)))
                (import "" "now" (func $now (param i32) (result i32)))
                (import "" "later" (func $later (param i32) (result i32)))
                (import "" "wait" (func $wait (param i32)))
                (func (export "make") (result i32) (call $make))
                (func (export "pair") (param i32) (call $pair (local.get 0)))
                (func (export "now") (param i32) (drop (call $now (local.get 0))))
                (func (export "later") (param i32) (drop (call $later (local.get 0))))
                (func (export "wait") (param i32) (call $wait (local.get 0))))
              (core instance $m (instantiate $M (with "" (instance
                (export "make" (func $make)) (export "pair" (func $pair)) (export "now" (func $now))
                (export "later" (func $later)) (export "wait" (func $wait))))))
              (func (export "make") (result (own $thing)) (canon lift (core func $m "make")))
              (func (export "pair") (param "at" u32) (canon lift (core func $m "pair")))
              (func (export "now") (param "at" u32) (canon lift (core func $m "now")))
              (func (export "later") (param "at" u32) (canon lift (core func $m "later")))
              (func (export "wait") async (param "at" u32) (canon lift (core func $m "wait"))))
            """;

    /** The host's functions. */
    public static final class Host {
        private final AtomicReference<Throwable> thrown = new AtomicReference<>();
        private final CompletableFuture<Integer> asked = new CompletableFuture<>();
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final Store store;

        Host(Store store) {
            this.store = store;
        }

        /** {@code close: func()}. */
        public void close() {
            try {
                store.close();
            } catch (IllegalStateException e) {
                thrown.set(e);
            }
        }

        /** {@code ask: async func() -> u32}. */
        public CompletionStage<Integer> ask() {
            return asked;
        }

        /** {@code block: async func(text: string)}: on a thread of its own, that heeds no interrupt. */
        public void block(String text) {
            boolean over = false;
            while (!over) {
                try {
                    blocked.await();
                    over = true;
                } catch (InterruptedException _) {
                    // that is what is tested
                }
            }
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
            .function("close", "close", MethodType.methodType(void.class))
            .function("ask", "ask", MethodType.methodType(CompletionStage.class))
            .function("block", "block", MethodType.methodType(void.class, String.class))
            .build();

    private static Component component(String text) {
        return ComponentDecoder.decode(Binary.of(Wat.parse("blame.wat", text)), ComponentFeatures.ALL);
    }

    private static Instance instantiate(Store store, String text, Host host) {
        return new Linker()
                .define(INTERFACE, _ -> host)
                .link(Runtime.create(), component(text))
                .instantiate(store);
    }

    private static Value call(Instance instance, String name, Integer... arguments) {
        List<Value> values =
                List.of(arguments).stream().<Value>map(Value.U32::new).toList();
        return instance.func(name).call(values).orElse(new Value.Bool(true));
    }

    @Test
    void whatAGuestCallsOnItsOwnStackDoesNotCloseTheStore() {
        Host host;
        try (Store store = Store.open()) {
            host = new Host(store);
            Instance instance = instantiate(store, CLOSING, host);
            assertEquals(new Value.U32(7), call(instance, "run"));
            assertInstanceOf(IllegalStateException.class, host.thrown.get());
            assertFalse(store.isClosed());
            assertEquals(new Value.U32(7), call(instance, "run"));
        }
    }

    @Test
    void guestWithoutThreadsIsGivenWhatTheHostReturns() {
        try (Store store = Store.open()) {
            var host = new Host(store);
            Instance instance = instantiate(store, ASKING, host);
            call(instance, "begin");
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> host.asked.complete(42));
            store.runOut();
            assertEquals(new Value.U32(42), call(instance, "look"));
        }
    }

    @Test
    void cancelledCallsThatGoOnAreCounted() throws InterruptedException {
        try (Store store = Store.open(StoreLimits.DEFAULT.withThreads(10))) {
            var host = new Host(store);
            Instance instance = instantiate(store, ASKING, host);
            assertEquals(new Value.U32(9), call(instance, "many", 9));
            host.blocked.countDown();
            // they have ended, or will soon
            Thread.sleep(200);
            assertEquals(new Value.U32(9), call(instance, "many", 9));
        }
        try (Store store = Store.open(StoreLimits.DEFAULT.withThreads(10))) {
            var host = new Host(store);
            Instance instance = instantiate(store, ASKING, host);
            try {
                Trap trap = assertThrows(Trap.class, () -> call(instance, "many", 12));
                assertTrue(trap.fact().contains("the limit is 10"), trap.fact());
            } finally {
                host.blocked.countDown();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pair", "now", "later", "wait"})
    void providerIsNotToBlameForWhereItsCallerWantsTheResult(String function) {
        for (boolean generate : List.of(true, false)) {
            Runtime runtime = Runtime.create().withGeneratedAdapters(generate);
            try (var binding = new Binding(runtime, new Provider(component(PROVIDER), new Linker()));
                    LinkedComponent linked = new Linker().provide(binding).link(runtime, component(CALLER));
                    Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                call(instance, function, 16);
                var made = (Resource) assertInstanceOf(Value.Handle.class, call(instance, "make"))
                        .resource();
                Trap trap = assertThrows(Trap.class, () -> {
                    call(instance, function, 0x7ffffff0);
                    store.runOut();
                });
                assertTrue(trap.fact().contains("out of bounds"), trap.fact());
                assertThrows(Trap.class, () -> call(instance, function, 16), "the caller has ended");
                made.close();
            }
        }
    }
}
