package tenon.runtime.abi;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tenon.core.CoreMemory;
import tenon.runtime.table.ResourceHandle;
import tenon.runtime.table.Rule;
import tenon.types.component.Layout;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;

/** From core values and memory to Java: CanonicalABI.md, "Loading", "Flat Lifting", "Lifting and Lowering Values". */
public final class Lift {
    private static final String LOADING = "Loading";
    private static final String FLAT = "Flat Lifting";
    private static final String VALUES = "Lifting and Lowering Values";

    /** A list's bytes, at most: CanonicalABI.md, {@code MAX_LIST_BYTE_LENGTH}. */
    static final long MAX_LIST_BYTE_LENGTH = (1 << 28) - 1;

    /** What an element costs beside its bytes: a reference and the object that it refers to. */
    private static final int ELEMENT_COST = 16;

    private Lift() {}

    /**
     * Lifts values that follow each other: {@code lift_flat_values}.
     *
     * @param tuples the layout of all of them, should there be more than {@code maxFlat} core values
     */
    public static Object[] values(
            LiftLowerContext cx, int maxFlat, FlatValues flat, List<Shape> shapes, PerPointer<Layout.Fields> tuples) {
        Object[] values = new Object[shapes.size()];
        if (flatCount(shapes) > maxFlat) {
            Layout.Fields tuple = tuples.of(cx.pointer());
            long address = flat.nextPointer(cx.pointer());
            cx.check(
                    address,
                    tuple.whole().size(),
                    tuple.whole().alignment(),
                    "pointer out of bounds of memory",
                    VALUES);
            for (int i = 0; i < values.length; i++) {
                values[i] = load(cx, address + tuple.offsets().get(i), shapes.get(i));
            }
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = flat(cx, flat, shapes.get(i));
            }
        }
        return values;
    }

    /** How many core values the shapes flatten to; more than a function may have, if a shape is too big to be flat. */
    static int flatCount(List<Shape> shapes) {
        return shapes.stream().mapToInt(Shape::flatCount).sum();
    }

    /** Reads a value; {@code address} is aligned, and the value's bytes lie in memory: {@code load}. */
    public static Object load(LiftLowerContext cx, long address, Shape shape) {
        CoreMemory memory = cx.memory();
        return switch (shape) {
            case Shape.Scalar scalar -> scalar.wrapper().wrap(loadScalar(memory, address, scalar.primitive()));
            case Shape.Text text ->
                text.form().make(Strings.load(cx, cx.loadPointer(address), loadLength(cx, address)));
            case Shape.Numbers numbers -> Numbers.load(cx, cx.loadPointer(address), loadLength(cx, address), numbers);
            case Shape.Elements list -> elements(cx, cx.loadPointer(address), loadLength(cx, address), list);
            case Shape.Product product -> {
                Object[] fields = new Object[product.fields().size()];
                int[] offsets = product.offsets().of(cx.pointer());
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = load(cx, address + offsets[i], product.fields().get(i));
                }
                yield product.form().make(fields);
            }
            case Shape.Sum sum -> {
                int index = loadUnsigned(memory, address, sum.discriminantSize());
                Shape payload = payload(sum, index, LOADING);
                int offset = sum.payloadOffset().of(cx.pointer());
                yield sum.form().make(index, payload == null ? null : load(cx, address + offset, payload));
            }
            case Shape.Flags flags -> flags.form().make(loadUnsigned(memory, address, flags.size()) & mask(flags));
            case Shape.Handle handle -> handle(cx, memory.getInt(address), handle);
            case Shape.AsyncValue async -> AsyncValues.lift(cx, memory.getInt(address), async);
        };
    }

    /** What follows the address of a string or list. */
    private static long loadLength(LiftLowerContext cx, long address) {
        return cx.loadPointer(address + cx.pointer().size());
    }

    /** Reads a value from core values: {@code lift_flat}. */
    public static Object flat(LiftLowerContext cx, FlatValues values, Shape shape) {
        PointerType pointer = cx.pointer();
        return switch (shape) {
            case Shape.Scalar scalar -> scalar.wrapper().wrap(flatScalar(values.nextLong(), scalar.primitive()));
            case Shape.Text text ->
                text.form().make(Strings.load(cx, values.nextPointer(pointer), values.nextPointer(pointer)));
            case Shape.Numbers numbers ->
                Numbers.load(cx, values.nextPointer(pointer), values.nextPointer(pointer), numbers);
            case Shape.Elements list -> elements(cx, values.nextPointer(pointer), values.nextPointer(pointer), list);
            case Shape.Product product -> {
                Object[] fields = new Object[product.fields().size()];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = flat(cx, values, product.fields().get(i));
                }
                yield product.form().make(fields);
            }
            case Shape.Sum sum -> {
                int after = values.position() + sum.flatCount();
                int index = values.nextInt();
                Shape payload = payload(sum, index, FLAT);
                Object value = sum.form().make(index, payload == null ? null : flat(cx, values, payload));
                values.position(after);
                yield value;
            }
            case Shape.Flags flags -> flags.form().make(values.nextInt() & mask(flags));
            case Shape.Handle handle -> handle(cx, values.nextInt(), handle);
            case Shape.AsyncValue async -> AsyncValues.lift(cx, values.nextInt(), async);
        };
    }

    private static @Nullable Shape payload(Shape.Sum sum, int index, String section) {
        if (Integer.compareUnsigned(index, sum.cases().size()) >= 0) {
            throw Rule.trap("invalid variant discriminant", section);
        }
        return sum.payload(index);
    }

    private static int mask(Shape.Flags flags) {
        return -1 >>> (32 - flags.flags().labels().size());
    }

    /** An unsigned integer of 1, 2 or 4 bytes. */
    static int loadUnsigned(CoreMemory memory, long address, int size) {
        return switch (size) {
            case 1 -> memory.getByte(address) & 0xff;
            case 2 -> memory.getShort(address) & 0xffff;
            default -> memory.getInt(address);
        };
    }

    private static Object loadScalar(CoreMemory memory, long address, PrimitiveType type) {
        return switch (type) {
            case BOOL, S8, U8 -> flatScalar(memory.getByte(address), type);
            case S16, U16 -> flatScalar(memory.getShort(address), type);
            case S32, U32, F32, CHAR -> flatScalar(memory.getInt(address), type);
            case S64, U64, F64 -> flatScalar(memory.getLong(address), type);
            case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
        };
    }

    private static Object flatScalar(long bits, PrimitiveType type) {
        return switch (type) {
            case BOOL -> (int) bits != 0;
            case S8, U8 -> (byte) bits;
            case S16, U16 -> (short) bits;
            case S32, U32 -> (int) bits;
            case S64, U64 -> bits;
            case F32 -> canonical(Float.intBitsToFloat((int) bits));
            case F64 -> canonical(Double.longBitsToDouble(bits));
            case CHAR -> character((int) bits);
            case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
        };
    }

    /** The number, or the canonical NaN. */
    public static float canonical(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    /** The number, or the canonical NaN. */
    public static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    /** A Unicode scalar value, or a trap: {@code convert_i32_to_char}. */
    public static int character(int value) {
        if (Integer.compareUnsigned(value, Character.MAX_CODE_POINT) > 0 || (value >= 0xD800 && value <= 0xDFFF)) {
            throw Rule.trap("invalid `char` bit pattern", LOADING);
        }
        return value;
    }

    private static Object elements(LiftLowerContext cx, long address, long length, Shape.Elements list) {
        Shape element = list.element();
        int size = element.size(cx.pointer());
        checkElements(cx, address, length, size, element.alignment(cx.pointer()));
        Object[] values = new Object[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = load(cx, address + (long) i * size, element);
        }
        return list.form().make(values);
    }

    /** Checks where a list's elements lie, and counts them; address and length are unsigned. */
    public static void checkElements(LiftLowerContext cx, long address, long length, int size, int alignment) {
        checkList(cx, address, length, size, alignment);
        cx.instance().countLifted(length * ELEMENT_COST);
    }

    /** {@code load_list_from_range}, its checks; address and length are unsigned, and the length is below 2²⁸ afterwards. */
    public static void checkList(LiftLowerContext cx, long address, long length, int size, int alignment) {
        // the product of what is longer than that may not fit a long
        if (Long.compareUnsigned(length, MAX_LIST_BYTE_LENGTH) > 0 || length * size > MAX_LIST_BYTE_LENGTH) {
            throw Rule.trap("list content out-of-bounds: more than 2^28-1 bytes", LOADING);
        }
        cx.check(address, length * size, alignment, "list content out-of-bounds", LOADING);
        cx.instance().countLifted(length * size);
    }

    private static Object handle(LiftLowerContext cx, int index, Shape.Handle shape) {
        ResourceHandle handle = shape.own() ? own(cx, index, shape) : borrow(cx, index, shape);
        return switch (shape.resource()) {
            case Shape.ResourceKind.Host _ -> shape.form().makeHost(Objects.requireNonNull(handle.object()));
            case Shape.ResourceKind.Guest guest -> shape.form().make(cx, guest, handle.rep(), shape.own());
        };
    }

    /** {@code lift_own}. */
    static ResourceHandle own(LiftLowerContext cx, int index, Shape.Handle shape) {
        ResourceHandle handle = ResourceHandle.remove(
                cx.instance().handles(), index, shape.resource().type());
        Rule.trapIf(!handle.owns(), "cannot lift a borrow where an own is expected", LOADING);
        return handle;
    }

    /** {@code lift_borrow}. */
    static ResourceHandle borrow(LiftLowerContext cx, int index, Shape.Handle shape) {
        ResourceHandle handle = ResourceHandle.get(
                cx.instance().handles(), index, shape.resource().type());
        cx.subtask().addLender(handle);
        return handle;
    }
}
