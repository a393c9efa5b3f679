package tenon.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tenon.core.compile.CompileOptions;

/**
 * The content that a memory comes back to, shared by all instances that begin alike, and arrays at hand that hold it already: what
 * grew in one life and has to be of another length in the next changes its array, and only dirtied pages are copied.
 * Thread-safe; an array belongs to one memory at a time. What waits is a reserve of the budget, and counted by it.
 */
final class MemoryImage implements StateImage, MemoryBudget.Reserve {
    /** Binary logarithm of the bytes that share a dirty mark. */
    static final int MARK = CompileOptions.MARK;

    /** A store that begins in a marked page may have written up to so many bytes into the next. */
    private static final int OVERHANG = 7;

    /** Arrays of one length that wait. */
    private static final int MOST_WAITING = 1_000;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int size;
    private final int start;
    private final byte[] content;
    private final Map<Integer, Shelf<Pages>> waiting = new ConcurrentHashMap<>();
    /** What waits, as the budget counts it; guarded by itself. */
    private final BudgetAccount account;

    private volatile boolean closed;

    /**
     * The array of a memory.
     *
     * @param bytes the content
     * @param marks one for each {@code 1 << MARK} bytes, not 0 if a store began there
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Pages(byte[] bytes, byte[] marks) {
        /** Zeros. */
        static Pages of(int size) {
            return new Pages(new byte[size], new byte[size >>> MARK]);
        }
    }

    private MemoryImage(int size, int start, byte[] content, MemoryBudget budget) {
        this.size = size;
        this.start = start;
        this.content = content;
        this.account = new BudgetAccount(this, budget);
    }

    /** The image of a content: {@code known} if that is the same; else one whose arrays {@code budget} counts while they wait. */
    static MemoryImage of(byte[] bytes, @Nullable MemoryImage known, MemoryBudget budget) {
        int start = nextNonZero(bytes, 0);
        int end = bytes.length;
        while (end > start && bytes[end - 1] == 0) {
            end--;
        }
        if (known != null
                && known.size == bytes.length
                && known.start == start
                && Arrays.equals(bytes, start, end, known.content, 0, known.content.length)) {
            return known;
        }
        var made = new MemoryImage(bytes.length, start, Arrays.copyOfRange(bytes, start, end), budget);
        budget.add(made);
        return made;
    }

    /** Pages of {@code length} bytes, at least the image's, that hold the content and zeros behind it. */
    Pages take(int length) {
        Shelf<Pages> shelf = waiting.get(length);
        Pages waited = shelf == null ? null : shelf.take();
        if (waited != null) {
            count(-length);
            return waited;
        }
        Pages pages = Pages.of(length);
        System.arraycopy(content, 0, pages.bytes, start, content.length);
        return pages;
    }

    /** Takes back pages whose memory has others now. */
    void giveBack(Pages pages) {
        int length = pages.bytes.length;
        if (closed || !count(length)) {
            return;
        }
        boolean waits = false;
        try {
            clean(pages);
            waits = waiting.computeIfAbsent(length, _ -> new Shelf<>()).put(pages, MOST_WAITING);
        } catch (OutOfMemoryError _) {
            // then they do not wait: the memory that they were taken from has its new ones already
        } finally {
            if (!waits) {
                count(-length);
            }
        }
        if (closed) {
            close();
        }
    }

    /** No array waits any more. */
    @Override
    public void close() {
        closed = true;
        while (release()) {
            // until none is left
        }
    }

    /** Counts an array that waits, or, of negative length, one that waits no more; false if there is no room for it to wait. */
    private boolean count(int length) {
        long bytes = MemoryBudget.footprint(Math.abs(length));
        synchronized (account) {
            return account.holdInReserve(account.held() + (length > 0 ? bytes : -bytes));
        }
    }

    @Override
    public boolean release() {
        for (Shelf<Pages> shelf : waiting.values()) {
            if (drop(shelf)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void age() {
        for (Shelf<Pages> shelf : waiting.values()) {
            for (int left = (shelf.unneeded() + 1) / 2; left > 0 && drop(shelf); left--) {
                // until half of them are gone
            }
        }
    }

    private boolean drop(Shelf<Pages> shelf) {
        Pages oldest = shelf.takeOldest();
        if (oldest == null) {
            return false;
        }
        count(-oldest.bytes.length);
        return true;
    }

    /** The content in longer pages, marked as in {@code from}, which may be given back. */
    Pages grow(Pages from, int length) {
        Pages to = take(length);
        int limit = from.bytes.length;
        for (int page = nextNonZero(from.marks, 0); page < from.marks.length; page = nextNonZero(from.marks, page)) {
            int end = endOfDirty(from.marks, page);
            System.arraycopy(from.marks, page, to.marks, page, end - page);
            int at = page << MARK;
            System.arraycopy(from.bytes, at, to.bytes, at, Math.min((end << MARK) + OVERHANG, limit) - at);
            page = end;
        }
        return to;
    }

    /** The content in pages of the first size, nothing marked. */
    Pages reset(Pages from) {
        if (from.bytes.length == size) {
            clean(from);
            return from;
        }
        Pages home = take(size);
        giveBack(from);
        return home;
    }

    /** Size in bytes. */
    int size() {
        return size;
    }

    private void clean(Pages pages) {
        byte[] marks = pages.marks;
        for (int page = nextNonZero(marks, 0); page < marks.length; page = nextNonZero(marks, page)) {
            int end = endOfDirty(marks, page);
            Arrays.fill(marks, page, end, (byte) 0);
            restore(pages.bytes, page << MARK, Math.min((end << MARK) + OVERHANG, pages.bytes.length));
            page = end;
        }
    }

    private void restore(byte[] bytes, int from, int to) {
        int known = Math.clamp(start, from, to);
        int unknown = Math.clamp(start + content.length, from, to);
        Arrays.fill(bytes, from, known, (byte) 0);
        System.arraycopy(content, Math.clamp(known - start, 0, content.length), bytes, known, unknown - known);
        Arrays.fill(bytes, unknown, to, (byte) 0);
    }

    private static int endOfDirty(byte[] marks, int from) {
        int end = from;
        while (end < marks.length && marks[end] != 0) {
            end++;
        }
        return end;
    }

    private static int nextNonZero(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length && (long) LONG.get(bytes, at) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] == 0) {
            at++;
        }
        return at;
    }
}
