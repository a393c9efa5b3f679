package tenon.component.resolve;

import java.util.List;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.Sort;
import tenon.types.InvalidException;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.FieldType.Storage;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.ValType;

/**
 * Checks what values are as objects of the garbage collector: the draft of the option {@code gc}. Numbers are numbers, packed where they are
 * fields; strings and lists are arrays; records and tuples are structures, variants any structure without fields; handles are external
 * references.
 *
 * <p>Differences from the specification: of a function that is lifted, concrete types are those of the module that it comes from, and are not
 * looked into.
 */
final class GcLowering {
    private final IndexSpaces scope;
    private final CanonicalOptions options;
    private final long at;

    GcLowering(IndexSpaces scope, CanonicalOptions options, long at) {
        this.scope = scope;
        this.options = options;
        this.at = at;
    }

    /** The type that the options give to a lowered function. */
    FuncType lower(FunctionType type) {
        int index = options.coreType().orElseThrow();
        if (!(IndexSpaces.at(scope.coreTypes, index, Sort.CORE_TYPE, at)
                        instanceof IndexSpaces.CoreType.Defined defined)
                || !(defined.type().composite() instanceof FuncType core)) {
            throw new InvalidException(at, "canonical option `core-type` must reference a core function type");
        }
        check(type, core, true);
        return core;
    }

    /** Whether a core function can be lifted. */
    void checkLift(FunctionType type, FuncType callee) {
        check(type, callee, false);
    }

    private void check(FunctionType type, FuncType core, boolean known) {
        List<ValueType> results = type.result().stream().toList();
        requireCount("parameters", type.paramTypes().size(), core.params().size());
        requireCount("results", results.size(), core.results().size());
        for (int i = 0; i < core.params().size(); i++) {
            check(type.paramTypes().get(i), new Storage.Value(core.params().get(i)), false, known);
        }
        for (int i = 0; i < results.size(); i++) {
            check(results.get(i), new Storage.Value(core.results().get(i)), false, known);
        }
    }

    private void requireCount(String what, int expected, int found) {
        if (expected != found) {
            throw new InvalidException(
                    at, "the core type has " + found + " " + what + ", and the component function " + expected);
        }
    }

    /** {@code known} if concrete types are those of this scope. */
    private void check(ValueType type, Storage core, boolean field, boolean known) {
        boolean fits = switch (type) {
            case PrimitiveType primitive -> primitive(primitive, core, field, known);
            case EnumType _, FlagsType _ -> is(core, NumType.I32);
            case OwnType _, BorrowType _, StreamType _, FutureType _ -> isExternal(core);
            case ListType list -> isArray(list.element(), core, known);
            case FixedLengthListType list -> isArray(list.element(), core, known);
            case MapType map -> isArray(new TupleType(map.parts()), core, known);
            case RecordType record -> isStruct(record.parts(), core, known);
            case TupleType tuple -> isStruct(tuple.types(), core, known);
            case VariantType _, OptionType _, ResultType _ -> isStruct(List.of(), core, known);
        };
        if (!fits) {
            throw new InvalidException(
                    at, "component type `" + type + "` cannot be the core type `" + text(core) + "`");
        }
    }

    private boolean primitive(PrimitiveType type, Storage core, boolean field, boolean known) {
        return switch (type) {
            case BOOL, S8, U8 -> field ? core == Storage.Packed.I8 : is(core, NumType.I32);
            case S16, U16 -> field ? core == Storage.Packed.I16 : is(core, NumType.I32);
            case S32, U32, CHAR -> is(core, NumType.I32);
            case S64, U64 -> is(core, NumType.I64);
            case F32 -> is(core, NumType.F32);
            case F64 -> is(core, NumType.F64);
            case ERROR_CONTEXT -> isExternal(core);
            case STRING ->
                isConcrete(core)
                        && (!known
                                || composite(core) instanceof ArrayType(FieldType element)
                                        && element.storage()
                                                == (options.encoding() == StringEncoding.UTF16
                                                        ? Storage.Packed.I16
                                                        : Storage.Packed.I8));
        };
    }

    private static boolean is(Storage core, ValType type) {
        return core instanceof Storage.Value(ValType value) && value.equals(type);
    }

    private static boolean isExternal(Storage core) {
        return core instanceof Storage.Value(RefType reference) && reference.heap() == HeapType.Abstract.EXTERN;
    }

    private static boolean isConcrete(Storage core) {
        return core instanceof Storage.Value(RefType reference) && reference.heap() instanceof HeapType.Defined;
    }

    private boolean isArray(ValueType element, Storage core, boolean known) {
        if (!isConcrete(core) || !known) {
            return isConcrete(core);
        }
        if (!(composite(core) instanceof ArrayType(FieldType field))) {
            return false;
        }
        check(element, field.storage(), true, true);
        return true;
    }

    private boolean isStruct(List<ValueType> parts, Storage core, boolean known) {
        if (!isConcrete(core) || !known) {
            return isConcrete(core);
        }
        if (!(composite(core) instanceof StructType(List<FieldType> fields)) || fields.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            check(parts.get(i), fields.get(i).storage(), true, true);
        }
        return true;
    }

    private CompositeType composite(Storage core) {
        if (core instanceof Storage.Value(RefType reference)
                && reference.heap() instanceof HeapType.Defined(int index)
                && IndexSpaces.at(scope.coreTypes, index, Sort.CORE_TYPE, at)
                        instanceof IndexSpaces.CoreType.Defined defined) {
            return defined.type().composite();
        }
        throw new InvalidException(at, "core type `" + text(core) + "` is not a defined type");
    }

    private static String text(Storage core) {
        return switch (core) {
            case Storage.Packed.I8 -> "i8";
            case Storage.Packed.I16 -> "i16";
            case Storage.Value(ValType type) -> type.text();
        };
    }
}
