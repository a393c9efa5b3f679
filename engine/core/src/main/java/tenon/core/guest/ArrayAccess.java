package tenon.core.guest;

import org.jspecify.annotations.Nullable;
import tenon.core.CoreArray;
import tenon.core.CoreInstance;
import tenon.core.Signature;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** Arrays, with operands in the order of the operand stack. WebAssembly 3.0, "Aggregate Instructions". */
public final class ArrayAccess {
    private ArrayAccess() {}

    private static CoreArray array(@Nullable Object reference) {
        if (reference == null) {
            throw new Trap(TrapKind.NULL_ARRAY_REFERENCE);
        }
        return (CoreArray) reference;
    }

    private static int inside(int at, int length) {
        if (Integer.compareUnsigned(at, length) >= 0) {
            throw new Trap(TrapKind.ARRAY_OUT_OF_BOUNDS);
        }
        return at;
    }

    public static int length(@Nullable Object reference) {
        return array(reference).length();
    }

    /** An array of one number, by its bits. */
    public static CoreArray ofNumber(long bits, int length, CoreInstance instance, Signature type) {
        CoreArray array = CoreArray.of(instance, type, length);
        if (bits != 0) {
            array.fill(0, bits, length);
        }
        return array;
    }

    /** An array of one reference. */
    public static CoreArray ofReference(@Nullable Object value, int length, CoreInstance instance, Signature type) {
        CoreArray array = CoreArray.of(instance, type, length);
        if (value != null) {
            array.fill(0, value, length);
        }
        return array;
    }

    public static CoreArray ofDefault(int length, CoreInstance instance, Signature type) {
        return CoreArray.of(instance, type, length);
    }

    public static CoreArray ofData(int from, int length, CoreInstance instance, Signature type, int segment) {
        return instance.newArrayOfData(type, segment, from, length);
    }

    public static CoreArray ofElements(int from, int length, CoreInstance instance, Signature type, int segment) {
        return instance.newArrayOfElements(type, segment, from, length);
    }

    public static void fillNumber(@Nullable Object reference, int at, long bits, int count) {
        array(reference).fill(at, bits, count);
    }

    public static void fillReference(@Nullable Object reference, int at, @Nullable Object value, int count) {
        array(reference).fill(at, value, count);
    }

    public static void copy(@Nullable Object target, int to, @Nullable Object source, int from, int count) {
        CoreArray into = array(target);
        into.copy(to, array(source), from, count);
    }

    public static void initData(
            @Nullable Object target, int to, int from, int count, CoreInstance instance, int segment) {
        instance.arrayInitData(array(target), segment, to, from, count);
    }

    public static void initElements(
            @Nullable Object target, int to, int from, int count, CoreInstance instance, int segment) {
        instance.arrayInitElements(array(target), segment, to, from, count);
    }

    public static int getI8(@Nullable Object reference, int at) {
        var elements = (byte[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setI8(@Nullable Object reference, int at, int value) {
        var elements = (byte[]) array(reference).elements();
        elements[inside(at, elements.length)] = (byte) value;
    }

    public static int getI16(@Nullable Object reference, int at) {
        var elements = (short[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setI16(@Nullable Object reference, int at, int value) {
        var elements = (short[]) array(reference).elements();
        elements[inside(at, elements.length)] = (short) value;
    }

    public static int getI32(@Nullable Object reference, int at) {
        var elements = (int[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setI32(@Nullable Object reference, int at, int value) {
        var elements = (int[]) array(reference).elements();
        elements[inside(at, elements.length)] = value;
    }

    public static long getI64(@Nullable Object reference, int at) {
        var elements = (long[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setI64(@Nullable Object reference, int at, long value) {
        var elements = (long[]) array(reference).elements();
        elements[inside(at, elements.length)] = value;
    }

    public static float getF32(@Nullable Object reference, int at) {
        var elements = (float[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setF32(@Nullable Object reference, int at, float value) {
        var elements = (float[]) array(reference).elements();
        elements[inside(at, elements.length)] = value;
    }

    public static double getF64(@Nullable Object reference, int at) {
        var elements = (double[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setF64(@Nullable Object reference, int at, double value) {
        var elements = (double[]) array(reference).elements();
        elements[inside(at, elements.length)] = value;
    }

    public static @Nullable Object getRef(@Nullable Object reference, int at) {
        var elements = (@Nullable Object[]) array(reference).elements();
        return elements[inside(at, elements.length)];
    }

    public static void setRef(@Nullable Object reference, int at, @Nullable Object value) {
        var elements = (@Nullable Object[]) array(reference).elements();
        elements[inside(at, elements.length)] = value;
    }
}
