package tenon.runtime.adapt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import tenon.core.CoreMemory;

/**
 * What generated adapters do with the array of a memory: where a value lies is checked once, and marked as written, before its parts
 * are read and written here. And the same with memories that are no array, or in which no pointer is an index.
 */
final class Bytes {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private Bytes() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    static byte getByte(byte[] bytes, int at) {
        return bytes[at];
    }

    static int getUnsignedByte(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static short getShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int getUnsignedShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static float getFloat(byte[] bytes, int at) {
        return (float) FLOAT.get(bytes, at);
    }

    static double getDouble(byte[] bytes, int at) {
        return (double) DOUBLE.get(bytes, at);
    }

    static void setByte(byte[] bytes, int at, byte value) {
        bytes[at] = value;
    }

    static void setShort(byte[] bytes, int at, short value) {
        SHORT.set(bytes, at, value);
    }

    static void setInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void setLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static void setFloat(byte[] bytes, int at, float value) {
        FLOAT.set(bytes, at, value);
    }

    static void setDouble(byte[] bytes, int at, double value) {
        DOUBLE.set(bytes, at, value);
    }

    static byte getByte(CoreMemory memory, long at) {
        return memory.getByte(at);
    }

    static int getUnsignedByte(CoreMemory memory, long at) {
        return memory.getByte(at) & 0xff;
    }

    static short getShort(CoreMemory memory, long at) {
        return memory.getShort(at);
    }

    static int getUnsignedShort(CoreMemory memory, long at) {
        return memory.getShort(at) & 0xffff;
    }

    static int getInt(CoreMemory memory, long at) {
        return memory.getInt(at);
    }

    static long getLong(CoreMemory memory, long at) {
        return memory.getLong(at);
    }

    static float getFloat(CoreMemory memory, long at) {
        return memory.getFloat(at);
    }

    static double getDouble(CoreMemory memory, long at) {
        return memory.getDouble(at);
    }

    static void setByte(CoreMemory memory, long at, byte value) {
        memory.setByte(at, value);
    }

    static void setShort(CoreMemory memory, long at, short value) {
        memory.setShort(at, value);
    }

    static void setInt(CoreMemory memory, long at, int value) {
        memory.setInt(at, value);
    }

    static void setLong(CoreMemory memory, long at, long value) {
        memory.setLong(at, value);
    }

    static void setFloat(CoreMemory memory, long at, float value) {
        memory.setFloat(at, value);
    }

    static void setDouble(CoreMemory memory, long at, double value) {
        memory.setDouble(at, value);
    }
}
