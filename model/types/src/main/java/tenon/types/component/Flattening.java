package tenon.types.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;

/** Component types as core types: CanonicalABI.md, "Flattening". */
public final class Flattening {
    /** More flat parameters than this go through memory. */
    public static final int MAX_FLAT_PARAMS = 16;

    /** More flat results than this go through memory. */
    public static final int MAX_FLAT_RESULTS = 1;

    /** More flat parameters of an async-lowered function than this go through memory. */
    public static final int MAX_FLAT_ASYNC_PARAMS = 4;

    private Flattening() {}

    /**
     * The flat types of values that follow each other, empty if there are more than {@code max}; never builds more than that, however
     * big the types are.
     */
    public static Optional<List<NumType>> flatten(List<ValueType> types, int max, PointerType pointer) {
        var flat = new ArrayList<NumType>();
        for (ValueType type : types) {
            if (!append(type, max, pointer, flat)) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(flat));
    }

    /** The core type of the function that is lifted to {@code type}. */
    public static FuncType lift(FunctionType type, boolean async, boolean callback, PointerType pointer) {
        List<? extends ValType> params =
                flatten(type.paramTypes(), MAX_FLAT_PARAMS, pointer).orElse(List.of(pointer.type()));
        if (async) {
            return new FuncType(List.copyOf(params), callback ? List.of(NumType.I32) : List.of());
        }
        List<? extends ValType> results = flatten(type.result().stream().toList(), MAX_FLAT_RESULTS, pointer)
                .orElse(List.of(pointer.type()));
        return new FuncType(List.copyOf(params), List.copyOf(results));
    }

    /** The core type of the function that {@code type} is lowered to. */
    public static FuncType lower(FunctionType type, boolean async, PointerType pointer) {
        var params = new ArrayList<ValType>(
                flatten(type.paramTypes(), async ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS, pointer)
                        .orElse(List.of(pointer.type())));
        if (async) {
            if (type.result().isPresent()) {
                params.add(pointer.type());
            }
            return new FuncType(params, List.of(NumType.I32));
        }
        Optional<List<NumType>> results = flatten(type.result().stream().toList(), MAX_FLAT_RESULTS, pointer);
        if (results.isEmpty()) {
            params.add(pointer.type());
        }
        return new FuncType(params, List.copyOf(results.orElse(List.of())));
    }

    /** The narrowest type that carries both: CanonicalABI.md, {@code join}. */
    public static NumType join(NumType a, NumType b) {
        if (a == b) {
            return a;
        }
        boolean bothOf32Bits = (a == NumType.I32 && b == NumType.F32) || (a == NumType.F32 && b == NumType.I32);
        return bothOf32Bits ? NumType.I32 : NumType.I64;
    }

    private static boolean append(ValueType type, int max, PointerType pointer, List<NumType> flat) {
        switch (type) {
            case PrimitiveType primitive -> primitive(primitive, pointer, flat);
            case ListType _, MapType _ -> pair(pointer, flat);
            case FlagsType _, EnumType _, OwnType _, BorrowType _, StreamType _, FutureType _ -> flat.add(NumType.I32);
            case FixedLengthListType list -> {
                for (long i = 0; i < list.length(); i++) {
                    if (!append(list.element(), max, pointer, flat)) {
                        return false;
                    }
                }
            }
            case RecordType record -> {
                return sequence(record.parts(), max, pointer, flat);
            }
            case TupleType tuple -> {
                return sequence(tuple.types(), max, pointer, flat);
            }
            case VariantType variant -> {
                return cases(variant.parts(), max, pointer, flat);
            }
            case OptionType option -> {
                return cases(option.parts(), max, pointer, flat);
            }
            case ResultType result -> {
                return cases(result.parts(), max, pointer, flat);
            }
        }
        return flat.size() <= max;
    }

    private static boolean sequence(List<ValueType> types, int max, PointerType pointer, List<NumType> flat) {
        for (ValueType type : types) {
            if (!append(type, max, pointer, flat)) {
                return false;
            }
        }
        return true;
    }

    private static boolean cases(List<ValueType> payloads, int max, PointerType pointer, List<NumType> flat) {
        flat.add(NumType.I32);
        var joined = new ArrayList<NumType>();
        for (ValueType payload : payloads) {
            var one = new ArrayList<NumType>();
            if (!append(payload, max, pointer, one)) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                if (i < joined.size()) {
                    joined.set(i, join(joined.get(i), one.get(i)));
                } else {
                    joined.add(one.get(i));
                }
            }
        }
        flat.addAll(joined);
        return flat.size() <= max;
    }

    private static void pair(PointerType pointer, List<NumType> flat) {
        flat.add(pointer.type());
        flat.add(pointer.type());
    }

    private static void primitive(PrimitiveType type, PointerType pointer, List<NumType> flat) {
        switch (type) {
            case BOOL, S8, U8, S16, U16, S32, U32, CHAR, ERROR_CONTEXT -> flat.add(NumType.I32);
            case S64, U64 -> flat.add(NumType.I64);
            case F32 -> flat.add(NumType.F32);
            case F64 -> flat.add(NumType.F64);
            case STRING -> pair(pointer, flat);
        }
    }
}
