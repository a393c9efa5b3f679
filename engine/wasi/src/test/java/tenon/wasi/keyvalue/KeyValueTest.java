package tenon.wasi.keyvalue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.read.ComponentDecoder;
import tenon.core.Trap;
import tenon.runtime.HostMemory;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Result;
import tenon.runtime.value.Value;

class KeyValueTest {
    private static final KeyValueLimits SMALL = new KeyValueLimits(8, 16, 2, 3, 200);

    private final KeyValueStore backend = new MemoryKeyValueStore();
    private final OpenStores stores =
            new OpenStores(new KeyValueStores(Map.of("default", backend)), SMALL, HostMemory.endless());
    private final SpinKeyValue spin = new SpinKeyValue(stores);
    private final BucketStore buckets = new BucketStore(stores);

    private static <T> T ok(Result<T, ?> result) {
        return switch (result) {
            case Result.Ok<T, ?>(T value) -> value;
            case Result.Err<T, ?>(var error) -> throw new AssertionError("expected ok, found " + error);
        };
    }

    private static <E> E err(Result<?, E> result) {
        return switch (result) {
            case Result.Err<?, E>(E error) -> error;
            case Result.Ok<?, E>(var value) -> throw new AssertionError("expected an error, found " + value);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void onlyGrantedLabelsAreOpened() {
        assertInstanceOf(SpinKeyValue.Refusal.AccessDenied.class, err(spin.open("other")));
        assertInstanceOf(StoreError.AccessDenied.class, err(buckets.open("other")));
        ok(spin.open("default"));
        ok(buckets.open(""));
    }

    @Test
    void theEmptyLabelIsNoStoreOfSpins() {
        assertInstanceOf(SpinKeyValue.Refusal.AccessDenied.class, err(spin.open("")));
    }

    @Test
    void openStoresAreLimitedAndAClosedOneMakesRoom() {
        var first = ok(spin.open("default"));
        ok(spin.open("default"));
        assertInstanceOf(SpinKeyValue.Refusal.StoreTableFull.class, err(spin.open("default")));
        assertInstanceOf(StoreError.Other.class, err(buckets.open("default")));
        first.close();
        ok(spin.open("default"));
    }

    @Test
    void whatIsSetThroughOneInterfaceIsReadThroughTheOther() {
        var bucket = ok(buckets.open("default"));
        var store = ok(spin.open("default"));
        ok(buckets.set(bucket, "k", bytes("v")));
        assertArrayEquals(bytes("v"), ok(spin.get(store, "k")).orElseThrow());
        assertTrue(ok(spin.exists(store, "k")));
        ok(spin.delete(store, "k"));
        ok(spin.delete(store, "k"));
        assertEquals(Optional.empty(), ok(buckets.get(bucket, "k")));
    }

    @Test
    void keysAndValuesBeyondTheLimitsAreRefusedAndChangeNothing() {
        var store = ok(spin.open("default"));
        assertInstanceOf(SpinKeyValue.Refusal.Other.class, err(spin.set(store, "123456789", bytes(""))));
        assertInstanceOf(SpinKeyValue.Refusal.Other.class, err(spin.set(store, "€€€", bytes(""))));
        assertInstanceOf(SpinKeyValue.Refusal.Other.class, err(spin.set(store, "k", new byte[17])));
        assertEquals(List.of(), ok(spin.getKeys(store)));
        ok(spin.set(store, "12345678", new byte[16]));
        ok(spin.set(store, "€€", bytes("")));
    }

    @Test
    void keysComeInPagesOfAtMostSoMany() {
        var bucket = ok(buckets.open("default"));
        for (int i = 0; i < 7; i++) {
            ok(buckets.set(bucket, "k" + i, bytes("v")));
        }
        var seen = new ArrayList<String>();
        Optional<Long> cursor = Optional.empty();
        int pages = 0;
        do {
            var page = ok(buckets.listKeys(bucket, cursor));
            assertTrue(page.keys().size() <= 3);
            seen.addAll(page.keys());
            cursor = page.cursor();
            pages++;
        } while (cursor.isPresent());
        assertEquals(3, pages);
        assertEquals(List.of("k0", "k1", "k2", "k3", "k4", "k5", "k6"), seen);
        assertInstanceOf(StoreError.Other.class, err(buckets.listKeysFromText(bucket, Optional.of("no number"))));
        // 36 bytes each
        assertInstanceOf(
                SpinKeyValue.Refusal.Other.class, err(spin.getKeys(ok(spin.open("default")))), "more than 200 bytes");
    }

    @Test
    void incrementAddsToEightBytesAndRefusesOthers() {
        var bucket = ok(buckets.open("default"));
        var atomics = new Atomics();
        assertEquals(3L, ok(atomics.increment(bucket, "n", 3)));
        assertEquals(1L, ok(atomics.increment(bucket, "n", -2)));
        assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, backend.get("n").orElseThrow());
        ok(buckets.set(bucket, "n", bytes("1")));
        assertInstanceOf(StoreError.Other.class, err(atomics.increment(bucket, "n", 1)));
        assertArrayEquals(bytes("1"), backend.get("n").orElseThrow());
    }

    /** The fixture's first comment says what each digit stands for. */
    @Test
    void aGuestOfTheSecondDraftComparesAndSwaps() throws IOException {
        assertEquals("1111111", run(new KeyValueStores(Map.of("b", backend)), StoreLimits.DEFAULT));
        assertArrayEquals(bytes("b"), backend.get("k").orElseThrow());
    }

    @Test
    void aGuestWithoutAGrantIsDenied() throws IOException {
        assertEquals("1", run(KeyValueStores.NONE, StoreLimits.DEFAULT), "the case `access-denied`");
    }

    @Test
    void valuesAreCountedAsTheHostsMemory() {
        backend.set("k", new byte[100_000]);
        var limits = StoreLimits.DEFAULT.withHostBytes(99_999);
        assertThrows(Trap.class, () -> run(new KeyValueStores(Map.of("b", backend)), limits));
    }

    private static String run(KeyValueStores granted, StoreLimits limits) throws IOException {
        try (var stream = KeyValueTest.class.getResourceAsStream("/keyvalue-draft2.wasm");
                var store = Store.open(limits)) {
            var component =
                    ComponentDecoder.decode(Objects.requireNonNull(stream).readAllBytes());
            var linker = new Linker();
            KeyValue.define(linker, granted, KeyValueLimits.DEFAULT);
            try (var linked = linker.link(Runtime.create(), component)) {
                Value result = linked.instantiate(store)
                        .func("", "run")
                        .call(List.of())
                        .orElseThrow();
                return tenon.runtime.wave.Wave.print(result);
            }
        }
    }
}
