package tenon.runtime.abi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.core.CoreMemory;
import tenon.runtime.table.ResourceHandle;
import tenon.types.component.Layout;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;

/** From Java to core values and memory: CanonicalABI.md, "Storing", "Flat Lowering", "Lifting and Lowering Values". */
public final class Lower {
    private static final String SECTION = "Lifting and Lowering Values";

    private Lower() {}

    /**
     * Lowers a call's arguments: {@code lower_flat_values} without an out-parameter.
     *
     * @param tuples the layout of all of them, should there be more than {@code maxFlat} core values
     */
    public static void values(
            LiftLowerContext cx,
            int maxFlat,
            Object[] values,
            List<Shape> shapes,
            PerPointer<Layout.Fields> tuples,
            FlatValues flat) {
        if (Lift.flatCount(shapes) > maxFlat) {
            Layout.Fields tuple = tuples.of(cx.pointer());
            long address = cx.allocate(tuple.whole().alignment(), tuple.whole().size());
            for (int i = 0; i < values.length; i++) {
                store(cx, values[i], shapes.get(i), address + tuple.offsets().get(i));
            }
            flat.addLong(address);
        } else {
            for (int i = 0; i < values.length; i++) {
                flat(cx, values[i], shapes.get(i), flat);
            }
        }
    }

    /** Lowers a result to where the caller wants it: {@code lower_flat_values} with an out-parameter. */
    public static void result(LiftLowerContext cx, Object value, Shape shape, long address) {
        PointerType pointer = cx.pointer();
        cx.check(address, shape.size(pointer), shape.alignment(pointer), "pointer out of bounds of memory", SECTION);
        store(cx, value, shape, address);
    }

    /** Writes a value; {@code address} is aligned, and the value's bytes lie in memory: {@code store}. */
    public static void store(LiftLowerContext cx, Object value, Shape shape, long address) {
        switch (shape) {
            case Shape.Scalar scalar ->
                storeScalar(
                        cx.memory(),
                        address,
                        scalar.primitive(),
                        scalar.wrapper().unwrap(value));
            case Shape.Text text ->
                storeRange(cx, address, Strings.store(cx, text.form().take(value)));
            case Shape.Numbers numbers -> storeRange(cx, address, Numbers.store(cx, value, numbers));
            case Shape.Elements list -> storeRange(cx, address, elements(cx, value, list));
            case Shape.Product product -> {
                Object[] fields = product.form().take(value);
                int[] offsets = product.offsets().of(cx.pointer());
                for (int i = 0; i < fields.length; i++) {
                    store(cx, fields[i], product.fields().get(i), address + offsets[i]);
                }
            }
            case Shape.Sum sum -> {
                int index = sum.form().index(value);
                storeUnsigned(cx.memory(), address, sum.discriminantSize(), index);
                Shape payload = sum.payload(index);
                if (payload != null) {
                    int offset = sum.payloadOffset().of(cx.pointer());
                    store(cx, payloadOf(sum, value, index), payload, address + offset);
                }
            }
            case Shape.Flags flags ->
                storeUnsigned(cx.memory(), address, flags.size(), flags.form().bits(value));
            case Shape.Handle handle -> cx.memory().setInt(address, handle(cx, value, handle));
            case Shape.AsyncValue async -> cx.memory().setInt(address, AsyncValues.lower(cx, value, async));
        }
    }

    /** Writes a value as core values: {@code lower_flat}. */
    public static void flat(LiftLowerContext cx, Object value, Shape shape, FlatValues flat) {
        switch (shape) {
            case Shape.Scalar scalar ->
                flat.addLong(flatScalar(scalar.primitive(), scalar.wrapper().unwrap(value)));
            case Shape.Text text -> addRange(flat, Strings.store(cx, text.form().take(value)));
            case Shape.Numbers numbers -> addRange(flat, Numbers.store(cx, value, numbers));
            case Shape.Elements list -> addRange(flat, elements(cx, value, list));
            case Shape.Product product -> {
                Object[] fields = product.form().take(value);
                for (int i = 0; i < fields.length; i++) {
                    flat(cx, fields[i], product.fields().get(i), flat);
                }
            }
            case Shape.Sum sum -> {
                int after = flat.position() + sum.flatCount();
                int index = sum.form().index(value);
                flat.addInt(index);
                Shape payload = sum.payload(index);
                if (payload != null) {
                    flat(cx, payloadOf(sum, value, index), payload, flat);
                }
                flat.position(after);
            }
            case Shape.Flags flags -> flat.addInt(flags.form().bits(value));
            case Shape.Handle handle -> flat.addInt(handle(cx, value, handle));
            case Shape.AsyncValue async -> flat.addInt(AsyncValues.lower(cx, value, async));
        }
    }

    private static Object payloadOf(Shape.Sum sum, Object value, int index) {
        @Nullable Object payload = sum.form().payload(value, index);
        assert payload != null : "a case with a payload has one";
        return payload;
    }

    /** An address and a length in memory. */
    public static void storeRange(LiftLowerContext cx, long address, Range range) {
        cx.storePointer(address, range.address());
        cx.storePointer(address + cx.pointer().size(), range.length());
    }

    private static void addRange(FlatValues flat, Range range) {
        flat.addLong(range.address());
        flat.addLong(range.length());
    }

    /** An address and a length as one number: what two i32 in memory are. */
    public static long pair(int address, int length) {
        return Integer.toUnsignedLong(address) | (long) length << 32;
    }

    /** An unsigned integer of 1, 2 or 4 bytes. */
    static void storeUnsigned(CoreMemory memory, long address, int size, int value) {
        switch (size) {
            case 1 -> memory.setByte(address, (byte) value);
            case 2 -> memory.setShort(address, (short) value);
            default -> memory.setInt(address, value);
        }
    }

    private static void storeScalar(CoreMemory memory, long address, PrimitiveType type, Object boxed) {
        long bits = flatScalar(type, boxed);
        switch (type) {
            case BOOL, S8, U8 -> memory.setByte(address, (byte) bits);
            case S16, U16 -> memory.setShort(address, (short) bits);
            case S32, U32, F32, CHAR -> memory.setInt(address, (int) bits);
            case S64, U64, F64 -> memory.setLong(address, bits);
            case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
        }
    }

    private static long flatScalar(PrimitiveType type, Object boxed) {
        return switch (type) {
            case BOOL -> (Boolean) boxed ? 1 : 0;
            case S8 -> Integer.toUnsignedLong((Byte) boxed);
            case U8 -> (Byte) boxed & 0xff;
            case S16 -> Integer.toUnsignedLong((Short) boxed);
            case U16 -> (Short) boxed & 0xffff;
            case S32, U32 -> Integer.toUnsignedLong((Integer) boxed);
            case S64, U64 -> (Long) boxed;
            case F32 -> Integer.toUnsignedLong(Float.floatToIntBits((Float) boxed));
            case F64 -> Double.doubleToLongBits((Double) boxed);
            case CHAR -> character((Integer) boxed);
            case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
        };
    }

    /** The host's own Unicode scalar value. */
    public static int character(int value) {
        if (!Character.isValidCodePoint(value) || (value >= 0xD800 && value <= 0xDFFF)) {
            throw new IllegalArgumentException(
                    "0x" + Integer.toHexString(value) + " is no Unicode scalar value, which a `char` must be");
        }
        return value;
    }

    private static Range elements(LiftLowerContext cx, Object value, Shape.Elements list) {
        List<?> values = list.form().take(value);
        Shape element = list.element();
        long address = allocateList(cx, values.size(), element);
        int size = element.size(cx.pointer());
        long at = address;
        for (Object each : values) {
            store(cx, each, element, at);
            at += size;
        }
        return new Range(address, values.size());
    }

    /** Room for a list's elements. */
    private static long allocateList(LiftLowerContext cx, int length, Shape element) {
        // what comes from a 32-bit memory may be twice as long in a 64-bit one
        requireShort((long) length * element.size(PointerType.I32));
        return cx.allocate(element.alignment(cx.pointer()), (long) length * element.size(cx.pointer()));
    }

    /** Room for a list of numbers; sizes in bytes. */
    static long allocateNumbers(LiftLowerContext cx, int length, int size) {
        long bytes = (long) length * size;
        requireShort(bytes);
        return cx.allocate(size, bytes);
    }

    private static void requireShort(long bytes) {
        if (bytes > Lift.MAX_LIST_BYTE_LENGTH) {
            throw new IllegalArgumentException(
                    "a list of " + bytes + " bytes is longer than the Canonical ABI allows, 2^28-1 bytes");
        }
    }

    private static int handle(LiftLowerContext cx, Object value, Shape.Handle shape) {
        return switch (shape.resource()) {
            case Shape.ResourceKind.Host host -> hostHandle(cx, shape.form().takeHost(value), host, shape.own());
            case Shape.ResourceKind.Guest guest -> {
                int rep = shape.form().take(cx, guest, value, shape.own());
                yield shape.own() ? own(cx, guest, rep) : borrow(cx, guest, rep);
            }
        };
    }

    /** {@code lower_own} and {@code lower_borrow} of a resource that the host implements. */
    static int hostHandle(LiftLowerContext cx, Object value, Shape.ResourceKind.Host host, boolean own) {
        Object object = host.java().cast(value);
        ResourceHandle handle = own
                ? ResourceHandle.own(host.type(), 0, object)
                : ResourceHandle.borrow(host.type(), 0, object, cx.task());
        return cx.instance().handles().add(handle);
    }

    /** {@code lower_own}. */
    static int own(LiftLowerContext cx, Shape.ResourceKind.Guest guest, int rep) {
        return cx.instance().handles().add(ResourceHandle.own(guest.type(), rep, null));
    }

    /** {@code lower_borrow}: the implementing instance sees the representation itself. */
    static int borrow(LiftLowerContext cx, Shape.ResourceKind.Guest guest, int rep) {
        if (cx.instance().index() == guest.instance()) {
            return rep;
        }
        return cx.instance().handles().add(ResourceHandle.borrow(guest.type(), rep, null, cx.task()));
    }
}
