package tenon.host.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tenon.wasi.keyvalue.KeyValueException;
import tenon.wasi.keyvalue.KeyValueStore;

@Timeout(60)
class SqliteStoreTest {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private KeyValueStore store;

    @BeforeEach
    void open() throws IOException {
        database = SqliteDatabase.open(folder.resolve("new/store.db"));
        store = database.store("default");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void whatIsSetIsThereAfterTheFileWasClosed() throws IOException {
        store.set("k", bytes("old"));
        store.set("k", bytes("v"));
        store.set("", new byte[0]);
        store.set("a\0b €😀", new byte[] {0, 1, -1});
        close();
        open();
        assertArrayEquals(bytes("v"), store.get("k").orElseThrow());
        assertArrayEquals(new byte[0], store.get("").orElseThrow());
        assertArrayEquals(new byte[] {0, 1, -1}, store.get("a\0b €😀").orElseThrow());
        assertEquals(List.of("k", "", "a\0b €😀"), store.keys(0, 10).keys());
        assertEquals(Optional.empty(), store.get("a"));
    }

    @Test
    void workThatFailsTakesNoOtherWithIt() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = callers.submit(() -> database.write(_ -> {
                begun.countDown();
                try {
                    return go.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
            }));
            begun.await();
            Future<?> broken = callers.submit(() -> database.write(session -> {
                throw new IllegalStateException("broken");
            }));
            Future<?> other = callers.submit(() -> store.set("k", bytes("v")));
            // both wait for the one that was first, so that they come into one transaction
            Thread.sleep(200);
            go.countDown();
            first.get();
            other.get();
            var failure = assertThrows(ExecutionException.class, broken::get);
            assertTrue(failure.getCause() instanceof KeyValueException, failure.toString());
        }
        assertArrayEquals(bytes("v"), store.get("k").orElseThrow());
    }

    @Test
    void manyValuesAreReadUpToWhatIsEnough() {
        store.set("a", new byte[10]);
        store.set("b", new byte[10]);
        List<String> keys = List.of("a", "none", "b", "a", "b");
        assertEquals(3, store.getMany(keys, 11).size());
        assertEquals(1, store.getMany(keys, 0).size());
        assertEquals(5, store.getMany(keys, 1_000).size());
    }

    @Test
    void labelsDoNotSeeEachOther() {
        var other = database.store("other");
        store.set("k", bytes("v"));
        other.set("o", bytes("w"));
        assertFalse(other.exists("k"));
        other.delete("k");
        assertTrue(store.exists("k"));
        assertEquals(List.of("o"), other.keys(0, 10).keys());
    }

    @Test
    void pagesGiveEveryKeyOnceWhileOthersAreChanged() {
        for (int i = 0; i < 25; i++) {
            store.set("k" + i, bytes("v"));
        }
        var seen = new ArrayList<String>();
        var page = store.keys(0, 10);
        while (true) {
            seen.addAll(page.keys());
            page.keys().forEach(key -> store.set(key, bytes("changed")));
            store.delete("k24");
            if (page.next().isEmpty()) {
                break;
            }
            page = store.keys(page.next().getAsLong(), 10);
        }
        assertEquals(24, seen.size());
        assertEquals(24, seen.stream().distinct().count());
    }

    @Test
    void swapNeedsTheExpectedValue() {
        assertFalse(store.swap("k", Optional.of(bytes("a")), bytes("b")));
        assertTrue(store.swap("k", Optional.empty(), bytes("a")));
        assertFalse(store.swap("k", Optional.empty(), bytes("b")));
        assertFalse(store.swap("k", Optional.of(bytes("x")), bytes("b")));
        assertTrue(store.swap("k", Optional.of(bytes("a")), bytes("b")));
        assertArrayEquals(bytes("b"), store.get("k").orElseThrow());
    }

    @Test
    void severalKeysAtOnceInTheirOrder() {
        store.setMany(List.of(new KeyValueStore.Entry("a", bytes("1")), new KeyValueStore.Entry("b", bytes("2"))));
        var values = store.getMany(List.of("b", "c", "a"), Long.MAX_VALUE);
        assertArrayEquals(bytes("2"), values.get(0).orElseThrow());
        assertEquals(Optional.empty(), values.get(1));
        assertArrayEquals(bytes("1"), values.get(2).orElseThrow());
        store.deleteMany(List.of("a", "c"));
        assertEquals(List.of("b"), store.keys(0, 10).keys());
    }

    @Test
    void aThousandVirtualThreadsCountWithoutLoss() throws Exception {
        int each = 5;
        var waiting = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                String own = "own" + i;
                waiting.add(threads.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        store.increment("all", 1);
                        assertEquals(n + 1, store.increment(own, 1), "a thread reads what it wrote");
                        assertEquals(n + 1, store.get(own).orElseThrow()[0]);
                    }
                }));
            }
            for (Future<?> one : waiting) {
                one.get(50, TimeUnit.SECONDS);
            }
        }
        assertEquals(1_000L * each, store.increment("all", 0));
    }

    @Test
    void oneChangeThatFailsTakesNoOtherWithIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var good = new ArrayList<Future<?>>();
            var bad = new ArrayList<Future<?>>();
            for (int i = 0; i < 50; i++) {
                String key = "k" + i;
                good.add(threads.submit(() -> store.set(key, bytes("v"))));
                bad.add(threads.submit(() -> assertThrows(
                        KeyValueException.class,
                        () -> database.write(session -> {
                            session.update("DELETE FROM spin_key_value");
                            throw new SQLException("disk I/O error");
                        }))));
            }
            for (var each : List.of(good, bad)) {
                for (Future<?> one : each) {
                    one.get();
                }
            }
        }
        assertEquals(50, store.keys(0, 100).keys().size());
    }

    @Test
    void aValueThatIsNoNumberIsNotAddedTo() {
        store.set("k", bytes("5"));
        assertThrows(KeyValueException.class, () -> store.increment("k", 1));
        assertArrayEquals(bytes("5"), store.get("k").orElseThrow());
    }

    @Test
    void aClosedStoreIsRefused() {
        database.close();
        assertThrows(KeyValueException.class, () -> store.get("k"));
        assertThrows(KeyValueException.class, () -> store.set("k", bytes("v")));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("text.db"), "This is no database. ".repeat(100));
        var error = assertThrows(IOException.class, () -> SqliteDatabase.open(file));
        assertTrue(error.getMessage().contains("text.db"), error.getMessage());
    }
}
