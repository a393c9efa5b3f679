package tenon.runtime.abi;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Lists of numbers as Java arrays, moved in one go: CanonicalABI.md, {@code load_list} and {@code store_list}. */
public final class Numbers {
    private Numbers() {}

    /** Reads a list. */
    public static Object load(LiftLowerContext cx, long address, long count, Shape.Numbers shape) {
        int size = shape.elementSize();
        Lift.checkList(cx, address, count, size, size);
        int length = (int) count;
        if (shape.component() == byte.class) {
            return cx.memory().read(address, length);
        }
        ByteBuffer in = cx.view(address, length * size);
        Object array = Array.newInstance(shape.component(), length);
        switch (array) {
            case short[] shorts -> in.asShortBuffer().get(shorts);
            case int[] ints -> in.asIntBuffer().get(ints);
            case long[] longs -> in.asLongBuffer().get(longs);
            case float[] floats -> {
                in.asFloatBuffer().get(floats);
                for (int i = 0; i < length; i++) {
                    floats[i] = Lift.canonical(floats[i]);
                }
            }
            case double[] doubles -> {
                in.asDoubleBuffer().get(doubles);
                for (int i = 0; i < length; i++) {
                    doubles[i] = Lift.canonical(doubles[i]);
                }
            }
            default -> throw new AssertionError(shape.component());
        }
        return array;
    }

    /** Moves a list from one memory to another, its NaNs made canonical. */
    public static Range transfer(
            LiftLowerContext from, LiftLowerContext to, long address, long length, Shape.Numbers shape) {
        return store(to, load(from, address, length, shape), shape);
    }

    /** Writes a list of bytes. */
    public static Range storeBytes(LiftLowerContext cx, byte[] bytes) {
        long address = Lower.allocateNumbers(cx, bytes.length, 1);
        cx.memory().write(address, bytes);
        return new Range(address, bytes.length);
    }

    /** Writes a list. */
    public static Range store(LiftLowerContext cx, Object array, Shape.Numbers shape) {
        if (array instanceof byte[] bytes) {
            return storeBytes(cx, bytes);
        }
        int length = Array.getLength(array);
        int size = shape.elementSize();
        long address = Lower.allocateNumbers(cx, length, size);
        byte[] bytes = new byte[length * size];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (array) {
            case short[] shorts -> out.asShortBuffer().put(shorts);
            case int[] ints -> out.asIntBuffer().put(ints);
            case long[] longs -> out.asLongBuffer().put(longs);
            case float[] floats -> {
                for (float value : floats) {
                    out.putInt(Float.floatToIntBits(value));
                }
            }
            case double[] doubles -> {
                for (double value : doubles) {
                    out.putLong(Double.doubleToLongBits(value));
                }
            }
            default -> throw new AssertionError(array.getClass());
        }
        cx.memory().write(address, bytes);
        return new Range(address, length);
    }
}
