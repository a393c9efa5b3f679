package tenon.wasm;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tenon.types.InvalidException;
import tenon.types.UnsupportedException;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.NumType;
import tenon.types.core.RecGroup;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.ValType;
import tenon.types.core.VecType;

/**
 * The types of a module as numbers, so that validation compares and stacks them without allocating. Two value types are
 * equivalent if and only if their numbers are equal: equivalent recursive groups (WebAssembly 3.0, section "Defined
 * Types") get the same numbers.
 *
 * <p>A value type is {@link #BOTTOM}, a number or vector type, or {@link #REFERENCE} plus twice its heap type, plus one if
 * it is nullable. A heap type is the ordinal of an abstract one, {@link #BOTTOM_HEAP}, or {@link #DEFINED} plus the number
 * of a defined type.
 */
final class TypeSpace {
    static final int BOTTOM = 0;
    static final int I32 = 1;
    static final int I64 = 2;
    static final int F32 = 3;
    static final int F64 = 4;
    static final int V128 = 5;
    static final int REFERENCE = 16;

    static final int BOTTOM_HEAP = 12;
    private static final int DEFINED = 16;

    static final int FUNCREF = REFERENCE + 2 * HeapType.Abstract.FUNC.ordinal() + 1;
    static final int EXNREF = REFERENCE + 2 * HeapType.Abstract.EXN.ordinal() + 1;
    static final int EXTERNREF = REFERENCE + 2 * HeapType.Abstract.EXTERN.ordinal() + 1;
    static final int ANYREF = REFERENCE + 2 * HeapType.Abstract.ANY.ordinal() + 1;
    static final int I31REF = REFERENCE + 2 * HeapType.Abstract.I31.ordinal() + 1;
    static final int ARRAYREF = REFERENCE + 2 * HeapType.Abstract.ARRAY.ordinal() + 1;
    static final int EQREF = REFERENCE + 2 * HeapType.Abstract.EQ.ordinal() + 1;

    private static final HeapType.Abstract[] HEAPS = HeapType.Abstract.values();
    private static final int[] NONE = {};
    private static final int[][] SINGLE = {{BOTTOM}, {I32}, {I64}, {F32}, {F64}, {V128}};

    /** The number of each type of the index space. */
    private final int[] numbers;

    private final List<SubType> types;
    private final Map<IntBuffer, Integer> groups = new HashMap<>();

    // by the number of a defined type
    private final List<Integer> firstIndex = new ArrayList<>();
    private final List<Integer> superNumber = new ArrayList<>();
    private final List<Integer> depth = new ArrayList<>();
    private final List<int[]> params = new ArrayList<>();
    private final List<int[]> results = new ArrayList<>();

    /** How many types of the index space are known so far. */
    private int known;

    /** @throws InvalidException if a type of the module is invalid */
    TypeSpace(Module module, Features features) {
        types = module.spaces().types();
        numbers = new int[types.size()];
        for (int i = 0; i < module.typeGroups().size(); i++) {
            RecGroup group = module.typeGroups().get(i);
            int at = module.positions().typeGroups()[i];
            if (!features.has(Feature.GC) && !isPlainFunction(group)) {
                throw new InvalidException(at, "recursive, structure and array types are not enabled");
            }
            add(group, at, features);
        }
    }

    private static boolean isPlainFunction(RecGroup group) {
        return group.types().size() == 1
                && group.types().getFirst() instanceof SubType(boolean isFinal, var supers, FuncType _)
                && isFinal
                && supers.isEmpty();
    }

    /** "Recursive Types": the group may refer to itself and to what stands before it. */
    private void add(RecGroup group, int at, Features features) {
        int base = known;
        int size = group.types().size();
        known += size;
        for (SubType type : group.types()) {
            type.supers().forEach(index -> index(index, at));
            checkComposite(type.composite(), at, features);
        }
        int next = firstIndex.size();
        var key = IntBuffer.wrap(new GroupKey(base).of(group));
        Integer seen = groups.putIfAbsent(key, next);
        int first = seen == null ? next : seen;
        for (int i = 0; i < size; i++) {
            numbers[base + i] = first + i;
        }
        if (seen != null) {
            return;
        }
        for (int i = 0; i < size; i++) {
            firstIndex.add(base + i);
            superNumber.add(-1);
            depth.add(0);
            boolean function = types.get(base + i).composite() instanceof FuncType;
            var type = function ? (FuncType) types.get(base + i).composite() : new FuncType(List.of(), List.of());
            params.add(codes(type.params(), at));
            results.add(codes(type.results(), at));
        }
        // first all of them, since a field's type may match another's by a declaration further down
        for (int i = 0; i < size; i++) {
            declareSuper(base + i, at);
        }
        for (int i = 0; i < size; i++) {
            checkSuper(base + i, at);
        }
    }

    private void checkComposite(CompositeType type, int at, Features features) {
        switch (type) {
            case FuncType(var parameters, var resultTypes) -> {
                if (resultTypes.size() > 1 && !features.has(Feature.MULTI_VALUE)) {
                    throw new InvalidException(at, "several results need the feature MULTI_VALUE");
                }
                parameters.forEach(value -> checkValue(value, at, features));
                resultTypes.forEach(value -> checkValue(value, at, features));
            }
            case StructType(var fields) -> fields.forEach(field -> checkField(field, at, features));
            case ArrayType(var element) -> checkField(element, at, features);
        }
    }

    private void checkField(FieldType field, int at, Features features) {
        if (field.storage() instanceof FieldType.Storage.Value(var type)) {
            checkValue(type, at, features);
        }
    }

    /** "Sub Types": at most one super type, which stands before it. */
    private void declareSuper(int index, int at) {
        SubType type = types.get(index);
        if (type.supers().size() > 1) {
            throw new InvalidException(
                    at, "sub type " + index + " has " + type.supers().size() + " super types, expected at most one");
        }
        for (int parent : type.supers()) {
            if (Integer.compareUnsigned(parent, index) >= 0) {
                throw new InvalidException(at, "forward use of type " + parent + " in sub type definition " + index);
            }
            int number = numbers[index];
            superNumber.set(number, numbers[parent]);
            depth.set(number, depth.get(numbers[parent]) + 1);
            if (depth.get(number) > ImplementationLimits.SUBTYPING_DEPTH) {
                throw new UnsupportedException(
                        at,
                        "type " + index + " has too many super types, expected at most "
                                + ImplementationLimits.SUBTYPING_DEPTH);
            }
        }
    }

    private void checkSuper(int index, int at) {
        SubType type = types.get(index);
        for (int parent : type.supers()) {
            SubType parentType = types.get(parent);
            if (parentType.isFinal()) {
                throw new InvalidException(at, "sub type " + index + " has final super type " + parent);
            }
            if (!compositeMatches(type.composite(), parentType.composite(), at)) {
                throw new InvalidException(at, "sub type " + index + " does not match super type " + parent);
            }
        }
    }

    /** "Matching / Composite Types". */
    private boolean compositeMatches(CompositeType sub, CompositeType sup, int at) {
        return switch (sub) {
            case FuncType f ->
                sup instanceof FuncType g
                        && matches(codes(g.params(), at), codes(f.params(), at))
                        && matches(codes(f.results(), at), codes(g.results(), at));
            case ArrayType a -> sup instanceof ArrayType b && fieldMatches(a.element(), b.element(), at);
            case StructType s ->
                sup instanceof StructType t
                        && s.fields().size() >= t.fields().size()
                        && IntStream.range(0, t.fields().size())
                                .allMatch(i -> fieldMatches(
                                        s.fields().get(i), t.fields().get(i), at));
        };
    }

    /** "Matching / Field Types": mutable ones match both ways. */
    private boolean fieldMatches(FieldType sub, FieldType sup, int at) {
        if (sub.mutable() != sup.mutable()) {
            return false;
        }
        return storageMatches(sub.storage(), sup.storage(), at)
                && (!sub.mutable() || storageMatches(sup.storage(), sub.storage(), at));
    }

    /** "Matching / Storage Types". */
    boolean storageMatches(FieldType.Storage sub, FieldType.Storage sup, int at) {
        return switch (sub) {
            case FieldType.Storage.Packed _ -> sub.equals(sup);
            case FieldType.Storage.Value(var type) ->
                sup instanceof FieldType.Storage.Value(var other) && matches(code(type, at), code(other, at));
        };
    }

    /** A type index as a position in the index space. */
    int index(int typeIndex, long at) {
        if (Integer.compareUnsigned(typeIndex, known) >= 0) {
            throw new InvalidException(at, "unknown type " + Integer.toUnsignedString(typeIndex));
        }
        return typeIndex;
    }

    /** The index of a function type. */
    int function(int typeIndex, long at) {
        if (!(composite(typeIndex, at) instanceof FuncType)) {
            throw new InvalidException(at, "non-function type " + typeIndex);
        }
        return typeIndex;
    }

    /** What a type is, by its index. */
    CompositeType composite(int typeIndex, long at) {
        return types.get(index(typeIndex, at)).composite();
    }

    int[] params(int typeIndex) {
        return params.get(numbers[typeIndex]);
    }

    int[] results(int typeIndex) {
        return results.get(numbers[typeIndex]);
    }

    /** A list of this one type, not to be written to. */
    static int[] single(int code) {
        return code < SINGLE.length ? SINGLE[code] : new int[] {code};
    }

    static int[] none() {
        return NONE;
    }

    /** Checks that a value type is known and enabled. */
    void checkValue(ValType type, long at, Features features) {
        switch (type) {
            case NumType _ -> {}
            case VecType _ -> {
                if (!features.has(Feature.SIMD)) {
                    throw new InvalidException(at, "type v128 needs the feature SIMD, which is not enabled");
                }
                throw new UnsupportedException(at, "vectors (SIMD) are not supported: type v128");
            }
            case RefType ref -> checkRef(ref, at, features);
        }
    }

    private void checkRef(RefType type, long at, Features features) {
        if (!features.has(Feature.REFERENCE_TYPES)) {
            throw new InvalidException(
                    at, "type " + type.text() + " needs the feature REFERENCE_TYPES, which is not enabled");
        }
        if (type.equals(RefType.FUNCREF) || type.equals(RefType.EXTERNREF)) {
            return;
        }
        Feature needed = switch (type.heap()) {
            case HeapType.Abstract heap -> needed(heap);
            case HeapType.Defined(int typeIndex) -> {
                index(typeIndex, at);
                yield Feature.FUNCTION_REFERENCES;
            }
        };
        if (!features.has(needed) && !features.has(Feature.GC)) {
            throw new InvalidException(
                    at, "type " + type.text() + " needs the feature " + needed + ", which is not enabled");
        }
    }

    private static Feature needed(HeapType.Abstract heap) {
        return switch (heap) {
            case FUNC, EXTERN -> Feature.FUNCTION_REFERENCES;
            case EXN, NOEXN -> Feature.EXCEPTIONS;
            case NOFUNC, NOEXTERN, ANY, EQ, I31, STRUCT, ARRAY, NONE -> Feature.GC;
        };
    }

    /** The number of a value type that is known. */
    int code(ValType type, long at) {
        return switch (type) {
            case NumType num ->
                switch (num) {
                    case I32 -> I32;
                    case I64 -> I64;
                    case F32 -> F32;
                    case F64 -> F64;
                };
            case VecType _ -> V128;
            case RefType ref -> reference(heap(ref.heap(), at), ref.nullable());
        };
    }

    int heap(HeapType heap, long at) {
        return switch (heap) {
            case HeapType.Abstract abs -> abs.ordinal();
            case HeapType.Defined(int typeIndex) -> DEFINED + numbers[index(typeIndex, at)];
        };
    }

    /** Reference to a defined type. */
    int reference(int typeIndex) {
        return reference(DEFINED + numbers[typeIndex], false);
    }

    private int[] codes(List<ValType> list, long at) {
        int[] codes = new int[list.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(list.get(i), at);
        }
        return codes;
    }

    static int reference(int heap, boolean nullable) {
        return REFERENCE + 2 * heap + (nullable ? 1 : 0);
    }

    static boolean isReference(int code) {
        return code >= REFERENCE;
    }

    static int nullable(int reference) {
        return reference | 1;
    }

    static int nonNull(int reference) {
        return reference & ~1;
    }

    /** "Matching / Value Types". */
    boolean matches(int sub, int sup) {
        if (sub == sup || sub == BOTTOM) {
            return true;
        }
        if (sub < REFERENCE || sup < REFERENCE || (sub & 1) > (sup & 1)) {
            return false;
        }
        return heapMatches((sub - REFERENCE) >> 1, (sup - REFERENCE) >> 1);
    }

    /** "Matching / Result Types". */
    boolean matches(int[] sub, int[] sup) {
        if (sub == sup) {
            return true;
        }
        if (sub.length != sup.length) {
            return false;
        }
        for (int i = 0; i < sub.length; i++) {
            if (!matches(sub[i], sup[i])) {
                return false;
            }
        }
        return true;
    }

    /** "Matching / Heap Types". */
    private boolean heapMatches(int sub, int sup) {
        if (sub == sup || sub == BOTTOM_HEAP) {
            return true;
        }
        if (sup == BOTTOM_HEAP) {
            return false;
        }
        if (sub < DEFINED) {
            var abstractSub = HEAPS[sub];
            return sup < DEFINED ? abstractMatches(abstractSub, HEAPS[sup]) : abstractSub == bottomOf(sup - DEFINED);
        }
        if (sup < DEFINED) {
            return abstractMatches(abstractOf(sub - DEFINED), HEAPS[sup]);
        }
        for (int number = superNumber.get(sub - DEFINED); number >= 0; number = superNumber.get(number)) {
            if (number == sup - DEFINED) {
                return true;
            }
        }
        return false;
    }

    /** The nullable reference to all that is in the hierarchy of a reference type. */
    int topOf(int reference) {
        int heap = (reference - REFERENCE) >> 1;
        return switch (heap < DEFINED ? HEAPS[heap] : abstractOf(heap - DEFINED)) {
            case FUNC, NOFUNC -> FUNCREF;
            case EXTERN, NOEXTERN -> EXTERNREF;
            case EXN, NOEXN -> EXNREF;
            case ANY, EQ, I31, STRUCT, ARRAY, NONE -> ANYREF;
        };
    }

    private CompositeType numbered(int number) {
        return types.get(firstIndex.get(number)).composite();
    }

    private HeapType.Abstract abstractOf(int number) {
        return switch (numbered(number)) {
            case FuncType _ -> HeapType.Abstract.FUNC;
            case StructType _ -> HeapType.Abstract.STRUCT;
            case ArrayType _ -> HeapType.Abstract.ARRAY;
        };
    }

    private HeapType.Abstract bottomOf(int number) {
        return switch (numbered(number)) {
            case FuncType _ -> HeapType.Abstract.NOFUNC;
            case StructType _, ArrayType _ -> HeapType.Abstract.NONE;
        };
    }

    private static boolean abstractMatches(HeapType.Abstract sub, HeapType.Abstract sup) {
        if (sub == sup) {
            return true;
        }
        return switch (sub) {
            case NONE ->
                sup == HeapType.Abstract.ANY
                        || sup == HeapType.Abstract.EQ
                        || sup == HeapType.Abstract.I31
                        || sup == HeapType.Abstract.STRUCT
                        || sup == HeapType.Abstract.ARRAY;
            case I31, STRUCT, ARRAY -> sup == HeapType.Abstract.EQ || sup == HeapType.Abstract.ANY;
            case EQ -> sup == HeapType.Abstract.ANY;
            case NOFUNC -> sup == HeapType.Abstract.FUNC;
            case NOEXTERN -> sup == HeapType.Abstract.EXTERN;
            case NOEXN -> sup == HeapType.Abstract.EXN;
            case ANY, FUNC, EXTERN, EXN -> false;
        };
    }

    /** A value type as a message shows it. */
    String text(int code) {
        return switch (code) {
            case BOTTOM -> "any type";
            case I32 -> "i32";
            case I64 -> "i64";
            case F32 -> "f32";
            case F64 -> "f64";
            case V128 -> "v128";
            default -> referenceText((code & 1) != 0, (code - REFERENCE) >> 1);
        };
    }

    private String referenceText(boolean nullable, int heap) {
        if (heap == BOTTOM_HEAP) {
            return "any reference";
        }
        return new RefType(
                        nullable, heap < DEFINED ? HEAPS[heap] : new HeapType.Defined(firstIndex.get(heap - DEFINED)))
                .text();
    }

    String text(int[] codes) {
        return IntStream.of(codes).mapToObj(this::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * A group written down so that equivalent groups, and only they, read the same: types of the group by their place in
     * it, others by their number.
     */
    private final class GroupKey {
        private final int base;
        private final IntStream.Builder out = IntStream.builder();

        GroupKey(int base) {
            this.base = base;
        }

        int[] of(RecGroup group) {
            for (SubType type : group.types()) {
                out.add(type.isFinal() ? 1 : 0).add(type.supers().size());
                type.supers().forEach(this::defined);
                switch (type.composite()) {
                    case FuncType(var parameters, var resultTypes) -> {
                        out.add(0).add(parameters.size()).add(resultTypes.size());
                        parameters.forEach(this::value);
                        resultTypes.forEach(this::value);
                    }
                    case StructType(var fields) -> {
                        out.add(1).add(fields.size());
                        fields.forEach(this::field);
                    }
                    case ArrayType(var element) -> {
                        out.add(2);
                        field(element);
                    }
                }
            }
            return out.build().toArray();
        }

        private void field(FieldType field) {
            out.add(field.mutable() ? 1 : 0);
            switch (field.storage()) {
                case FieldType.Storage.Packed packed -> out.add(-1 - packed.ordinal());
                case FieldType.Storage.Value(var type) -> value(type);
            }
        }

        private void value(ValType type) {
            if (type instanceof RefType ref && ref.heap() instanceof HeapType.Defined(int typeIndex)) {
                out.add(ref.nullable() ? 7 : 6);
                defined(typeIndex);
            } else {
                out.add(code(type, 0));
            }
        }

        private void defined(int typeIndex) {
            out.add(typeIndex >= base ? -1 - (typeIndex - base) : numbers[typeIndex]);
        }
    }
}
