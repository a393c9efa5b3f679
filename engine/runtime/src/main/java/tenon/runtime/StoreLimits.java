package tenon.runtime;

/**
 * What the guests of one store may use together. Immutable.
 *
 * @param memoryBytes bytes of all linear memories
 * @param tableElements elements of all core tables
 * @param handles handles in each component instance's table; the Canonical ABI allows 2²⁸−1
 * @param threads threads of guests at a time, each of which a call makes that its caller does not wait for
 * @param hostBytes bytes that the host keeps for them beside that: fields, bodies on their way out
 */
public record StoreLimits(long memoryBytes, long tableElements, int handles, int threads, long hostBytes) {
    /** The most handles that the Canonical ABI allows in one table ("Table State"). */
    public static final int MOST_HANDLES = (1 << 28) - 1;

    /** 1 GiB of memory, ten million table elements, a million handles, a thousand threads, 16 MiB kept by the host. */
    public static final StoreLimits DEFAULT = new StoreLimits(1L << 30, 10_000_000, 1_000_000, 1_000, 16 << 20);

    public StoreLimits {
        if (memoryBytes < 0
                || tableElements < 0
                || handles < 0
                || handles > MOST_HANDLES
                || threads < 0
                || hostBytes < 0) {
            throw new IllegalArgumentException("limits must lie between 0 and what the specification allows");
        }
    }

    /** The same with another limit for memory, in bytes. */
    public StoreLimits withMemoryBytes(long bytes) {
        return new StoreLimits(bytes, tableElements, handles, threads, hostBytes);
    }

    /** The same with another limit for tables, in elements. */
    public StoreLimits withTableElements(long elements) {
        return new StoreLimits(memoryBytes, elements, handles, threads, hostBytes);
    }

    /** The same with another limit for handles. */
    public StoreLimits withHandles(int count) {
        return new StoreLimits(memoryBytes, tableElements, count, threads, hostBytes);
    }

    /** The same with another limit for threads. */
    public StoreLimits withThreads(int count) {
        return new StoreLimits(memoryBytes, tableElements, handles, count, hostBytes);
    }

    /** The same with another limit for what the host keeps, in bytes. */
    public StoreLimits withHostBytes(long bytes) {
        return new StoreLimits(memoryBytes, tableElements, handles, threads, bytes);
    }
}
