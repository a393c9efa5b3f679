package tenon.core.guest;

import tenon.core.ChunkedBytes;

/**
 * Loads and stores of memories that are kept in chunks: WebAssembly 3.0, "Memory Instructions". The effective address, a sum of
 * unsigned numbers, has more bits than the address.
 */
public final class ChunkAccess {
    private ChunkAccess() {}

    private static long sum(int at, long offset) {
        return Integer.toUnsignedLong(at) + offset;
    }

    /** What is 2^63 or more, or has such a part, is negative and beyond all memories. */
    private static long sum(long at, long offset) {
        return (at | offset) < 0 ? -1 : at + offset;
    }

    public static byte getByte(int at, long offset, ChunkedBytes memory) {
        return memory.getByte(sum(at, offset));
    }

    public static byte getByte(long at, long offset, ChunkedBytes memory) {
        return memory.getByte(sum(at, offset));
    }

    public static short getShort(int at, long offset, ChunkedBytes memory) {
        return memory.getShort(sum(at, offset));
    }

    public static short getShort(long at, long offset, ChunkedBytes memory) {
        return memory.getShort(sum(at, offset));
    }

    public static char getChar(int at, long offset, ChunkedBytes memory) {
        return memory.getChar(sum(at, offset));
    }

    public static char getChar(long at, long offset, ChunkedBytes memory) {
        return memory.getChar(sum(at, offset));
    }

    public static int getInt(int at, long offset, ChunkedBytes memory) {
        return memory.getInt(sum(at, offset));
    }

    public static int getInt(long at, long offset, ChunkedBytes memory) {
        return memory.getInt(sum(at, offset));
    }

    public static long getLong(int at, long offset, ChunkedBytes memory) {
        return memory.getLong(sum(at, offset));
    }

    public static long getLong(long at, long offset, ChunkedBytes memory) {
        return memory.getLong(sum(at, offset));
    }

    public static void setByte(int at, byte value, long offset, ChunkedBytes memory) {
        memory.setByte(sum(at, offset), value);
    }

    public static void setByte(long at, byte value, long offset, ChunkedBytes memory) {
        memory.setByte(sum(at, offset), value);
    }

    public static void setShort(int at, short value, long offset, ChunkedBytes memory) {
        memory.setShort(sum(at, offset), value);
    }

    public static void setShort(long at, short value, long offset, ChunkedBytes memory) {
        memory.setShort(sum(at, offset), value);
    }

    public static void setInt(int at, int value, long offset, ChunkedBytes memory) {
        memory.setInt(sum(at, offset), value);
    }

    public static void setInt(long at, int value, long offset, ChunkedBytes memory) {
        memory.setInt(sum(at, offset), value);
    }

    public static void setLong(int at, long value, long offset, ChunkedBytes memory) {
        memory.setLong(sum(at, offset), value);
    }

    public static void setLong(long at, long value, long offset, ChunkedBytes memory) {
        memory.setLong(sum(at, offset), value);
    }
}
