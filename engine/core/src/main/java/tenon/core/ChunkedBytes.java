package tenon.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a linear memory in chunks of 64 KiB, each made when it is first written to: memories of more bytes than an
 * array holds, of which only what was written takes room. Loads and stores are for compiled code, which need not ask again for
 * this object after calls and growth; beyond the end they throw {@link IndexOutOfBoundsException}. Everyone else goes
 * through {@link CoreMemory}. Confined to its store.
 *
 * <p>A chunk is found in two tables. The first has what is read. The second has what is written, and null where the
 * chunk is shared: the zeros of memory that nothing was ever written to, or the content of an image.
 */
public final class ChunkedBytes {
    /** Binary logarithm of a chunk's bytes. */
    static final int LOG2 = 16;

    private static final int BYTES = 1 << LOG2;
    private static final int WITHIN = BYTES - 1;

    /** Addresses of so many bits have a chunk's number that is an {@code int}. */
    private static final int ADDRESS_BITS = LOG2 + Integer.SIZE - 1;

    /** What a reference takes in each of the two tables, at most. */
    private static final int REFERENCES = 2 * Long.BYTES;

    private static final byte[] ZEROS = new byte[BYTES];
    /** A chunk behind the end. */
    private static final byte[] NOTHING = {};

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHAR = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ResourceLimits resources;
    /** What is read. Behind the last chunk are some of no length, so that not all growth needs new tables. */
    private byte[][] present = {};
    /** What is written; as long as {@code present}. */
    private byte[] @Nullable [] own = {};

    private long size;
    /** What the chunks in {@code own} take of the budget. */
    private long held;

    /** No bytes yet; chunks are taken from {@code resources} when they are made. */
    ChunkedBytes(ResourceLimits resources) {
        this.resources = resources;
    }

    /** What memory of so many bytes takes of the heap that nothing was written to. */
    static long footprint(long bytes) {
        return (long) REFERENCES * chunks(bytes);
    }

    /** What its chunks take if so many bytes are written that lie together. */
    static long written(int bytes) {
        return chunks(bytes) * MemoryBudget.footprint(BYTES);
    }

    private static int chunks(long bytes) {
        return (int) (bytes + WITHIN >>> LOG2);
    }

    private static int number(long at) {
        if (at >>> ADDRESS_BITS != 0) {
            throw new IndexOutOfBoundsException("the address is beyond all memories");
        }
        return (int) (at >>> LOG2);
    }

    private byte[] chunk(long at) {
        return present[number(at)];
    }

    /** The chunk of an address, made if need be. */
    private byte[] ownChunk(long at) {
        int number = number(at);
        byte[] chunk = own[number];
        return chunk != null ? chunk : make(number);
    }

    /** Gives the memory a chunk of its own. */
    private byte[] make(int number) {
        byte[] shared = present[number];
        if (shared == NOTHING) {
            throw new IndexOutOfBoundsException("the address is beyond the memory");
        }
        StackRoom.require();
        long footprint = MemoryBudget.footprint(shared.length);
        if (!resources.hold(footprint)) {
            throw new Trap(TrapKind.OUT_OF_MEMORY);
        }
        byte[] made;
        try {
            made = resources.budget().allocate(() -> shared == ZEROS ? new byte[BYTES] : shared.clone());
        } catch (OutOfMemoryError _) {
            resources.fail(footprint);
            throw new Trap(TrapKind.OUT_OF_MEMORY);
        }
        take(number, made);
        return made;
    }

    private void take(int number, byte[] chunk) {
        present[number] = chunk;
        own[number] = chunk;
        held += MemoryBudget.footprint(chunk.length);
    }

    public byte getByte(long at) {
        return chunk(at)[(int) at & WITHIN];
    }

    public short getShort(long at) {
        int start = (int) at & WITHIN;
        return start > BYTES - Short.BYTES ? (short) across(at, Short.BYTES) : (short) SHORT.get(chunk(at), start);
    }

    public char getChar(long at) {
        int start = (int) at & WITHIN;
        return start > BYTES - Character.BYTES ? (char) across(at, Character.BYTES) : (char) CHAR.get(chunk(at), start);
    }

    public int getInt(long at) {
        int start = (int) at & WITHIN;
        return start > BYTES - Integer.BYTES ? (int) across(at, Integer.BYTES) : (int) INT.get(chunk(at), start);
    }

    public long getLong(long at) {
        int start = (int) at & WITHIN;
        return start > BYTES - Long.BYTES ? across(at, Long.BYTES) : (long) LONG.get(chunk(at), start);
    }

    public void setByte(long at, byte value) {
        ownChunk(at)[(int) at & WITHIN] = value;
    }

    public void setShort(long at, short value) {
        int start = (int) at & WITHIN;
        if (start > BYTES - Short.BYTES) {
            setAcross(at, Short.BYTES, value);
        } else {
            SHORT.set(ownChunk(at), start, value);
        }
    }

    public void setInt(long at, int value) {
        int start = (int) at & WITHIN;
        if (start > BYTES - Integer.BYTES) {
            setAcross(at, Integer.BYTES, value);
        } else {
            INT.set(ownChunk(at), start, value);
        }
    }

    public void setLong(long at, long value) {
        int start = (int) at & WITHIN;
        if (start > BYTES - Long.BYTES) {
            setAcross(at, Long.BYTES, value);
        } else {
            LONG.set(ownChunk(at), start, value);
        }
    }

    private void checkAcross(long at, int bytes) {
        if (at < 0 || bytes > size - at) {
            throw new IndexOutOfBoundsException("the address is beyond the memory");
        }
    }

    /** A number that lies in two chunks, if not beyond the end. */
    private long across(long at, int bytes) {
        checkAcross(at, bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (getByte(at + i) & 0xffL) << Byte.SIZE * i;
        }
        return value;
    }

    private void setAcross(long at, int bytes, long value) {
        checkAcross(at, bytes);
        for (int i = 0; i < bytes; i++) {
            setByte(at + i, (byte) (value >>> Byte.SIZE * i));
        }
    }

    /** Size in bytes. */
    long size() {
        return size;
    }

    /** Bytes of the chunk of an address from there on, at most {@code length}. */
    private static int part(long at, long length) {
        return (int) Math.min(BYTES - ((int) at & WITHIN), length);
    }

    /** Copies a range out that lies inside. */
    void read(long at, byte[] into, int start, int length) {
        for (int done = 0; done < length; ) {
            int part = part(at + done, length - done);
            System.arraycopy(chunk(at + done), (int) (at + done) & WITHIN, into, start + done, part);
            done += part;
        }
    }

    /** Copies bytes to a range that lies inside. */
    void write(long at, byte[] content, int start, int length) {
        for (int done = 0; done < length; ) {
            int part = part(at + done, length - done);
            System.arraycopy(content, start + done, ownChunk(at + done), (int) (at + done) & WITHIN, part);
            done += part;
        }
    }

    /** Fills a range that lies inside; zeros need no chunk where there are zeros. */
    void fill(long at, byte value, long length) {
        for (long done = 0; done < length; ) {
            int part = part(at + done, length - done);
            int start = (int) (at + done) & WITHIN;
            if (value != 0 || chunk(at + done) != ZEROS) {
                Arrays.fill(ownChunk(at + done), start, start + part, value);
            }
            done += part;
        }
    }

    /** Copies a range of this or another memory to one of this, both of which lie inside; zeros as {@link #fill}. */
    void copy(long to, ChunkedBytes source, long from, long length) {
        if (source == this && from < to && to - from < length) {
            copyDown(to, from, length);
            return;
        }
        for (long done = 0; done < length; ) {
            int part = part(to + done, part(from + done, length - done));
            copyPart(to + done, source, from + done, part);
            done += part;
        }
    }

    /** Copies a range to one that begins in it, the last bytes first. */
    private void copyDown(long to, long from, long length) {
        for (long left = length; left > 0; ) {
            // bytes of the two chunks of the last bytes, up to these
            int part = (int) Math.min(Math.min((to + left - 1 & WITHIN) + 1, (from + left - 1 & WITHIN) + 1), left);
            left -= part;
            copyPart(to + left, this, from + left, part);
        }
    }

    /** Copies a range of one chunk to one of one chunk. */
    private void copyPart(long to, ChunkedBytes source, long from, int length) {
        if (source.chunk(from) == ZEROS && chunk(to) == ZEROS) {
            return;
        }
        byte[] target = ownChunk(to);
        // asked for now, since it may be the same chunk
        System.arraycopy(source.chunk(from), (int) from & WITHIN, target, (int) to & WITHIN, length);
    }

    /** What growth needs: tables, which are the present ones if they are long enough, and last chunks that are shorter than others. */
    private record Room(byte[][] present, byte[] @Nullable [] own, byte @Nullable [] longer, byte @Nullable [] last) {}

    /** Grows to so many bytes; false if there is no room for the tables, or for a last chunk that is shorter than others. */
    boolean grow(long to) {
        int capacity = chunks(to) <= present.length
                ? present.length
                : Math.max(chunks(to), present.length + (present.length >> 1));
        long tables = (long) REFERENCES * (capacity - present.length);
        long ends =
                (isPart(size) ? MemoryBudget.footprint(BYTES) : 0) + (isPart(to) ? MemoryBudget.footprint(BYTES) : 0);
        if (!resources.hold(tables + ends)) {
            return false;
        }
        Room room;
        try {
            room = resources.budget().allocate(() -> room(to, capacity));
        } catch (OutOfMemoryError _) {
            resources.fail(tables + ends);
            return false;
        }
        long before = held;
        grow(to, room);
        resources.letGo(ends - (held - before));
        return true;
    }

    private static boolean isPart(long at) {
        return ((int) at & WITHIN) != 0;
    }

    private Room room(long to, int capacity) {
        boolean fits = capacity == present.length;
        byte[] longer = null;
        if (isPart(size)) {
            int last = chunks(size) - 1;
            longer = Arrays.copyOf(present[last], (int) Math.min(BYTES, to - ((long) last << LOG2)));
        }
        boolean another = isPart(to) && chunks(to) > chunks(size);
        return new Room(
                fits ? present : Arrays.copyOf(present, capacity),
                fits ? own : Arrays.copyOf(own, capacity),
                longer,
                another ? new byte[(int) to & WITHIN] : null);
    }

    private void grow(long to, Room room) {
        int before = chunks(size);
        int after = chunks(to);
        if (room.present != present) {
            Arrays.fill(room.present, after, room.present.length, NOTHING);
        }
        present = room.present;
        own = room.own;
        if (room.longer != null) {
            byte[] shorter = own[before - 1];
            held -= shorter == null ? 0 : MemoryBudget.footprint(shorter.length);
            take(before - 1, room.longer);
        }
        Arrays.fill(present, before, after, ZEROS);
        if (room.last != null) {
            take(after - 1, room.last);
        }
        size = to;
    }

    /** What to come back to, the content now; from here on it is shared. {@code known} if that is the same. */
    ChunkImage image(@Nullable ChunkImage known) {
        var chunks = new byte[chunks(size)][];
        boolean same = known != null && known.size() == size;
        long fresh = 0;
        for (int i = 0; i < chunks.length; i++) {
            byte[] content = present[i] != ZEROS && Arrays.equals(present[i], ZEROS) ? ZEROS : present[i];
            byte[] shared = known != null && i < known.length() ? known.chunk(i) : content;
            if (content != shared && Arrays.equals(content, shared)) {
                content = shared;
            }
            same &= content == shared;
            fresh += own[i] == content ? MemoryBudget.footprint(content.length) : 0;
            chunks[i] = content;
        }
        ChunkImage image = same && known != null ? known : new ChunkImage(chunks, size, resources.budget());
        // what the budget has not for the image stays on the account of whoever made it
        resources.letGo(image.hold(fresh) ? held : held - fresh);
        held = 0;
        become(image);
        return image;
    }

    /** Comes back to an image. */
    void reset(ChunkImage image) {
        resources.letGo(held);
        held = 0;
        become(image);
    }

    private void become(ChunkImage image) {
        if (present.length > 2 * image.length()) {
            var shorter = new byte[image.length()][];
            own = new byte[image.length()][];
            resources.letGo((long) REFERENCES * (present.length - shorter.length));
            present = shorter;
        }
        image.copyTo(present);
        Arrays.fill(present, image.length(), present.length, NOTHING);
        Arrays.fill(own, null);
        size = image.size();
    }
}
