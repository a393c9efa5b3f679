package tenon.wasi.keyvalue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One store, as a backend offers it. Thread-safe: the guests of many requests use it at once, each on its virtual thread, which a call may
 * block.
 *
 * <p>A call that changes something returns when the change is as durable as the backend ever makes it: a guest may tell its own client
 * that it is kept. Whoever reads after that sees it. Every method throws {@link KeyValueException} if the backend fails; then
 * nothing was changed, but by {@code setMany} and {@code deleteMany}, which may have changed a part.
 */
public interface KeyValueStore {
    /** The value of a key. */
    Optional<byte[]> get(String key);

    /** Gives a key a value, whether it had one or not. */
    void set(String key, byte[] value);

    /** Removes a key, if it is there. */
    void delete(String key);

    /** Whether a key is there. */
    boolean exists(String key);

    /**
     * Some keys, in an order that changes of values do not change.
     *
     * @param after the cursor of the page before, 0 for the first page
     * @param most number of keys
     */
    Page keys(long after, int most);

    /**
     * Adds to a number, wrapping around: eight bytes, little-endian, 0 for a key that is not there. Atomic.
     *
     * @return the sum
     * @throws KeyValueException also if the value is no such number
     */
    long increment(String key, long delta);

    /**
     * Gives a key a value if it still has the one that is expected, or none. Atomic.
     *
     * @return whether it had
     */
    boolean swap(String key, Optional<byte[]> expected, byte[] value);

    /**
     * The values of the first keys, in their order: of all of them, or of as many as give {@code enough} bytes.
     *
     * @param enough bytes after which no further value is read
     */
    List<Optional<byte[]>> getMany(List<String> keys, long enough);

    /** Gives several keys their values. */
    void setMany(List<Entry> entries);

    /** Removes several keys, those that are there. */
    void deleteMany(List<String> keys);

    /**
     * Some of the keys. Immutable.
     *
     * @param next the cursor for the page after it, if there is one; never 0
     */
    record Page(List<String> keys, OptionalLong next) {
        public Page {
            keys = List.copyOf(keys);
        }
    }

    /** A key and its value. Immutable; the array is not copied. */
    // a record over an array is compared by identity, and nothing compares entries
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(String key, byte[] value) {}
}
