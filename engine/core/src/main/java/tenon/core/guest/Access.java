package tenon.core.guest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Loads and stores. Addresses and offsets are bytes, offsets less than 2 GiB; beyond the memory's end the array's own
 * check throws. Stores into a memory that is to be reset mark the page of {@code 1 << PAGE} bytes that they begin in.
 */
public final class Access {
    /** Binary logarithm of the bytes that share a dirty mark. */
    public static final int PAGE = 12;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle CHAR = view(char[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private Access() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The index of an access. An address of 2 GiB and more is negative and out of bounds: without an offset the array finds
     * that itself; with one, the sum could wrap around to an index that exists. A test of the sign is what the JIT joins for
     * accesses with one base, and costs less than folding the sign into the index.
     */
    private static int at(int address, int offset) {
        if (offset != 0 && address < 0) {
            throw beyond(address);
        }
        return address + offset;
    }

    private static IndexOutOfBoundsException beyond(int address) {
        return new IndexOutOfBoundsException("address 0x" + Integer.toHexString(address));
    }

    public static int i32Load(int address, int offset, byte[] memory) {
        return (int) INT.get(memory, at(address, offset));
    }

    public static long i64Load(int address, int offset, byte[] memory) {
        return (long) LONG.get(memory, at(address, offset));
    }

    public static float f32Load(int address, int offset, byte[] memory) {
        return Float.intBitsToFloat((int) INT.get(memory, at(address, offset)));
    }

    public static double f64Load(int address, int offset, byte[] memory) {
        return Double.longBitsToDouble((long) LONG.get(memory, at(address, offset)));
    }

    public static int i32Load8S(int address, int offset, byte[] memory) {
        return memory[at(address, offset)];
    }

    public static int i32Load8U(int address, int offset, byte[] memory) {
        return memory[at(address, offset)] & 0xff;
    }

    public static int i32Load16S(int address, int offset, byte[] memory) {
        return (short) SHORT.get(memory, at(address, offset));
    }

    public static int i32Load16U(int address, int offset, byte[] memory) {
        return (char) CHAR.get(memory, at(address, offset));
    }

    public static long i64Load8S(int address, int offset, byte[] memory) {
        return memory[at(address, offset)];
    }

    public static long i64Load8U(int address, int offset, byte[] memory) {
        return memory[at(address, offset)] & 0xff;
    }

    public static long i64Load16S(int address, int offset, byte[] memory) {
        return (short) SHORT.get(memory, at(address, offset));
    }

    public static long i64Load16U(int address, int offset, byte[] memory) {
        return (char) CHAR.get(memory, at(address, offset));
    }

    public static long i64Load32S(int address, int offset, byte[] memory) {
        return (int) INT.get(memory, at(address, offset));
    }

    public static long i64Load32U(int address, int offset, byte[] memory) {
        return (int) INT.get(memory, at(address, offset)) & 0xffff_ffffL;
    }

    public static void i32Store(int address, int value, int offset, byte[] memory) {
        INT.set(memory, at(address, offset), value);
    }

    public static void i32Store(int address, int value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        INT.set(memory, at, value);
        marks[at >>> PAGE] = 1;
    }

    public static void i64Store(int address, long value, int offset, byte[] memory) {
        LONG.set(memory, at(address, offset), value);
    }

    public static void i64Store(int address, long value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        LONG.set(memory, at, value);
        marks[at >>> PAGE] = 1;
    }

    public static void f32Store(int address, float value, int offset, byte[] memory) {
        INT.set(memory, at(address, offset), Float.floatToRawIntBits(value));
    }

    public static void f32Store(int address, float value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        INT.set(memory, at, Float.floatToRawIntBits(value));
        marks[at >>> PAGE] = 1;
    }

    public static void f64Store(int address, double value, int offset, byte[] memory) {
        LONG.set(memory, at(address, offset), Double.doubleToRawLongBits(value));
    }

    public static void f64Store(int address, double value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        LONG.set(memory, at, Double.doubleToRawLongBits(value));
        marks[at >>> PAGE] = 1;
    }

    public static void i32Store8(int address, int value, int offset, byte[] memory) {
        memory[at(address, offset)] = (byte) value;
    }

    public static void i32Store8(int address, int value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        memory[at] = (byte) value;
        marks[at >>> PAGE] = 1;
    }

    public static void i32Store16(int address, int value, int offset, byte[] memory) {
        SHORT.set(memory, at(address, offset), (short) value);
    }

    public static void i32Store16(int address, int value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        SHORT.set(memory, at, (short) value);
        marks[at >>> PAGE] = 1;
    }

    public static void i64Store8(int address, long value, int offset, byte[] memory) {
        memory[at(address, offset)] = (byte) value;
    }

    public static void i64Store8(int address, long value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        memory[at] = (byte) value;
        marks[at >>> PAGE] = 1;
    }

    public static void i64Store16(int address, long value, int offset, byte[] memory) {
        SHORT.set(memory, at(address, offset), (short) value);
    }

    public static void i64Store16(int address, long value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        SHORT.set(memory, at, (short) value);
        marks[at >>> PAGE] = 1;
    }

    public static void i64Store32(int address, long value, int offset, byte[] memory) {
        INT.set(memory, at(address, offset), (int) value);
    }

    public static void i64Store32(int address, long value, int offset, byte[] memory, byte[] marks) {
        int at = at(address, offset);
        INT.set(memory, at, (int) value);
        marks[at >>> PAGE] = 1;
    }
}
