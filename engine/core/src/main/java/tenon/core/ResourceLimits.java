package tenon.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory and how many table elements the instances of one store may have together. Growth beyond is refused, as
 * the guest sees by −1; what a module asks for at the start is a trap. Thread-safe.
 */
public final class ResourceLimits {
    private final long memoryBytes;
    private final long tableElements;
    private final AtomicLong memoryUsed = new AtomicLong();
    private final AtomicLong tableUsed = new AtomicLong();

    /** {@code memoryBytes} of linear memory and {@code tableElements} elements of tables. */
    public ResourceLimits(long memoryBytes, long tableElements) {
        this.memoryBytes = memoryBytes;
        this.tableElements = tableElements;
    }

    /** No limits but those of the JVM. */
    public static ResourceLimits none() {
        return new ResourceLimits(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Bytes of linear memory in use. */
    public long memoryUsed() {
        return memoryUsed.get();
    }

    boolean takeMemory(long bytes) {
        return take(memoryUsed, bytes, memoryBytes);
    }

    boolean takeTable(long elements) {
        return take(tableUsed, elements, tableElements);
    }

    void giveBackMemory(long bytes) {
        memoryUsed.addAndGet(-bytes);
    }

    void giveBackTable(long elements) {
        tableUsed.addAndGet(-elements);
    }

    private static boolean take(AtomicLong used, long more, long limit) {
        if (used.addAndGet(more) > limit) {
            used.addAndGet(-more);
            return false;
        }
        return true;
    }
}
