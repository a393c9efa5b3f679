package tenon.wasi.keyvalue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A store in the host's memory, gone with the process: for tests and embedders. Thread-safe; {@code this} guards the maps. */
public final class MemoryKeyValueStore implements KeyValueStore {
    private final Map<String, Cell> cells = new HashMap<>();
    private final TreeMap<Long, String> keysInOrder = new TreeMap<>();
    private long last;

    /** An empty store. */
    public MemoryKeyValueStore() {}

    // a record over an array is compared by identity, and nothing compares cells
    @SuppressWarnings("ArrayRecordComponent")
    private record Cell(long number, byte[] value) {}

    @Override
    public synchronized Optional<byte[]> get(String key) {
        return Optional.ofNullable(cells.get(key)).map(cell -> cell.value().clone());
    }

    @Override
    public synchronized void set(String key, byte[] value) {
        Cell present = cells.get(key);
        long number = present == null ? ++last : present.number();
        cells.put(key, new Cell(number, value.clone()));
        keysInOrder.put(number, key);
    }

    @Override
    public synchronized void delete(String key) {
        Cell gone = cells.remove(key);
        if (gone != null) {
            keysInOrder.remove(gone.number());
        }
    }

    @Override
    public synchronized boolean exists(String key) {
        return cells.containsKey(key);
    }

    @Override
    public synchronized Page keys(long after, int most) {
        var keys = new ArrayList<String>();
        for (var entry : keysInOrder.tailMap(after, false).entrySet()) {
            keys.add(entry.getValue());
            if (keys.size() == most) {
                boolean more = keysInOrder.higherKey(entry.getKey()) != null;
                return new Page(keys, more ? OptionalLong.of(entry.getKey()) : OptionalLong.empty());
            }
        }
        return new Page(keys, OptionalLong.empty());
    }

    @Override
    public synchronized long increment(String key, long delta) {
        long sum = Counter.read(get(key)) + delta;
        set(key, Counter.write(sum));
        return sum;
    }

    @Override
    public synchronized boolean swap(String key, Optional<byte[]> expected, byte[] value) {
        Optional<byte[]> present = get(key);
        boolean same = present.isPresent() == expected.isPresent()
                && (present.isEmpty() || Arrays.equals(present.get(), expected.get()));
        if (same) {
            set(key, value);
        }
        return same;
    }

    @Override
    public synchronized List<Optional<byte[]>> getMany(List<String> keys, long enough) {
        var values = new ArrayList<Optional<byte[]>>();
        long bytes = 0;
        for (String key : keys) {
            Optional<byte[]> value = get(key);
            values.add(value);
            bytes += value.map(each -> each.length).orElse(0);
            if (bytes >= enough) {
                break;
            }
        }
        return values;
    }

    @Override
    public synchronized void setMany(List<Entry> entries) {
        entries.forEach(entry -> set(entry.key(), entry.value()));
    }

    @Override
    public synchronized void deleteMany(List<String> keys) {
        keys.forEach(this::delete);
    }
}
