package tenon.core;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.VecType;

/**
 * An array: WebAssembly 3.0, "Aggregate Instances". Confined to its store. The elements are an array of the JVM: of bytes for
 * i8, shorts for i16, and as the value types' own for all others.
 */
public final class CoreArray {
    /** Bytes of the object and its array, without elements. */
    private static final int HEADERS = 48;

    private final Signature type;
    private final Object elements;

    /** What keeps the count of the bytes alive. */
    private final GuestHeap.Share share;

    private CoreArray(Signature type, Object elements, GuestHeap.Share share) {
        this.type = type;
        this.elements = elements;
        this.share = share;
    }

    /** An array of zeros or nulls; {@code length} is unsigned. */
    public static CoreArray of(CoreInstance instance, Signature type, int length) {
        FieldType.Storage storage = ((ArrayType) type.composite()).element().storage();
        if (length < 0) {
            throw new Trap(
                    TrapKind.OUT_OF_MEMORY,
                    "allocation size too large: an array of " + Integer.toUnsignedString(length)
                            + " elements, expected at most " + Integer.MAX_VALUE);
        }
        GuestHeap.Share share = instance.heap().share(HEADERS + (long) length * bytes(storage));
        try {
            return new CoreArray(type, Array.newInstance(component(storage), length), share);
        } catch (OutOfMemoryError _) {
            throw new Trap(
                    TrapKind.OUT_OF_MEMORY,
                    "allocation size too large: the host has no room for an array of " + length + " elements");
        }
    }

    private static Class<?> component(FieldType.Storage storage) {
        return switch (storage) {
            case FieldType.Storage.Packed.I8 -> byte.class;
            case FieldType.Storage.Packed.I16 -> short.class;
            case FieldType.Storage.Value(var value) -> JvmTypes.of(value);
        };
    }

    /** Bytes of an element, in data segments and in the heap. */
    static int bytes(FieldType.Storage storage) {
        return switch (storage) {
            case FieldType.Storage.Packed.I8 -> 1;
            case FieldType.Storage.Packed.I16 -> 2;
            case FieldType.Storage.Value(var value) ->
                switch (value) {
                    case NumType.I32, NumType.F32 -> 4;
                    case NumType.I64, NumType.F64 -> 8;
                    case VecType _ -> 16;
                    case RefType _ -> 4;
                };
        };
    }

    public Signature type() {
        return type;
    }

    /** For compiled code: the array of the JVM that holds the elements. */
    public Object elements() {
        return elements;
    }

    /** How many elements there are. */
    public int length() {
        return Array.getLength(elements);
    }

    private void check(int at, int count) {
        if (Integer.toUnsignedLong(at) + Integer.toUnsignedLong(count) > length()) {
            throw new Trap(TrapKind.ARRAY_OUT_OF_BOUNDS);
        }
        share.poll(count);
    }

    /** {@code array.fill} with a number's bits; all operands are unsigned. */
    public void fill(int at, long bits, int count) {
        check(at, count);
        int to = at + count;
        switch (elements) {
            case byte[] own -> Arrays.fill(own, at, to, (byte) bits);
            case short[] own -> Arrays.fill(own, at, to, (short) bits);
            case int[] own -> Arrays.fill(own, at, to, (int) bits);
            case long[] own -> Arrays.fill(own, at, to, bits);
            case float[] own -> Arrays.fill(own, at, to, Float.intBitsToFloat((int) bits));
            case double[] own -> Arrays.fill(own, at, to, Double.longBitsToDouble(bits));
            default -> throw new AssertionError(elements);
        }
    }

    /** {@code array.fill} with a reference. */
    public void fill(int at, @Nullable Object value, int count) {
        check(at, count);
        Arrays.fill((@Nullable Object[]) elements, at, at + count, value);
    }

    /** {@code array.copy} from this or another array of the same storage. */
    public void copy(int to, CoreArray source, int from, int count) {
        check(to, count);
        source.check(from, count);
        System.arraycopy(source.elements, from, elements, to, count);
    }

    /** {@code array.init_elem}: takes values of a segment. */
    void init(int to, @Nullable Object[] segment, int from, int count) {
        check(to, count);
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(count) > segment.length) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        System.arraycopy(segment, from, elements, to, count);
    }

    /** {@code array.init_data}: takes elements of a segment whose bytes lie from {@code start} to {@code end}. */
    void init(int to, byte[] bytes, int start, int end, int from, int count) {
        check(to, count);
        long length = Integer.toUnsignedLong(count)
                * bytes(((ArrayType) type.composite()).element().storage());
        if (Integer.toUnsignedLong(from) + length > end - start) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        ByteBuffer source = ByteBuffer.wrap(bytes, start + from, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        switch (elements) {
            case byte[] own -> source.get(own, to, count);
            case short[] own -> source.asShortBuffer().get(own, to, count);
            case int[] own -> source.asIntBuffer().get(own, to, count);
            case long[] own -> source.asLongBuffer().get(own, to, count);
            // not as floats, since a NaN's payload might change on the way
            case float[] own -> {
                for (int i = 0; i < count; i++) {
                    own[to + i] = Float.intBitsToFloat(source.getInt());
                }
            }
            case double[] own -> {
                for (int i = 0; i < count; i++) {
                    own[to + i] = Double.longBitsToDouble(source.getLong());
                }
            }
            default -> throw new AssertionError(elements);
        }
    }
}
