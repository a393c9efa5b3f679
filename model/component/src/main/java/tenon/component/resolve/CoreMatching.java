package tenon.component.resolve;

import java.util.List;
import java.util.OptionalLong;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.TypeIdentity;
import tenon.types.core.ValType;

/**
 * Whether a core item can stand where another is wanted: WebAssembly 3.0, "Matching" of external types. Types are compared by their
 * identities, since the two sides have index spaces of their own.
 */
final class CoreMatching {
    /** The identities of the types that the wanted item and the one that was found refer to by index. */
    private record Sides(List<TypeIdentity> wanted, List<TypeIdentity> found) {
        Sides turned() {
            return new Sides(found, wanted);
        }
    }

    private CoreMatching() {}

    static boolean matches(CoreItem wanted, CoreItem found) {
        return switch (wanted) {
            case CoreItem.Func func ->
                found instanceof CoreItem.Func other && other.identity().matches(func.identity());
            case CoreItem.Tag tag ->
                found instanceof CoreItem.Tag other && other.identity().equals(tag.identity());
            case CoreItem.Global(GlobalType type, var types) ->
                found instanceof CoreItem.Global(GlobalType other, var otherTypes)
                        && matches(type, other, new Sides(types, otherTypes));
            case CoreItem.Table(TableType type, var types) ->
                found instanceof CoreItem.Table(TableType other, var otherTypes)
                        && matches(type.limits(), other.limits())
                        && same(type.element(), other.element(), new Sides(types, otherTypes));
            case CoreItem.Memory(MemoryType type) ->
                found instanceof CoreItem.Memory(MemoryType other)
                        && matches(type.limits(), other.limits())
                        && type.shared() == other.shared()
                        && type.pageSizeLog2() == other.pageSizeLog2();
        };
    }

    private static boolean matches(GlobalType wanted, GlobalType found, Sides sides) {
        return wanted.mutable() == found.mutable()
                && (wanted.mutable()
                        ? same(wanted.value(), found.value(), sides)
                        : matches(wanted.value(), found.value(), sides));
    }

    private static boolean same(ValType wanted, ValType found, Sides sides) {
        return matches(wanted, found, sides) && matches(found, wanted, sides.turned());
    }

    private static boolean matches(Limits wanted, Limits found) {
        return wanted.address() == found.address()
                && Long.compareUnsigned(found.min(), wanted.min()) >= 0
                && (wanted.max().isEmpty() || isAtMost(found.max(), wanted.max().getAsLong()));
    }

    private static boolean isAtMost(OptionalLong found, long wanted) {
        return found.isPresent() && Long.compareUnsigned(found.getAsLong(), wanted) <= 0;
    }

    private static boolean matches(ValType wanted, ValType found, Sides sides) {
        return wanted instanceof RefType type && found instanceof RefType other
                ? (type.nullable() || !other.nullable()) && matches(type.heap(), other.heap(), sides)
                : wanted.equals(found);
    }

    private static boolean matches(HeapType wanted, HeapType found, Sides sides) {
        return switch (wanted) {
            case HeapType.Defined(int index) -> {
                TypeIdentity type = identity(sides.wanted, index);
                yield switch (found) {
                    case HeapType.Defined(int other) ->
                        identity(sides.found, other).matches(type);
                    case HeapType.Abstract bottom ->
                        bottom
                                == (type.top() == HeapType.Abstract.FUNC
                                        ? HeapType.Abstract.NOFUNC
                                        : HeapType.Abstract.NONE);
                };
            }
            case HeapType.Abstract heap -> {
                HeapType.Abstract other = switch (found) {
                    case HeapType.Defined(int index) ->
                        identity(sides.found, index).top();
                    case HeapType.Abstract same -> same;
                };
                yield heap == other || isAbove(heap, other);
            }
        };
    }

    private static TypeIdentity identity(List<TypeIdentity> types, int index) {
        return IndexSpaces.at(types, index, "type", 0);
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
}
