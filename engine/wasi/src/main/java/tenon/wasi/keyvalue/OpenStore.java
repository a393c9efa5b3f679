package tenon.wasi.keyvalue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that a guest has open: {@code bucket}, or {@code store} with Spin. Checks the limits. Confined to the Store. */
public final class OpenStore implements AutoCloseable {
    /** Keys, and bytes of values, that the store is asked for at a time. */
    private static final int MANY = 64;

    private static final long MANY_BYTES = 256 << 10;

    private final KeyValueStore store;
    private final OpenStores owner;

    OpenStore(KeyValueStore store, OpenStores owner) {
        this.store = store;
        this.owner = owner;
    }

    OpenStores owner() {
        return owner;
    }

    Optional<byte[]> get(String key) {
        Optional<byte[]> value = store.get(checked(key));
        owner.handOut(value.map(bytes -> bytes.length).orElse(0));
        return value;
    }

    void set(String key, byte[] value) {
        whileHolding(checked(value).length, () -> store.set(checked(key), value));
    }

    void delete(String key) {
        store.delete(checked(key));
    }

    boolean exists(String key) {
        return store.exists(checked(key));
    }

    KeyValueStore.Page page(long after) {
        KeyValueStore.Page page = store.keys(after, owner.limits().pageKeys());
        owner.handOut(page.keys().stream().mapToLong(OpenStore::size).sum());
        return page;
    }

    /** All keys, if they are not too many. */
    List<String> keys() {
        var all = new ArrayList<String>();
        long bytes = 0;
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent()) {
            KeyValueStore.Page page =
                    store.keys(next.getAsLong(), owner.limits().pageKeys());
            bytes += page.keys().stream().mapToLong(OpenStore::size).sum();
            if (bytes > owner.limits().listBytes()) {
                throw new KeyValueException("the keys of the store take more than the "
                        + owner.limits().listBytes() + " bytes that one list may have");
            }
            owner.handOut(bytes);
            all.addAll(page.keys());
            next = page.next();
        }
        return all;
    }

    long increment(String key, long delta) {
        return store.increment(checked(key), delta);
    }

    boolean swap(String key, Optional<byte[]> expected, byte[] value) {
        var swapped = new AtomicBoolean();
        whileHolding(checked(value).length, () -> swapped.set(store.swap(checked(key), expected, value)));
        return swapped.get();
    }

    List<Optional<byte[]>> getMany(List<String> keys) {
        keys.forEach(this::checked);
        var values = new ArrayList<Optional<byte[]>>();
        long bytes = 0;
        while (values.size() < keys.size()) {
            int from = values.size();
            // so many at a time that no limit of ours can be passed by much before it is seen
            for (Optional<byte[]> value :
                    store.getMany(keys.subList(from, Math.min(from + MANY, keys.size())), MANY_BYTES)) {
                bytes += value.map(each -> each.length).orElse(0);
                values.add(value);
            }
            if (values.size() == from) {
                throw new KeyValueException("the store gave no values for keys", null);
            }
            owner.handOut(bytes);
        }
        return values;
    }

    void setMany(List<KeyValueStore.Entry> entries) {
        long bytes = 0;
        for (KeyValueStore.Entry entry : entries) {
            checked(entry.key());
            bytes += checked(entry.value()).length;
        }
        whileHolding(bytes, () -> store.setMany(entries));
    }

    void deleteMany(List<String> keys) {
        keys.forEach(this::checked);
        store.deleteMany(keys);
    }

    /** A value waits in the host's memory until it is written. */
    private void whileHolding(long bytes, Runnable change) {
        owner.memory().take(bytes, "values on their way to a store");
        try {
            change.run();
        } finally {
            owner.memory().giveBack(bytes);
        }
    }

    private String checked(String key) {
        int most = owner.limits().keyBytes();
        // no character takes more than three bytes for each of its code units
        if (key.length() * 3L > most && key.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new KeyValueException("the key is longer than the " + most + " bytes that a key may have");
        }
        return key;
    }

    private byte[] checked(byte[] value) {
        int most = owner.limits().valueBytes();
        if (value.length > most) {
            throw new KeyValueException("the value has " + value.length + " bytes, expected at most " + most);
        }
        return value;
    }

    // 32 for what a key costs beside its characters
    private static long size(String key) {
        return 32 + 2L * key.length();
    }

    /** The destructor. */
    @Override
    public void close() {
        owner.closed();
    }
}
