package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import tenon.types.component.PointerType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/** Core functions called, and offered, with each value as its bits in a {@code long}: how the interpreted form speaks to code. */
public final class CoreCall {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle FLOAT_OF = find("floatOf", float.class, long.class);
    private static final MethodHandle DOUBLE_OF = find("doubleOf", double.class, long.class);
    private static final MethodHandle INT_OF = find("intOf", int.class, long.class);
    private static final MethodHandle BITS_OF_INT = find("bitsOf", long.class, int.class);
    private static final MethodHandle BITS_OF_FLOAT = find("bitsOf", long.class, float.class);
    private static final MethodHandle BITS_OF_DOUBLE = find("bitsOf", long.class, double.class);

    private CoreCall() {}

    private static MethodHandle find(String name, Class<?> result, Class<?> parameter) {
        try {
            return LOOKUP.findStatic(CoreCall.class, name, MethodType.methodType(result, parameter));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    static float floatOf(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    static double doubleOf(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static int intOf(long bits) {
        return (int) bits;
    }

    static long bitsOf(int value) {
        return Integer.toUnsignedLong(value);
    }

    static long bitsOf(float value) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    static long bitsOf(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** The Java type of a core number type. */
    public static Class<?> java(ValType type) {
        return switch ((NumType) type) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
        };
    }

    /** The Java type of a core function type that has at most one result. */
    public static MethodType java(FuncType type) {
        return MethodType.methodType(
                type.results().isEmpty() ? void.class : java(type.results().getFirst()),
                type.params().stream().<Class<?>>map(CoreCall::java).toList());
    }

    /** A core function as {@code (long[]) → long}; without a result it gives 0. */
    public static MethodHandle ofBits(MethodHandle core) {
        MethodType type = core.type();
        MethodHandle bits = core;
        for (int i = 0; i < type.parameterCount(); i++) {
            Class<?> wanted = type.parameterType(i);
            if (wanted == int.class) {
                bits = MethodHandles.filterArguments(bits, i, INT_OF);
            } else if (wanted == float.class) {
                bits = MethodHandles.filterArguments(bits, i, FLOAT_OF);
            } else if (wanted == double.class) {
                bits = MethodHandles.filterArguments(bits, i, DOUBLE_OF);
            }
        }
        if (type.returnType() == void.class) {
            bits = MethodHandles.filterReturnValue(bits, MethodHandles.constant(long.class, 0L));
        } else {
            bits = toBits(bits);
        }
        return bits.asSpreader(long[].class, type.parameterCount());
    }

    private static MethodHandle toBits(MethodHandle handle) {
        Class<?> result = handle.type().returnType();
        if (result == int.class) {
            return MethodHandles.filterReturnValue(handle, BITS_OF_INT);
        }
        if (result == float.class) {
            return MethodHandles.filterReturnValue(handle, BITS_OF_FLOAT);
        }
        return result == double.class ? MethodHandles.filterReturnValue(handle, BITS_OF_DOUBLE) : handle;
    }

    /**
     * What looks like a core function with a context behind its parameters.
     *
     * @param bits of type {@code (Object context, long[]) → long}
     * @return a handle of type {@code (parameters…, Object context) → result}
     */
    public static MethodHandle withContext(MethodHandle bits, FuncType type) {
        MethodType java = java(type);
        int count = java.parameterCount();
        MethodHandle handle = bits.asCollector(long[].class, count);
        for (int i = 0; i < count; i++) {
            Class<?> given = java.parameterType(i);
            if (given == int.class) {
                handle = MethodHandles.filterArguments(handle, i + 1, BITS_OF_INT);
            } else if (given == float.class) {
                handle = MethodHandles.filterArguments(handle, i + 1, BITS_OF_FLOAT);
            } else if (given == double.class) {
                handle = MethodHandles.filterArguments(handle, i + 1, BITS_OF_DOUBLE);
            }
        }
        Class<?> result = java.returnType();
        if (result == void.class) {
            handle = handle.asType(handle.type().changeReturnType(void.class));
        } else if (result == int.class) {
            handle = MethodHandles.filterReturnValue(handle, INT_OF);
        } else if (result == float.class) {
            handle = MethodHandles.filterReturnValue(handle, FLOAT_OF);
        } else if (result == double.class) {
            handle = MethodHandles.filterReturnValue(handle, DOUBLE_OF);
        }
        int[] order = new int[count + 1];
        order[0] = count;
        for (int i = 0; i < count; i++) {
            order[i + 1] = i;
        }
        return MethodHandles.permuteArguments(handle, java.appendParameterTypes(Object.class), order);
    }

    /** A handle that takes some of its addresses and lengths as the unsigned ints that they are in a 32-bit memory, if it is one. */
    static MethodHandle withPointers(MethodHandle handle, PointerType pointer, int... positions) {
        MethodHandle result = handle;
        if (pointer == PointerType.I32) {
            for (int position : positions) {
                result = MethodHandles.filterArguments(result, position, BITS_OF_INT);
            }
        }
        return result;
    }

    /** A handle that gives its int as the unsigned number of 64 bits that it is beside a 64-bit memory, if it is one. */
    static MethodHandle givingPointer(MethodHandle handle, PointerType pointer) {
        return pointer == PointerType.I32 ? handle : MethodHandles.filterReturnValue(handle, BITS_OF_INT);
    }

    /** Calls a handle of type {@code (long[]) → long}. */
    static long call(MethodHandle bits, long[] arguments) {
        try {
            return (long) bits.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("core functions throw no checked exceptions", e);
        }
    }
}
