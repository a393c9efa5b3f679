package tenon.wasi.http;

/**
 * What the guests of one store may have the host keep and do for their messages. Immutable.
 *
 * <p>The other limits are those of the store ({@link tenon.runtime.StoreLimits}): {@code handles} bounds all resources, pollables among
 * them; {@code hostBytes} pays for the bytes of fields, and 64 KiB for each body that is written and not yet on its way.
 *
 * @param sectionBytes of names and values in one {@code fields}, 32 more for each; beyond, the guest traps
 * @param outgoingRequests that are under way at a time: until the answer's body was read or dropped; beyond, {@code handle} gives
 *     {@code connection-limit-reached}
 */
public record HttpLimits(int sectionBytes, int outgoingRequests) {
    /** 128 KiB and 64. */
    public static final HttpLimits DEFAULT = new HttpLimits(128 << 10, 64);

    public HttpLimits {
        if (sectionBytes < 0 || outgoingRequests < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** The same with another limit for a section of fields, in bytes. */
    public HttpLimits withSectionBytes(int bytes) {
        return new HttpLimits(bytes, outgoingRequests);
    }

    /** The same with another limit for outgoing requests. */
    public HttpLimits withOutgoingRequests(int count) {
        return new HttpLimits(sectionBytes, count);
    }
}
