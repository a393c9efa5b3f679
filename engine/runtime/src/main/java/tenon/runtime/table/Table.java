package tenon.runtime.table;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;

/**
 * The handles of one component instance: CanonicalABI.md, "Table State". Index 0 is never used; a removed index is the next to be
 * given out. Confined to its Store.
 */
public final class Table {
    private static final String SECTION = "Table State";
    private static final int FIRST_SIZE = 16;

    /** What an entry costs: its places here, the handle, and the host's object behind it. */
    private static final long ENTRY_BYTES = 256;

    private final LongPredicate hold;

    private @Nullable Object[] array = new @Nullable Object[FIRST_SIZE];
    private int length = 1;
    private int[] free = new int[FIRST_SIZE];
    private int freeCount;
    private int limit;

    /**
     * A table that holds at most {@code limit} entries.
     *
     * @param hold counts bytes that more entries need; says false if there are none left
     */
    public Table(int limit, LongPredicate hold) {
        this.limit = limit;
        this.hold = hold;
    }

    /** The entry at an index that a guest gave; traps if there is none. */
    public Object get(int index) {
        if (Integer.compareUnsigned(index, length) < 0) {
            Object entry = array[index];
            if (entry != null) {
                return entry;
            }
        }
        throw Rule.trap("unknown handle index " + Integer.toUnsignedString(index), SECTION);
    }

    /** Puts an entry in and returns its index; traps when the table is full. */
    public int add(Object entry) {
        if (freeCount > 0) {
            int index = free[--freeCount];
            assert array[index] == null;
            array[index] = entry;
            return index;
        }
        if (length > limit) {
            throw Rule.trap("the table of handles is full: its limit is " + limit, SECTION);
        }
        if (length == array.length) {
            if (!hold.test(length * ENTRY_BYTES)) {
                throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for more handles");
            }
            array = Arrays.copyOf(array, length * 2);
        }
        array[length] = entry;
        return length++;
    }

    /** Takes the entry at an index out; {@link #get} has returned it. */
    public void remove(int index) {
        assert array[index] != null;
        array[index] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = index;
    }

    /** Empties the table for another life, with another limit; the bytes that it holds no more. */
    public long reset(int newLimit) {
        long held = (array.length - FIRST_SIZE) * ENTRY_BYTES;
        if (held > 0) {
            array = new @Nullable Object[FIRST_SIZE];
            free = new int[FIRST_SIZE];
        } else {
            Arrays.fill(array, 0, length, null);
        }
        length = 1;
        freeCount = 0;
        limit = newLimit;
        return held;
    }

    /** Whether no index is in use. */
    public boolean isEmpty() {
        return length - 1 == freeCount;
    }

    /** All entries, in the order of their indices. */
    public void forEach(Consumer<Object> action) {
        for (int i = 1; i < length; i++) {
            Object entry = array[i];
            if (entry != null) {
                action.accept(entry);
            }
        }
    }
}
