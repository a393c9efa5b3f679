package tenon.component.resolve;

import java.util.List;
import java.util.OptionalLong;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;

/**
 * Whether a core item can stand where another is wanted: WebAssembly 3.0, "Matching" of external types.
 *
 * <p>Differences from the specification: types with indices of their own modules are left to the linking of core modules, which knows
 * both sides.
 */
final class CoreMatching {
    private CoreMatching() {}

    static boolean matches(CoreItem wanted, CoreItem found) {
        return switch (wanted) {
            case CoreItem.Func(FuncType type) -> found instanceof CoreItem.Func(FuncType other) && matches(type, other);
            case CoreItem.Tag(FuncType type) -> found instanceof CoreItem.Tag(FuncType other) && matches(type, other);
            case CoreItem.Global(GlobalType type) ->
                found instanceof CoreItem.Global(GlobalType other) && matches(type, other);
            case CoreItem.Table(TableType type) ->
                found instanceof CoreItem.Table(TableType other)
                        && matches(type.limits(), other.limits())
                        && matches(type.element(), other.element())
                        && matches(other.element(), type.element());
            case CoreItem.Memory(MemoryType type) ->
                found instanceof CoreItem.Memory(MemoryType other)
                        && matches(type.limits(), other.limits())
                        && type.shared() == other.shared()
                        && type.pageSizeLog2() == other.pageSizeLog2();
        };
    }

    private static boolean matches(FuncType wanted, FuncType found) {
        return hasIndices(wanted) || hasIndices(found) || wanted.equals(found);
    }

    private static boolean matches(GlobalType wanted, GlobalType found) {
        return wanted.mutable() == found.mutable()
                && matches(wanted.value(), found.value())
                && (!wanted.mutable() || matches(found.value(), wanted.value()));
    }

    private static boolean matches(Limits wanted, Limits found) {
        return wanted.address() == found.address()
                && Long.compareUnsigned(found.min(), wanted.min()) >= 0
                && (wanted.max().isEmpty() || isAtMost(found.max(), wanted.max().getAsLong()));
    }

    private static boolean isAtMost(OptionalLong found, long wanted) {
        return found.isPresent() && Long.compareUnsigned(found.getAsLong(), wanted) <= 0;
    }

    private static boolean matches(ValType wanted, ValType found) {
        return wanted instanceof RefType type && found instanceof RefType other
                ? (type.nullable() || !other.nullable()) && matches(type.heap(), other.heap())
                : wanted.equals(found);
    }

    private static boolean matches(HeapType wanted, HeapType found) {
        return switch (wanted) {
            case HeapType.Defined _ -> true;
            case HeapType.Abstract heap ->
                switch (found) {
                    case HeapType.Defined _ -> true;
                    case HeapType.Abstract other -> heap == other || isAbove(heap, other);
                };
        };
    }

    private static boolean isAbove(HeapType.Abstract heap, HeapType.Abstract other) {
        return switch (other) {
            case NOFUNC -> heap == HeapType.Abstract.FUNC;
            case NOEXTERN -> heap == HeapType.Abstract.EXTERN;
            case NOEXN -> heap == HeapType.Abstract.EXN;
            case EQ -> heap == HeapType.Abstract.ANY;
            case I31, STRUCT, ARRAY -> heap == HeapType.Abstract.EQ || heap == HeapType.Abstract.ANY;
            case NONE ->
                switch (heap) {
                    case ANY, EQ, I31, STRUCT, ARRAY -> true;
                    case NONE, FUNC, NOFUNC, EXTERN, NOEXTERN, EXN, NOEXN -> false;
                };
            case FUNC, EXTERN, ANY, EXN -> false;
        };
    }

    private static boolean hasIndices(FuncType type) {
        return !isPlain(type.params()) || !isPlain(type.results());
    }

    private static boolean isPlain(List<ValType> types) {
        return types.stream()
                .noneMatch(type -> type instanceof RefType reference && reference.heap() instanceof HeapType.Defined);
    }
}
