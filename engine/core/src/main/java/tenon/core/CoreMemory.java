package tenon.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;

/**
 * A linear memory: WebAssembly 3.0, "Memory Instances". Confined to its store.
 *
 * <p>Addresses and lengths are unsigned numbers of 64 bits; whoever has an address of 32 bits widens it with
 * {@link Integer#toUnsignedLong}. What lies beyond the end, as all negative numbers do, is a trap.
 *
 * <p>Difference from the specification: at most 32,767 pages (2 GiB less 64 KiB), the most that an array of the JVM holds;
 * growth beyond fails, as the specification allows.
 */
public final class CoreMemory implements CoreExtern {
    /** Pages that an array holds. */
    static final int MOST_PAGES = Integer.MAX_VALUE >>> MemoryType.PAGE_SIZE_LOG2;

    static final long MOST_BYTES = (long) MOST_PAGES << MemoryType.PAGE_SIZE_LOG2;

    private static final byte[] NO_MARKS = {};

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Limits declared;
    private final int pageSizeLog2;
    private final int mostPages;
    private final ResourceLimits resources;
    private byte[] bytes;
    private byte[] marks;
    private @Nullable MemoryImage image;

    private CoreMemory(MemoryType type, ResourceLimits resources, boolean tracked) {
        this.declared = type.limits();
        this.pageSizeLog2 = type.pageSizeLog2();
        long most = MOST_BYTES >>> pageSizeLog2;
        // the maximum is unsigned
        this.mostPages = (int) Math.min(most, declared.max().orElse(most) & Long.MAX_VALUE);
        this.resources = resources;
        this.bytes = new byte[(int) type.limits().min() << pageSizeLog2];
        this.marks = tracked ? newMarks(bytes.length) : NO_MARKS;
    }

    /** A fresh memory of zeros; {@code tracked} if it is to be reset, so that stores mark what they dirty. */
    static CoreMemory of(MemoryType type, ResourceLimits resources, boolean tracked) {
        long min = type.limits().min();
        long most = MOST_BYTES >>> type.pageSizeLog2();
        if (min > most || min < 0) {
            throw new Trap(
                    TrapKind.HOST,
                    "a memory of " + Long.toUnsignedString(min) + " pages is larger than the " + most
                            + " pages that are supported");
        }
        long bytes = min << type.pageSizeLog2();
        if (!resources.takeMemory(0, bytes)) {
            throw new Trap(
                    resources.refused() ? TrapKind.OUT_OF_MEMORY : TrapKind.HOST,
                    "a memory of " + min + " pages is beyond the limit of memory");
        }
        try {
            return resources.budget().allocate(() -> new CoreMemory(type, resources, tracked));
        } catch (OutOfMemoryError _) {
            resources.failMemory(0, bytes);
            throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for a memory of " + min + " pages");
        }
    }

    /** A memory of the host's, without limits of a store. */
    public static CoreMemory of(MemoryType type) {
        return of(type, ResourceLimits.none(), false);
    }

    private static byte[] newMarks(int bytes) {
        return new byte[marks(bytes)];
    }

    /** How many marks there are for so many bytes; the last may stand for less than the others. */
    private static int marks(int bytes) {
        return bytes + (1 << MemoryImage.MARK) - 1 >>> MemoryImage.MARK;
    }

    /** The type, with the present size as minimum. */
    public MemoryType type() {
        return new MemoryType(new Limits(declared.address(), pages(), declared.max()), false, pageSizeLog2);
    }

    /** The array that holds the content now; read it anew after any call of the guest. Writes have to be {@link #mark}ed. */
    public byte[] bytes() {
        return bytes;
    }

    /** For compiled code: one byte for each 4 KiB, not 0 if they were written to. Empty if nothing is tracked. */
    public byte[] marks() {
        return marks;
    }

    /** Size in bytes. */
    public long size() {
        return bytes.length;
    }

    /** Size in pages, of 64 KiB unless the type says otherwise. */
    public int pages() {
        return bytes.length >>> pageSizeLog2;
    }

    /** Grows by some pages, unsigned; the size in pages before, or −1 if that is too much. */
    public int grow(int by) {
        int before = pages();
        if (by < 0 || by > mostPages - before) {
            return -1;
        }
        if (by == 0) {
            return before;
        }
        StackRoom.require();
        long old = bytes.length;
        long length = old + ((long) by << pageSizeLog2);
        if (!resources.takeMemory(old, length)) {
            return -1;
        }
        try {
            grown((int) length);
        } catch (OutOfMemoryError _) {
            resources.failMemory(old, length);
            return -1;
        }
        resources.letGoMemory(old);
        resources.budget().outgrown(old, length);
        return before;
    }

    private void grown(int length) {
        if (image != null) {
            var before = new MemoryImage.Pages(bytes, marks);
            MemoryImage kept = image;
            use(resources.budget().allocate(() -> kept.grow(before, length)));
            kept.giveBack(before);
            return;
        }
        boolean tracked = marks != NO_MARKS;
        byte[] longer = resources.budget().allocate(() -> Arrays.copyOf(bytes, length));
        marks = tracked ? Arrays.copyOf(marks, marks(length)) : NO_MARKS;
        bytes = longer;
    }

    private void use(MemoryImage.Pages pages) {
        bytes = pages.bytes();
        marks = pages.marks();
    }

    /** Traps unless the range lies inside; a negative number is an unsigned one beyond any memory. */
    private void check(long at, long length) {
        if ((at | length) < 0 || length > bytes.length - at) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
    }

    /** Notes that the host has written to {@link #bytes}; the range lies inside. */
    public void mark(long at, long length) {
        if (marks.length > 0 && length > 0) {
            int first = (int) (at >>> MemoryImage.MARK);
            int last = (int) (at + length - 1 >>> MemoryImage.MARK);
            if (first == last) {
                marks[first] = 1;
            } else {
                Arrays.fill(marks, first, last + 1, (byte) 1);
            }
        }
    }

    /** Copies bytes out. */
    public byte[] read(long at, int length) {
        check(at, length);
        return Arrays.copyOfRange(bytes, (int) at, (int) at + length);
    }

    /** Copies bytes out into an array. */
    public void read(long at, byte[] into, int start, int length) {
        check(at, length);
        System.arraycopy(bytes, (int) at, into, start, length);
    }

    /** Copies bytes in. */
    public void write(long at, byte[] content) {
        write(at, content, 0, content.length);
    }

    /** Copies a part of an array in. */
    public void write(long at, byte[] content, int start, int length) {
        check(at, length);
        System.arraycopy(content, start, bytes, (int) at, length);
        mark(at, length);
    }

    public byte getByte(long at) {
        check(at, 1);
        return bytes[(int) at];
    }

    public short getShort(long at) {
        check(at, Short.BYTES);
        return (short) SHORT.get(bytes, (int) at);
    }

    public int getInt(long at) {
        check(at, Integer.BYTES);
        return (int) INT.get(bytes, (int) at);
    }

    public long getLong(long at) {
        check(at, Long.BYTES);
        return (long) LONG.get(bytes, (int) at);
    }

    public float getFloat(long at) {
        return Float.intBitsToFloat(getInt(at));
    }

    public double getDouble(long at) {
        return Double.longBitsToDouble(getLong(at));
    }

    public void setByte(long at, byte value) {
        check(at, 1);
        bytes[(int) at] = value;
        mark(at, 1);
    }

    public void setShort(long at, short value) {
        check(at, Short.BYTES);
        SHORT.set(bytes, (int) at, value);
        mark(at, Short.BYTES);
    }

    public void setInt(long at, int value) {
        check(at, Integer.BYTES);
        INT.set(bytes, (int) at, value);
        mark(at, Integer.BYTES);
    }

    public void setLong(long at, long value) {
        check(at, Long.BYTES);
        LONG.set(bytes, (int) at, value);
        mark(at, Long.BYTES);
    }

    public void setFloat(long at, float value) {
        setInt(at, Float.floatToRawIntBits(value));
    }

    public void setDouble(long at, double value) {
        setLong(at, Double.doubleToRawLongBits(value));
    }

    /** {@code memory.fill}: WebAssembly 3.0, "Memory Instructions". */
    public void fill(long at, byte value, long length) {
        check(at, length);
        Arrays.fill(bytes, (int) at, (int) (at + length), value);
        mark(at, length);
    }

    /** {@code memory.copy}, from this or another memory. */
    public void copy(long to, CoreMemory source, long from, long length) {
        source.check(from, length);
        check(to, length);
        System.arraycopy(source.bytes, (int) from, bytes, (int) to, (int) length);
        mark(to, length);
    }

    /**
     * What to come back to: the content now. From here on stores are tracked.
     *
     * @param known an image to share if it is the same
     */
    MemoryImage image(@Nullable MemoryImage known) {
        image = MemoryImage.of(bytes, known, resources.budget());
        marks = newMarks(bytes.length);
        return image;
    }

    /** Comes back to the image that {@link #image} gave, in time that grows with the dirtied pages. */
    void reset() {
        if (image == null) {
            throw new IllegalStateException("the memory has no image");
        }
        resources.shrinkMemory(bytes.length, image.size());
        use(image.reset(new MemoryImage.Pages(bytes, marks)));
    }
}
