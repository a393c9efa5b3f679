package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.runtime.Binding;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Retirement;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.types.LinkException;

/** Streams and async calls across the border to a provider that is replaced. */
@Timeout(120)
class LateStreamsTest {
    private static final int SWAPS = 200;

    /** {@code open} gives a stream into which four bytes are being written, each the version; {@code later} is async. */
    private static Provider flows(int version) {
        return new Provider(
                LateCells.component(
                        """
                (component
                  (core module $memory (memory (export "mem") 1) (data (i32.const 16) "$BYTE$BYTE$BYTE$BYTE"))
                  (core instance $memory (instantiate $memory))
                  (type $bytes (stream u8))
                  (core func $new (canon stream.new $bytes))
                  (core func $write (canon stream.write $bytes async (memory $memory "mem")))
                  (core module $main
                    (import "" "new" (func $new (result i64)))
                    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
                    (func (export "open") (result i32) (local $ends i64)
                      (local.set $ends (call $new))
                      (drop (call $write
                        (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))) (i32.const 16) (i32.const 4)))
                      (i32.wrap_i64 (local.get $ends)))
                    (func (export "later") (result i32) (i32.const $VERSION)))
                  (core instance $main (instantiate $main (with "" (instance
                    (export "new" (func $new)) (export "write" (func $write))))))
                  (func $open (result $bytes) (canon lift (core func $main "open")))
                  (func $later async (result u32) (canon lift (core func $main "later")))
                  (instance $flow (export "open" (func $open)) (export "later" (func $later)))
                  (export "test:late/flow@1.0.0" (instance $flow)))
                """.replace("$VERSION", "" + version).replace("$BYTE", "\\%02x".formatted(version & 0xff))),
                new Linker());
    }

    private static final String READER = """
            (component
              (import "test:late/flow@1.0.0" (instance $flow
                (export "open" (func (result (stream u8))))
                (export "later" (func async (result u32)))))
              (core module $memory (memory (export "mem") 1))
              (core instance $memory (instantiate $memory))
              (type $bytes (stream u8))
              (core func $open (canon lower (func $flow "open")))
              (core func $later (canon lower (func $flow "later") async (memory $memory "mem")))
              (core func $read (canon stream.read $bytes async (memory $memory "mem")))
              (core func $close (canon stream.drop-readable $bytes))
              (core module $main
                (import "" "mem" (memory 1))
                (import "" "open" (func $open (result i32)))
                (import "" "later" (func $later (param i32) (result i32)))
                (import "" "read" (func $read (param i32 i32 i32) (result i32)))
                (import "" "close" (func $close (param i32)))
                (func (export "open") (result i32) (call $open))
                ;; so many bytes at once: the first of them, plus 1000 times what the read says
                (func (export "read") (param i32 i32) (result i32) (local $said i32)
                  (local.set $said (call $read (local.get 0) (i32.const 64) (local.get 1)))
                  (i32.add (i32.mul (local.get $said) (i32.const 1000)) (i32.load8_u (i32.const 64))))
                (func (export "close") (param i32) (result i32) (call $close (local.get 0)) (i32.const 0))
                (func (export "later") (result i32)
                  (if (i32.ne (call $later (i32.const 128)) (i32.const 2)) (then (unreachable)))
                  (i32.load (i32.const 128))))
              (core instance $main (instantiate $main (with "" (instance
                (export "mem" (memory $memory "mem"))
                (export "open" (func $open)) (export "later" (func $later)) (export "read" (func $read))
                (export "close" (func $close))))))
              (func (export "open") (result u32) (canon lift (core func $main "open")))
              (func (export "read") (param "n" u32) (param "count" u32) (result u32) (canon lift (core func $main "read")))
              (func (export "close") (param "n" u32) (result u32) (canon lift (core func $main "close")))
              (func (export "later") (result u32) (canon lift (core func $main "later"))))
            """;

    /** What {@code read} gives for two bytes that were copied at once: completed, two of them. */
    private static int two(int version) {
        return (2 << 4) * 1000 + (version & 0xff);
    }

    private static LinkedComponent reader(Runtime runtime, Binding binding) {
        return new Linker().provide(binding).link(runtime, LateCells.component(READER));
    }

    @Test
    void anOpenStreamStaysWithItsProvider() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, flows(1));
                LinkedComponent reader = reader(runtime, binding);
                Store store = Store.open()) {
            Instance instance = reader.instantiate(store);
            int old = LateCells.call(instance, "open");
            assertEquals(two(1), LateCells.call(instance, "read", old, 2));
            Retirement first = binding.replace(flows(2));
            int fresh = LateCells.call(instance, "open");
            assertEquals(two(2), LateCells.call(instance, "read", fresh, 2));
            assertEquals(two(1), LateCells.call(instance, "read", old, 2), "the rest comes from the old one");
            assertFalse(first.isOver());
            LateCells.call(instance, "close", old);
            binding.replace(flows(3));
            assertEquals(3, LateCells.call(instance, "later"));
            assertTrue(first.isOver(), "nothing is left of it");
            assertEquals(two(2), LateCells.call(instance, "read", fresh, 2));
        }
    }

    @Test
    void anAsyncCallGoesToTheProviderThatIsThere() throws Throwable {
        Runtime runtime = Runtime.create();
        try (var binding = new Binding(runtime, flows(1));
                LinkedComponent reader = reader(runtime, binding);
                Store store = Store.open()) {
            Instance instance = reader.instantiate(store);
            assertEquals(1, LateCells.call(instance, "later"));
            Retirement first = binding.replace(flows(2));
            assertEquals(2, LateCells.call(instance, "later"));
            assertTrue(first.isOver());
        }
    }

    @Test
    void streamsLiveThroughReplacementsUnderLoad() throws Exception {
        Runtime runtime = Runtime.create();
        List<Retirement> retired = new ArrayList<>();
        var over = new AtomicBoolean();
        try (var binding = new Binding(runtime, flows(1));
                LinkedComponent reader = reader(runtime, binding);
                var threads = Executors.newFixedThreadPool(4)) {
            MethodHandle open = LateCells.function(reader, "open", 0);
            MethodHandle read = LateCells.function(reader, "read", 2);
            Callable<Integer> work = () -> {
                int streams = 0;
                while (!over.get()) {
                    try (Store store = Store.open()) {
                        Instance instance = reader.instantiate(store);
                        int[] opened = new int[5];
                        int[] firsts = new int[5];
                        for (int i = 0; i < opened.length; i++) {
                            opened[i] = (int) open.invokeExact(instance);
                            firsts[i] = (int) read.invokeExact(instance, opened[i], 2);
                            Thread.sleep(1);
                        }
                        for (int i = 0; i < opened.length; i++) {
                            int rest = (int) read.invokeExact(instance, opened[i], 2);
                            assertEquals(firsts[i], rest, "both halves come from one provider");
                            streams++;
                        }
                    } catch (RuntimeException | Error e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                }
                return streams;
            };
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(work));
            }
            try {
                for (int version = 2; version <= SWAPS; version++) {
                    retired.add(binding.replace(flows(version)));
                    Thread.sleep(1);
                }
            } finally {
                over.set(true);
            }
            int streams = 0;
            for (Future<Integer> each : all) {
                streams += each.get();
            }
            assertTrue(streams > 100, streams + " streams");
        }
        for (Retirement each : retired) {
            assertTrue(each.isOver(), "closed stores hold nothing of it");
        }
    }

    @Test
    void streamsOfResourcesAreRefused() {
        Runtime runtime = Runtime.create();
        var binding = new Binding(runtime, flows(1));
        var component = LateCells.component("""
                (component
                  (import "test:late/flow@1.0.0" (instance
                    (export "thing" (type $thing (sub resource)))
                    (export "open" (func (result (stream (own $thing))))))))
                """);
        LinkException refused = assertThrows(
                LinkException.class, () -> new Linker().provide(binding).link(runtime, component));
        assertTrue(refused.getMessage().contains("a stream or future of resources cannot pass"), refused.getMessage());
    }
}
