package tenon.script;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tenon.core.CoreArray;
import tenon.core.CoreFunction;
import tenon.core.CoreI31;
import tenon.core.CoreStruct;
import tenon.core.GuestException;
import tenon.text.script.ComponentValue;
import tenon.text.script.ResultPattern;
import tenon.text.script.Value;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;
import tenon.types.core.VecType;

/** Results of an action against what a script expects of them. A result is an {@link Integer}, {@link Long}, {@link Float}, {@link Double}, or a reference. */
final class Results {
    private static final int F32_EXPONENT = 0x7f80_0000;
    private static final int F32_QUIET = 0x0040_0000;
    private static final long F64_EXPONENT = 0x7ff0_0000_0000_0000L;
    private static final long F64_QUIET = 0x0008_0000_0000_0000L;

    private Results() {}

    /** What a function of the JVM's types returned, one object for each result of {@code types}. */
    static List<@Nullable Object> of(List<ValType> types, @Nullable Object returned) {
        var results = new ArrayList<@Nullable Object>();
        if (types.size() == 1) {
            results.add(returned);
        } else if (returned instanceof long[] bits) {
            for (int i = 0; i < bits.length; i++) {
                results.add(number((NumType) types.get(i), bits[i]));
            }
        } else if (returned instanceof Object[] boxed) {
            results.addAll(java.util.Arrays.asList(boxed));
        }
        if (results.size() != types.size()) {
            throw new AssertionError(types + " gave " + results.size() + " results");
        }
        return results;
    }

    /** A number from its bits. */
    static Object number(NumType type, long bits) {
        return switch (type) {
            case I32 -> (int) bits;
            case I64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }

    /** Nothing if the results are as expected, else what was found and expected. */
    static Optional<String> compare(List<@Nullable Object> found, List<ResultPattern> expected) {
        boolean same = found.size() == expected.size();
        for (int i = 0; same && i < found.size(); i++) {
            same = matches(found.get(i), expected.get(i));
        }
        return same
                ? Optional.empty()
                : Optional.of("result mismatch: found " + text(found) + ", expected " + expectation(expected));
    }

    private static boolean matches(@Nullable Object found, ResultPattern expected) {
        return switch (expected) {
            case ResultPattern.Exactly(Value value) -> equal(found, value);
            case ResultPattern.CanonicalNan(NumType type) -> nan(found, type, true);
            case ResultPattern.ArithmeticNan(NumType type) -> nan(found, type, false);
            case ResultPattern.RefOf(HeapType.Abstract heap) -> isReference(found, heap);
            case ResultPattern.RefFunc _ -> isReference(found, HeapType.Abstract.FUNC);
            case ResultPattern.Either(List<ResultPattern> patterns) ->
                patterns.stream().anyMatch(pattern -> matches(found, pattern));
            case ResultPattern.Lanes _ -> throw new ScriptException("vectors (SIMD) are not supported");
        };
    }

    private static boolean equal(@Nullable Object found, Value expected) {
        return switch (expected) {
            case Value.I32(int value) -> found instanceof Integer number && number == value;
            case Value.I64(long value) -> found instanceof Long number && number == value;
            case Value.F32(int bits) -> found instanceof Float number && Float.floatToRawIntBits(number) == bits;
            case Value.F64(long bits) -> found instanceof Double number && Double.doubleToRawLongBits(number) == bits;
            case Value.RefNull _ -> found == null;
            case Value.RefExtern(int number) -> new HostReference(number).equals(found);
            case Value.RefHost(int number) -> new HostReference(number).equals(found);
            case Value.V128 _ -> throw new ScriptException("vectors (SIMD) are not supported");
            case ComponentValue component ->
                throw new ScriptException("value " + component + " is not one of a core module");
        };
    }

    /** WebAssembly 3.0, "Floating-Point Operations / NaN Propagation": the payloads that are canonical or arithmetic. */
    private static boolean nan(@Nullable Object found, NumType type, boolean canonical) {
        return switch (type) {
            case F32 -> {
                if (!(found instanceof Float number)) {
                    yield false;
                }
                int bits = Float.floatToRawIntBits(number) & Integer.MAX_VALUE;
                yield canonical
                        ? bits == (F32_EXPONENT | F32_QUIET)
                        : (bits & (F32_EXPONENT | F32_QUIET)) == (F32_EXPONENT | F32_QUIET);
            }
            case F64 -> {
                if (!(found instanceof Double number)) {
                    yield false;
                }
                long bits = Double.doubleToRawLongBits(number) & Long.MAX_VALUE;
                yield canonical
                        ? bits == (F64_EXPONENT | F64_QUIET)
                        : (bits & (F64_EXPONENT | F64_QUIET)) == (F64_EXPONENT | F64_QUIET);
            }
            case I32, I64 -> throw new ScriptException("an integer can not be NaN");
        };
    }

    private static boolean isReference(@Nullable Object found, HeapType.Abstract heap) {
        if (found == null) {
            return false;
        }
        return switch (heap) {
            case FUNC -> found instanceof CoreFunction;
            case EXTERN -> found instanceof HostReference || isReference(found, HeapType.Abstract.EQ);
            case ANY -> isReference(found, HeapType.Abstract.EXTERN);
            case NOFUNC, NOEXTERN, NONE, NOEXN -> false;
            case EQ -> found instanceof CoreI31 || found instanceof CoreStruct || found instanceof CoreArray;
            case I31 -> found instanceof CoreI31;
            case STRUCT -> found instanceof CoreStruct;
            case ARRAY -> found instanceof CoreArray;
            case EXN -> found instanceof GuestException;
        };
    }

    /** An argument in the JVM's types. */
    static @Nullable Object argument(Value value) {
        return switch (value) {
            case Value.I32(int number) -> number;
            case Value.I64(long number) -> number;
            case Value.F32(int bits) -> Float.intBitsToFloat(bits);
            case Value.F64(long bits) -> Double.longBitsToDouble(bits);
            case Value.RefNull _ -> null;
            case Value.RefExtern(int number) -> new HostReference(number);
            case Value.RefHost(int number) -> new HostReference(number);
            case Value.V128 _ -> throw new ScriptException("vectors (SIMD) are not supported");
            case ComponentValue component ->
                throw new ScriptException("value " + component + " is not one of a core module");
        };
    }

    /** Whether an argument may be given to a parameter. */
    static boolean fits(Value value, ValType type) {
        return switch (value) {
            case Value.I32 _ -> type == NumType.I32;
            case Value.I64 _ -> type == NumType.I64;
            case Value.F32 _ -> type == NumType.F32;
            case Value.F64 _ -> type == NumType.F64;
            case Value.V128 _ -> type == VecType.V128;
            case Value.RefNull _ -> type instanceof RefType ref && ref.nullable();
            case Value.RefExtern _, Value.RefHost _ -> type instanceof RefType;
            case ComponentValue _ -> false;
        };
    }

    /** What results have to be, in the words for those that are found. */
    static String expectation(List<ResultPattern> patterns) {
        return patterns.stream().map(Results::expectation).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String expectation(ResultPattern pattern) {
        return switch (pattern) {
            case ResultPattern.Exactly(ComponentValue value) -> value.toString();
            case ResultPattern.Exactly(Value.V128 value) -> value.toString();
            case ResultPattern.Exactly(Value value) -> text(argument(value));
            case ResultPattern.CanonicalNan(NumType type) -> type + " nan:canonical";
            case ResultPattern.ArithmeticNan(NumType type) -> type + " nan:arithmetic";
            case ResultPattern.RefOf(HeapType.Abstract heap) -> "ref " + heap;
            case ResultPattern.RefFunc _ -> "ref func";
            case ResultPattern.Either(List<ResultPattern> patterns) -> "either " + expectation(patterns);
            case ResultPattern.Lanes lanes -> lanes.toString();
        };
    }

    private static String text(List<@Nullable Object> results) {
        return results.stream().map(Results::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(@Nullable Object result) {
        var hex = HexFormat.of();
        return switch (result) {
            case null -> "null";
            case Integer number -> "i32 " + number;
            case Long number -> "i64 " + number;
            case Float number -> "f32 " + number + " 0x" + hex.toHexDigits(Float.floatToRawIntBits(number));
            case Double number -> "f64 " + number + " 0x" + hex.toHexDigits(Double.doubleToRawLongBits(number));
            default -> result.toString();
        };
    }
}
