package tenon.runtime.abi;

/**
 * Where a string or list lies in a guest's memory: CanonicalABI.md, {@code store_string_into_range}.
 *
 * @param address unsigned, in bytes
 * @param length elements, or tagged code units; unsigned
 */
public record Range(long address, long length) {

    /** Both as one number: what two i32 in memory are. */
    public long pair() {
        return address & 0xffffffffL | length << 32;
    }
}
