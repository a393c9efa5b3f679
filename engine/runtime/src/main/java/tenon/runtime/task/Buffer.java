package tenon.runtime.task;

import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a stream or future are read from or written to: CanonicalABI.md, "Buffer State". It is a part of a guest's
 * memory, or the host's. Confined to its Store.
 */
public interface Buffer {
    /** The Canonical ABI allows no longer ones, in elements. */
    int MAX_LENGTH = (1 << 28) - 1;

    /** The instance whose memory it is in; null if it is the host's. */
    @Nullable ComponentInstance instance();

    /** Elements that can still be read or written. */
    int remain();

    /** Elements that have been read or written. */
    int progress();

    /** Whether it was made for no elements: a question whether the other end is there. */
    boolean isZeroLength();

    /** Takes so many elements out of another buffer. */
    void take(Buffer source, int count);
}
