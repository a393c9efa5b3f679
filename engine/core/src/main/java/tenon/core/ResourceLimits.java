package tenon.core;

import org.jspecify.annotations.Nullable;
import tenon.wasm.Module;

/**
 * How much memory and how many table elements the instances of one slot may have together, and what they have taken of the
 * host's budget for it. Growth beyond is refused, as the guest sees by −1; what a module asks for at the start is a trap.
 * Thread-safe; {@code this} guards the fields.
 */
public final class ResourceLimits implements AutoCloseable {
    /** Bytes of an element, and of its copy in the image that the table is reset to. */
    private static final int ELEMENT = 16;

    /** Bytes or elements from which on an instruction looks first whether its guest was stopped. */
    private static final int MUCH = 4 << 10;

    private static final MemoryBudget ENDLESS = MemoryBudget.of(Long.MAX_VALUE);

    private final MemoryBudget budget;
    private final long memoryBytes;
    private final long tableElements;
    /** What was taken of the budget: no less than is needed. */
    private final BudgetAccount account;
    /** Confined to the store, unlike this. Most guests need none. */
    private @Nullable GuestHeap heap;

    private volatile @Nullable Interrupt interrupt;

    private long memoryUsed;
    private long tableUsed;
    /** What is in use, as the budget counts it. */
    private long needed;
    /** The most that was in use since {@link #begin}. */
    private long peak;

    private boolean refused;

    /** {@code memoryBytes} of linear memory and {@code tableElements} elements of tables, without a budget. */
    public ResourceLimits(long memoryBytes, long tableElements) {
        this(memoryBytes, tableElements, ENDLESS);
    }

    /** The same within a budget, of which nothing is taken yet. */
    public ResourceLimits(long memoryBytes, long tableElements, MemoryBudget budget) {
        this.memoryBytes = memoryBytes;
        this.tableElements = tableElements;
        this.budget = budget;
        this.account = new BudgetAccount(this, budget);
    }

    /** Says what stops the instances. */
    void stopBy(Interrupt stop) {
        interrupt = stop;
    }

    /**
     * The check before an instruction on so many bytes or elements, unsigned: a function without loops and calls may consist of
     * thousands of such, each of which takes a good part of a second.
     */
    void poll(long length) {
        if (length < 0 || length >= MUCH) {
            poll();
        }
    }

    /** The check before an instruction that takes long whatever it is given. */
    void poll() {
        Interrupt stop = interrupt;
        if (stop != null) {
            Interrupt.pollLoop(stop);
        }
    }

    /** What its instances are paid from. */
    MemoryBudget budget() {
        return budget;
    }

    /** No limits but those of the JVM. */
    public static ResourceLimits none() {
        return new ResourceLimits(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Bytes of linear memory in use. */
    public synchronized long memoryUsed() {
        return memoryUsed;
    }

    /** Whether the budget, not a limit of its own, was in the way of growth. */
    public synchronized boolean refused() {
        return refused;
    }

    /** The most that was in use at a time in this life, as the budget counts it. */
    public synchronized long peak() {
        return peak;
    }

    /** Another life begins, which may use {@code expected} bytes of the budget; false if they are not there. */
    public synchronized boolean begin(long expected) {
        if (account.held() < expected && !account.hold(expected)) {
            return false;
        }
        refused = false;
        peak = needed;
        return true;
    }

    /** A life has ended: gives back what is not in use. */
    public synchronized void settle() {
        account.hold(needed);
    }

    /** What it counts is gone: gives everything back. */
    @Override
    public synchronized void close() {
        needed = 0;
        account.close();
    }

    /** What an instance of a module begins with, as the budget counts it. */
    public static long footprint(CoreModule compiled) {
        Module module = compiled.module();
        boolean large = compiled.engine().options().largeMemories();
        long sum = 0;
        long most = CoreMemory.mostBytes(large);
        for (var memory : module.memories()) {
            long bytes = Math.clamp(memory.limits().min(), 0, most >>> memory.pageSizeLog2()) << memory.pageSizeLog2();
            sum += large ? ChunkedBytes.footprint(bytes) : MemoryBudget.footprint(bytes);
        }
        for (var data : module.data()) {
            sum += large && data.mode() instanceof Module.Mode.Active
                    ? ChunkedBytes.written(data.end() - data.start())
                    : 0;
        }
        for (var table : module.tables()) {
            sum += (long) Math.clamp(table.type().limits().min(), 0, CoreTable.MOST_ELEMENTS) * ELEMENT;
        }
        return sum;
    }

    /** A memory of {@code before} bytes is about to be one of {@code after}, and both exist meanwhile. */
    synchronized boolean takeMemory(long before, long after) {
        if (after - before > memoryBytes - memoryUsed) {
            return false;
        }
        if (!hold(MemoryBudget.footprint(after))) {
            return false;
        }
        memoryUsed += after - before;
        return true;
    }

    /** The array of {@code bytes} is gone that the memory had before it grew. */
    synchronized void letGoMemory(long bytes) {
        letGo(MemoryBudget.footprint(bytes));
    }

    /** A memory of {@code before} bytes is one of {@code after} bytes, no more, again. */
    synchronized void shrinkMemory(long before, long after) {
        memoryUsed -= before - after;
        letGo(MemoryBudget.footprint(before) - MemoryBudget.footprint(after));
    }

    /** Growth to {@code after} bytes did not come about. */
    synchronized void failMemory(long before, long after) {
        memoryUsed -= after - before;
        letGo(MemoryBudget.footprint(after));
        refused = true;
    }

    /** Bytes of a memory in chunks that count against the limit; its chunks are held when they are made. */
    synchronized boolean takeDeclared(long bytes) {
        if (bytes > memoryBytes - memoryUsed) {
            return false;
        }
        memoryUsed += bytes;
        return true;
    }

    synchronized void giveBackDeclared(long bytes) {
        memoryUsed -= bytes;
    }

    synchronized boolean takeTable(long elements) {
        if (elements > tableElements - tableUsed || !hold(elements * ELEMENT)) {
            return false;
        }
        tableUsed += elements;
        return true;
    }

    synchronized void giveBackTable(long elements) {
        tableUsed -= elements;
        letGo(elements * ELEMENT);
    }

    /** The structures and arrays that are counted here. */
    synchronized GuestHeap heap() {
        if (heap == null) {
            heap = new GuestHeap(this);
        }
        return heap;
    }

    /** Structures and arrays count as memory. */
    synchronized boolean takeHeap(long bytes) {
        if (bytes > memoryBytes - memoryUsed || !hold(bytes)) {
            return false;
        }
        memoryUsed += bytes;
        return true;
    }

    synchronized void giveBackHeap(long bytes) {
        memoryUsed -= bytes;
        letGo(bytes);
    }

    /** Counts what the host keeps on behalf of the guest; false if the budget is used up. */
    public synchronized boolean hold(long bytes) {
        if (needed + bytes > account.held() && !account.hold(needed + bytes)) {
            refused = true;
            return false;
        }
        needed += bytes;
        peak = Math.max(peak, needed);
        return true;
    }

    /** What was held did not come about, since the heap had no room. */
    synchronized void fail(long bytes) {
        letGo(bytes);
        refused = true;
    }

    /** What was held is gone; the budget has it back at the end of the life. */
    public synchronized void letGo(long bytes) {
        needed -= bytes;
    }
}
