package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.Call;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.StreamPipe;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Value;
import tenon.text.Wat;
import tenon.wasm.Binary;

/** Streams and futures between a guest and the host: each end on either side, on the store's thread and on others. */
@Timeout(60)
class HostStreamsTest {
    private static final int BYTES = 300_000;

    /**
     * {@code sum} adds all bytes of a stream; {@code produce} gives a stream and writes bytes to it that count up, after it has
     * returned; {@code feed} does so for the host's {@code consume}, and gives what that gives; {@code take} waits for a future.
     */
    private static final String GUEST = """
            (component
              (type $ST (stream u8))
              (type $FT (future u32))
              (import "consume" (func $consume async (param "data" $ST) (result u32)))
              (core module $Memory (memory (export "memory") 2))
              (core instance $memory (instantiate $Memory))
              (core func $new (canon stream.new $ST))
              (core func $read (canon stream.read $ST (memory (core memory $memory "memory"))))
              (core func $write (canon stream.write $ST (memory (core memory $memory "memory"))))
              (core func $drop-readable (canon stream.drop-readable $ST))
              (core func $drop-writable (canon stream.drop-writable $ST))
              (core func $read-future (canon future.read $FT (memory (core memory $memory "memory"))))
              (core func $consume (canon lower (func $consume) async (memory (core memory $memory "memory"))))
              (core func $set (canon waitable-set.new))
              (core func $join (canon waitable.join))
              (core func $wait (canon waitable-set.wait (memory (core memory $memory "memory"))))
              (core func $return-stream (canon task.return (result $ST)))
              (core func $return (canon task.return (result u32)))
              (core module $M
                (import "" "memory" (memory 2))
                (import "" "new" (func $new (result i64)))
                (import "" "read" (func $read (param i32 i32 i32) (result i32)))
                (import "" "write" (func $write (param i32 i32 i32) (result i32)))
                (import "" "drop-readable" (func $drop-readable (param i32)))
                (import "" "drop-writable" (func $drop-writable (param i32)))
                (import "" "read-future" (func $read-future (param i32 i32) (result i32)))
                (import "" "consume" (func $consume (param i32 i32) (result i32)))
                (import "" "set" (func $set (result i32)))
                (import "" "join" (func $join (param i32 i32)))
                (import "" "wait" (func $wait (param i32 i32) (result i32)))
                (import "" "return-stream" (func $return-stream (param i32)))
                (import "" "return" (func $return (param i32)))
                (func (export "sum") (param $in i32)
                  (local $got i32) (local $at i32) (local $sum i32)
                  (loop $more
                    (local.set $got (call $read (local.get $in) (i32.const 1024) (i32.const 1000)))
                    (local.set $at (i32.const 0))
                    (block $done (loop $each
                      (br_if $done (i32.ge_u (local.get $at) (i32.shr_u (local.get $got) (i32.const 4))))
                      (local.set $sum (i32.add (local.get $sum)
                        (i32.load8_u offset=1024 (local.get $at))))
                      (local.set $at (i32.add (local.get $at) (i32.const 1)))
                      (br $each)))
                    (br_if $more (i32.eqz (i32.and (local.get $got) (i32.const 0xf)))))
                  (call $drop-readable (local.get $in))
                  (call $return (local.get $sum)))
                (func $fill
                  (local i32)
                  (loop $each
                    (i32.store8 offset=4096 (local.get 0) (local.get 0))
                    (br_if $each (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 256)))))
                (func $produce (param $out i32) (param $count i32)
                  (local $written i32) (local $n i32)
                  (call $fill)
                  (block $gone (loop $more
                    (br_if $gone (i32.ge_u (local.get $written) (local.get $count)))
                    (local.set $n (i32.sub (i32.const 256) (i32.and (local.get $written) (i32.const 255))))
                    (if (i32.gt_u (local.get $n) (i32.sub (local.get $count) (local.get $written)))
                      (then (local.set $n (i32.sub (local.get $count) (local.get $written)))))
                    (local.set $n (call $write (local.get $out)
                      (i32.add (i32.const 4096) (i32.and (local.get $written) (i32.const 255))) (local.get $n)))
                    (br_if $gone (i32.and (local.get $n) (i32.const 0xf)))
                    (local.set $written (i32.add (local.get $written) (i32.shr_u (local.get $n) (i32.const 4))))
                    (br $more)))
                  (call $drop-writable (local.get $out)))
                (func (export "produce") (param $count i32)
                  (local $ends i64)
                  (local.set $ends (call $new))
                  (call $return-stream (i32.wrap_i64 (local.get $ends)))
                  (call $produce (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))) (local.get $count)))
                (func (export "feed") (param $count i32)
                  (local $ends i64) (local $subtask i32) (local $ws i32)
                  (local.set $ends (call $new))
                  (local.set $subtask
                    (i32.shr_u (call $consume (i32.wrap_i64 (local.get $ends)) (i32.const 16)) (i32.const 4)))
                  (call $produce (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))) (local.get $count))
                  (local.set $ws (call $set))
                  (call $join (local.get $subtask) (local.get $ws))
                  (drop (call $wait (local.get $ws) (i32.const 0)))
                  (call $return (i32.load (i32.const 16))))
                (func (export "take") (param $future i32)
                  (drop (call $read-future (local.get $future) (i32.const 32)))
                  (call $return (i32.load (i32.const 32)))))
              (core instance $m (instantiate $M (with "" (instance
                (export "memory" (memory $memory "memory")) (export "new" (func $new)) (export "read" (func $read))
                (export "write" (func $write)) (export "drop-readable" (func $drop-readable))
                (export "drop-writable" (func $drop-writable)) (export "read-future" (func $read-future))
                (export "consume" (func $consume)) (export "set" (func $set)) (export "join" (func $join))
                (export "wait" (func $wait)) (export "return-stream" (func $return-stream))
                (export "return" (func $return))))))
              (func (export "sum") async (param "in" $ST) (result u32)
                (canon lift (core func $m "sum") async (memory (core memory $memory "memory"))))
              (func (export "produce") async (param "count" u32) (result $ST)
                (canon lift (core func $m "produce") async (memory (core memory $memory "memory"))))
              (func (export "feed") async (param "count" u32) (result u32)
                (canon lift (core func $m "feed") async (memory (core memory $memory "memory"))))
              (func (export "take") async (param "future" $FT) (result u32)
                (canon lift (core func $m "take") async (memory (core memory $memory "memory")))))
            """;

    /** The host's function. */
    public static final class Host {
        /** {@code consume: async func(data: stream<u8>) -> u32}: on a thread of its own. */
        public int consume(StreamReader<Byte> data) {
            var buffer = new byte[777];
            int sum = 0;
            for (int count = data.read(buffer, 0, buffer.length);
                    count >= 0;
                    count = data.read(buffer, 0, buffer.length)) {
                sum += sum(buffer, count);
            }
            data.close();
            return sum;
        }
    }

    private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
            .function("consume", "consume", MethodType.methodType(int.class, StreamReader.class))
            .build();

    private static int sum(byte[] bytes, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += bytes[i] & 0xff;
        }
        return sum;
    }

    /** Bytes that count up. */
    private static byte[] counting(int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Instance instantiate(Store store) {
        Component component =
                ComponentDecoder.decode(Binary.of(Wat.parse("streams.wat", GUEST)), ComponentFeatures.ALL);
        return new Linker()
                .define(INTERFACE, _ -> new Host())
                .link(Runtime.create(), component)
                .instantiate(store);
    }

    private static Value u32(int value) {
        return new Value.U32(value);
    }

    private static StreamReader<?> stream(Value value) {
        return assertInstanceOf(
                StreamReader.class, assertInstanceOf(Value.Handle.class, value).resource());
    }

    @Test
    void hostReadsWhatAGuestWritesAfterItsReturn() {
        try (Store store = Store.open()) {
            Value given =
                    instantiate(store).func("produce").call(List.of(u32(BYTES))).orElseThrow();
            var all = new byte[BYTES + 1];
            int at = 0;
            try (StreamReader<?> reader = stream(given)) {
                for (int count = reader.read(all, 0, 1000); count >= 0; count = reader.read(all, at, 1000)) {
                    at += count;
                    if (at > BYTES - 1000) {
                        break;
                    }
                }
                for (int count = reader.read(all, at, all.length - at);
                        count > 0;
                        count = reader.read(all, at, all.length - at)) {
                    at += count;
                }
            }
            assertEquals(BYTES, at);
            assertArrayEquals(counting(BYTES), Arrays.copyOf(all, BYTES));
        }
    }

    @Test
    void guestStopsWritingWhenTheHostDoesNotWantMore() {
        try (Store store = Store.open()) {
            Value given =
                    instantiate(store).func("produce").call(List.of(u32(BYTES))).orElseThrow();
            StreamReader<?> reader = stream(given);
            assertEquals(10, reader.read(new byte[10], 0, 10));
            reader.close();
            store.runOut();
        }
    }

    @Test
    void guestReadsWhatAnotherThreadOfTheHostWrites() {
        try (Store store = Store.open()) {
            StreamPipe<Byte> pipe = store.pipe();
            Call call = instantiate(store).func("sum").start(List.of(new Value.Handle(pipe.reader())));
            byte[] bytes = counting(BYTES);
            var written = CompletableFuture.supplyAsync(() -> {
                int count = pipe.writer().write(bytes, 0, bytes.length);
                pipe.writer().close();
                return count;
            });
            assertEquals(u32(sum(bytes, BYTES)), call.await().orElseThrow());
            assertEquals(BYTES, written.join());
        }
    }

    @Test
    void hostWritesOnTheStoresThread() {
        try (Store store = Store.open()) {
            StreamPipe<Value> pipe = store.pipe();
            Call call = instantiate(store).func("sum").start(List.of(new Value.Handle(pipe.reader())));
            assertEquals(3, pipe.writer().write(new byte[] {1, 2, 3}, 0, 3));
            assertEquals(2, pipe.writer().write(List.of(new Value.U8((byte) 4), new Value.U8((byte) 5))));
            pipe.writer().close();
            assertEquals(u32(15), call.await().orElseThrow());
        }
    }

    @Test
    void functionOfTheHostReadsWhileTheGuestWrites() {
        try (Store store = Store.open()) {
            Value sum =
                    instantiate(store).func("feed").call(List.of(u32(BYTES))).orElseThrow();
            assertEquals(u32(sum(counting(BYTES), BYTES)), sum);
        }
    }

    @Test
    void guestWaitsForAFutureOfTheHost() {
        try (Store store = Store.open()) {
            var later = new CompletableFuture<Value>();
            FutureReader<Value> future = store.future(later);
            Call call = instantiate(store).func("take").start(List.of(new Value.Handle(future)));
            assertTrue(!call.isDone());
            Thread.startVirtualThread(() -> later.complete(u32(77)));
            assertEquals(u32(77), call.await().orElseThrow());
        }
    }
}
