package tenon.wasi.keyvalue;

/**
 * What the guest of one store ({@link tenon.runtime.Store}) may ask for. Immutable.
 *
 * @param keyBytes of a key in UTF-8
 * @param valueBytes of a value
 * @param open stores that are open at a time
 * @param pageKeys keys in one page of {@code list-keys}
 * @param listBytes of all keys that {@code get-keys} gives at once
 */
public record KeyValueLimits(int keyBytes, int valueBytes, int open, int pageKeys, int listBytes) {
    /** Keys of 8 KiB, values of 8 MiB, 256 open stores, pages of 1,000 keys, lists of 4 MiB. */
    public static final KeyValueLimits DEFAULT = new KeyValueLimits(8 << 10, 8 << 20, 256, 1_000, 4 << 20);

    public KeyValueLimits {
        if (keyBytes < 0 || valueBytes < 0 || open < 0 || pageKeys < 1 || listBytes < 0) {
            throw new IllegalArgumentException("limits must not be negative, and a page must hold a key");
        }
    }
}
