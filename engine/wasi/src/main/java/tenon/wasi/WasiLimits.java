package tenon.wasi;

/**
 * What guests of one store may have the host keep and do for them. Immutable.
 *
 * <p>The other limits are those of the store ({@link tenon.runtime.StoreLimits}): {@code handles} bounds all resources, pollables among
 * them; {@code hostBytes} pays for the bytes of fields, and 64 KiB for each body that is written and not yet on its way.
 *
 * @param sectionBytes of names and values in one {@code fields}, 32 more for each; beyond, the guest traps
 * @param outgoingRequests that are under way at a time: until the answer's body was read or dropped; beyond, {@code handle} gives
 *     {@code connection-limit-reached}
 */
public record WasiLimits(int sectionBytes, int outgoingRequests) {
    /** 128 KiB and 64. */
    public static final WasiLimits DEFAULT = new WasiLimits(128 << 10, 64);

    public WasiLimits {
        if (sectionBytes < 0 || outgoingRequests < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** The same with another limit for a section of fields, in bytes. */
    public WasiLimits withSectionBytes(int bytes) {
        return new WasiLimits(bytes, outgoingRequests);
    }

    /** The same with another limit for outgoing requests. */
    public WasiLimits withOutgoingRequests(int count) {
        return new WasiLimits(sectionBytes, count);
    }
}
