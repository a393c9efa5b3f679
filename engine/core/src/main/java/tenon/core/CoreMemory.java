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
 * <p>Difference from the specification: at most 32,767 pages (2 GiB less 64 KiB), the most that an array of the JVM holds, or
 * 64 GiB in an engine with {@linkplain EngineOptions#largeMemories large memories}, which are kept in {@linkplain ChunkedBytes
 * chunks}; growth beyond fails, as the specification allows.
 */
public final class CoreMemory implements CoreExtern {
    /** Pages that an array holds. */
    static final int MOST_PAGES = Integer.MAX_VALUE >>> MemoryType.PAGE_SIZE_LOG2;

    static final long MOST_BYTES = (long) MOST_PAGES << MemoryType.PAGE_SIZE_LOG2;

    /** Bytes of a large memory, so that its tables of chunks stay small against the heap. */
    static final long MOST_LARGE_BYTES = 64L << 30;

    private static final byte[] NO_BYTES = {};
    private static final byte[] NO_MARKS = {};

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Limits declared;
    private final int pageSizeLog2;
    private final long mostPages;
    private final ResourceLimits resources;
    /** The content of a large memory. */
    private final @Nullable ChunkedBytes chunks;
    /** The content of any other; empty for a large one. */
    private byte[] bytes;

    private byte[] marks;
    private @Nullable StateImage image;

    private CoreMemory(
            MemoryType type, ResourceLimits resources, @Nullable ChunkedBytes chunks, byte[] bytes, boolean tracked) {
        this.declared = type.limits();
        this.pageSizeLog2 = type.pageSizeLog2();
        long most = mostPages(type, chunks != null);
        // the maximum is unsigned
        this.mostPages = Math.min(most, declared.max().orElse(most) & Long.MAX_VALUE);
        this.resources = resources;
        this.chunks = chunks;
        this.bytes = bytes;
        this.marks = tracked ? newMarks(bytes.length) : NO_MARKS;
    }

    /** The most bytes that a memory may have; {@code large} if it is kept in chunks. */
    public static long mostBytes(boolean large) {
        return large ? MOST_LARGE_BYTES : MOST_BYTES;
    }

    private static long mostPages(MemoryType type, boolean large) {
        long most = mostBytes(large) >>> type.pageSizeLog2();
        // so that the size is a number that the guest can be told
        return type.limits().address() == Limits.AddressType.I64
                ? most
                : Math.min(most, Math.min(0xffff_ffffL, (1L << Integer.SIZE) >>> type.pageSizeLog2()));
    }

    /**
     * A fresh memory of zeros.
     *
     * @param tracked whether it is to be reset, so that stores mark what they dirty
     * @param large whether it is kept in chunks
     */
    static CoreMemory of(MemoryType type, ResourceLimits resources, boolean tracked, boolean large) {
        long min = type.limits().min();
        long most = mostPages(type, large);
        if (min > most || min < 0) {
            throw new Trap(
                    TrapKind.HOST,
                    "a memory of " + Long.toUnsignedString(min) + " pages is larger than the " + most
                            + " pages that are supported" + (large ? "" : " without the option `large-memories`"));
        }
        long size = min << type.pageSizeLog2();
        if (!(large ? resources.takeDeclared(size) : resources.takeMemory(0, size))) {
            throw new Trap(
                    resources.refused() ? TrapKind.OUT_OF_MEMORY : TrapKind.HOST,
                    "a memory of " + min + " pages is beyond the limit of memory");
        }
        if (large) {
            var chunks = new ChunkedBytes(resources);
            if (chunks.grow(size)) {
                return new CoreMemory(type, resources, chunks, NO_BYTES, false);
            }
            resources.giveBackDeclared(size);
        } else {
            try {
                return resources
                        .budget()
                        .allocate(() -> new CoreMemory(type, resources, null, new byte[(int) size], tracked));
            } catch (OutOfMemoryError _) {
                resources.failMemory(0, size);
            }
        }
        throw new Trap(TrapKind.OUT_OF_MEMORY, "the host has no room for a memory of " + min + " pages");
    }

    /** A memory of the host's, without limits of a store. */
    public static CoreMemory of(MemoryType type) {
        return of(type, false);
    }

    /** The same, {@code large} if it is for instances of an engine with large memories. */
    public static CoreMemory of(MemoryType type, boolean large) {
        return of(type, ResourceLimits.none(), false, large);
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

    /** Whether it is a large memory, which no array holds. */
    public boolean isChunked() {
        return chunks != null;
    }

    /**
     * For compiled code: the content of a large memory.
     *
     * @throws IllegalStateException if an array holds it
     */
    public ChunkedBytes chunks() {
        if (chunks == null) {
            throw new IllegalStateException("the memory is not kept in chunks");
        }
        return chunks;
    }

    /**
     * The array that holds the content now, unless it {@linkplain #isChunked is in chunks}, when this is empty; read it anew after any
     * call of the guest. Writes have to be {@link #mark}ed.
     */
    public byte[] bytes() {
        return bytes;
    }

    /** For compiled code: one byte for each 4 KiB, not 0 if they were written to. Empty if nothing is tracked. */
    public byte[] marks() {
        return marks;
    }

    /** Size in bytes. */
    public long size() {
        return chunks != null ? chunks.size() : bytes.length;
    }

    /** Size in pages, of 64 KiB unless the type says otherwise. */
    public long pages() {
        return size() >>> pageSizeLog2;
    }

    /** Grows by some pages, unsigned; the size in pages before, or −1 if that is too much. */
    public long grow(long by) {
        long before = pages();
        if (by < 0 || by > mostPages - before) {
            return -1;
        }
        if (by == 0) {
            return before;
        }
        StackRoom.require();
        resources.poll();
        long old = size();
        long length = old + (by << pageSizeLog2);
        return (chunks != null ? grow(chunks, length) : grow(old, length)) ? before : -1;
    }

    private boolean grow(ChunkedBytes content, long length) {
        long more = length - content.size();
        if (!resources.takeDeclared(more)) {
            return false;
        }
        if (!content.grow(length)) {
            resources.giveBackDeclared(more);
            return false;
        }
        return true;
    }

    private boolean grow(long old, long length) {
        if (!resources.takeMemory(old, length)) {
            return false;
        }
        try {
            grown((int) length);
        } catch (OutOfMemoryError _) {
            resources.failMemory(old, length);
            return false;
        }
        resources.letGoMemory(old);
        resources.budget().outgrown(old, length);
        return true;
    }

    private void grown(int length) {
        if (image instanceof MemoryImage kept) {
            var before = new MemoryImage.Pages(bytes, marks);
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

    /** Whether a range lies inside the array; a negative number is an unsigned one beyond any memory. */
    private boolean isInArray(long at, long length) {
        return (at | length) >= 0 && length <= bytes.length - at;
    }

    /** The chunks that a range lies in which does not in the array; a trap if it is beyond the end. */
    private ChunkedBytes chunks(long at, long length) {
        if (chunks == null || (at | length) < 0 || length > chunks.size() - at) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        return chunks;
    }

    /** Notes that the host has written to {@link #bytes}; the range lies inside. Needless for what is written by other methods. */
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
        if (isInArray(at, length)) {
            return Arrays.copyOfRange(bytes, (int) at, (int) at + length);
        }
        ChunkedBytes source = chunks(at, length);
        var into = new byte[length];
        source.read(at, into, 0, length);
        return into;
    }

    /** Copies bytes out into an array. */
    public void read(long at, byte[] into, int start, int length) {
        if (isInArray(at, length)) {
            System.arraycopy(bytes, (int) at, into, start, length);
        } else {
            chunks(at, length).read(at, into, start, length);
        }
    }

    /** Copies bytes in. */
    public void write(long at, byte[] content) {
        write(at, content, 0, content.length);
    }

    /** Copies a part of an array in. */
    public void write(long at, byte[] content, int start, int length) {
        if (isInArray(at, length)) {
            System.arraycopy(content, start, bytes, (int) at, length);
            mark(at, length);
        } else {
            chunks(at, length).write(at, content, start, length);
        }
    }

    public byte getByte(long at) {
        return isInArray(at, 1) ? bytes[(int) at] : chunks(at, 1).getByte(at);
    }

    public short getShort(long at) {
        return isInArray(at, Short.BYTES)
                ? (short) SHORT.get(bytes, (int) at)
                : chunks(at, Short.BYTES).getShort(at);
    }

    public int getInt(long at) {
        return isInArray(at, Integer.BYTES)
                ? (int) INT.get(bytes, (int) at)
                : chunks(at, Integer.BYTES).getInt(at);
    }

    public long getLong(long at) {
        return isInArray(at, Long.BYTES)
                ? (long) LONG.get(bytes, (int) at)
                : chunks(at, Long.BYTES).getLong(at);
    }

    public float getFloat(long at) {
        return Float.intBitsToFloat(getInt(at));
    }

    public double getDouble(long at) {
        return Double.longBitsToDouble(getLong(at));
    }

    public void setByte(long at, byte value) {
        if (isInArray(at, 1)) {
            bytes[(int) at] = value;
            mark(at, 1);
        } else {
            chunks(at, 1).setByte(at, value);
        }
    }

    public void setShort(long at, short value) {
        if (isInArray(at, Short.BYTES)) {
            SHORT.set(bytes, (int) at, value);
            mark(at, Short.BYTES);
        } else {
            chunks(at, Short.BYTES).setShort(at, value);
        }
    }

    public void setInt(long at, int value) {
        if (isInArray(at, Integer.BYTES)) {
            INT.set(bytes, (int) at, value);
            mark(at, Integer.BYTES);
        } else {
            chunks(at, Integer.BYTES).setInt(at, value);
        }
    }

    public void setLong(long at, long value) {
        if (isInArray(at, Long.BYTES)) {
            LONG.set(bytes, (int) at, value);
            mark(at, Long.BYTES);
        } else {
            chunks(at, Long.BYTES).setLong(at, value);
        }
    }

    public void setFloat(long at, float value) {
        setInt(at, Float.floatToRawIntBits(value));
    }

    public void setDouble(long at, double value) {
        setLong(at, Double.doubleToRawLongBits(value));
    }

    /** {@code memory.fill}: WebAssembly 3.0, "Memory Instructions". */
    public void fill(long at, byte value, long length) {
        resources.poll(length);
        if (isInArray(at, length)) {
            Arrays.fill(bytes, (int) at, (int) (at + length), value);
            mark(at, length);
        } else {
            chunks(at, length).fill(at, value, length);
        }
    }

    /** {@code memory.copy}, from this or another memory, of whichever form. */
    public void copy(long to, CoreMemory source, long from, long length) {
        resources.poll(length);
        if (source.isInArray(from, length)) {
            write(to, source.bytes, (int) from, (int) length);
            return;
        }
        ChunkedBytes content = source.chunks(from, length);
        if (isInArray(to, length)) {
            content.read(from, bytes, (int) to, (int) length);
            mark(to, length);
        } else {
            chunks(to, length).copy(to, content, from, length);
        }
    }

    /**
     * What to come back to: the content now. From here on stores are tracked.
     *
     * @param known an image to share if it is the same
     */
    StateImage image(@Nullable StateImage known) {
        if (chunks != null) {
            image = chunks.image(known instanceof ChunkImage shared ? shared : null);
        } else {
            image = MemoryImage.of(bytes, known instanceof MemoryImage shared ? shared : null, resources.budget());
            marks = newMarks(bytes.length);
        }
        return image;
    }

    /** Comes back to the image that {@link #image} gave, in time that grows with what was dirtied, and with the tables of chunks. */
    void reset() {
        switch (image) {
            case null -> throw new IllegalStateException("the memory has no image");
            case MemoryImage array -> {
                resources.shrinkMemory(bytes.length, array.size());
                use(array.reset(new MemoryImage.Pages(bytes, marks)));
            }
            case ChunkImage shared -> {
                resources.giveBackDeclared(size() - shared.size());
                chunks().reset(shared);
            }
        }
    }
}
