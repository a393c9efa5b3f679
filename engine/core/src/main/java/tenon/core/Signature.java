package tenon.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tenon.types.core.ArrayType;
import tenon.types.core.CompositeType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.RecGroup;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;
import tenon.types.core.ValType;
import tenon.wasm.Module;

/**
 * A defined type with an identity across modules: equal types of any two modules are one object. WebAssembly 3.0, "Type
 * Equivalence": groups of types are equal if they are the same up to references among themselves. Immutable, thread-safe;
 * lives as long as the process, so modules that the same process loads again cost nothing more.
 */
public final class Signature {
    /** References from a type to another of its own group are written as indices from here downwards. */
    private static final int OWN_GROUP = -1;

    private static final Map<List<SubType>, List<Signature>> GROUPS = new HashMap<>();
    private static final List<Signature> ALL = new ArrayList<>();

    private final int id;
    private final CompositeType type;
    private final List<Signature> supers;

    private Signature(int id, CompositeType type, List<Signature> supers) {
        this.id = id;
        this.type = type;
        this.supers = supers;
    }

    /** The identities of a module's types, in the order of its type index space. */
    static List<Signature> of(Module module) {
        var found = new ArrayList<Signature>();
        var ids = new ArrayList<Integer>();
        for (RecGroup group : module.typeGroups()) {
            found.addAll(intern(group, ids));
        }
        return List.copyOf(found);
    }

    /** The identity of a function type that refers to no defined types. */
    static Signature of(FuncType type) {
        return intern(new RecGroup(List.of(SubType.of(type))), new ArrayList<>())
                .getFirst();
    }

    private static List<Signature> intern(RecGroup group, List<Integer> ids) {
        int start = ids.size();
        var closed = new ArrayList<SubType>();
        for (SubType each : group.types()) {
            closed.add(new SubType(
                    each.isFinal(),
                    each.supers().stream()
                            .map(index -> close(index, start, ids))
                            .toList(),
                    close(each.composite(), start, ids)));
        }
        synchronized (GROUPS) {
            List<Signature> known = GROUPS.get(closed);
            if (known == null) {
                known = add(closed);
                GROUPS.put(closed, known);
            }
            for (Signature each : known) {
                ids.add(each.id);
            }
            return known;
        }
    }

    private static List<Signature> add(List<SubType> group) {
        var added = new ArrayList<Signature>();
        for (SubType each : group) {
            var supers = each.supers().stream()
                    .map(id -> id >= 0 ? ALL.get(id) : added.get(OWN_GROUP - id))
                    .toList();
            added.add(new Signature(ALL.size() + added.size(), each.composite(), supers));
        }
        ALL.addAll(added);
        return List.copyOf(added);
    }

    private static int close(int index, int start, List<Integer> ids) {
        return index < start ? ids.get(index) : OWN_GROUP - (index - start);
    }

    private static CompositeType close(CompositeType type, int start, List<Integer> ids) {
        return switch (type) {
            case FuncType func -> new FuncType(close(func.params(), start, ids), close(func.results(), start, ids));
            case StructType struct ->
                new StructType(struct.fields().stream()
                        .map(field -> close(field, start, ids))
                        .toList());
            case ArrayType array -> new ArrayType(close(array.element(), start, ids));
        };
    }

    private static FieldType close(FieldType field, int start, List<Integer> ids) {
        return field.storage() instanceof FieldType.Storage.Value value
                ? new FieldType(field.mutable(), new FieldType.Storage.Value(close(value.type(), start, ids)))
                : field;
    }

    private static List<ValType> close(List<ValType> types, int start, List<Integer> ids) {
        return types.stream().map(type -> close(type, start, ids)).toList();
    }

    private static ValType close(ValType type, int start, List<Integer> ids) {
        return type instanceof RefType ref && ref.heap() instanceof HeapType.Defined defined
                ? new RefType(ref.nullable(), new HeapType.Defined(close(defined.index(), start, ids)))
                : type;
    }

    /** A type of a module whose types have these identities, with identities instead of indices. */
    static ValType close(ValType type, List<Signature> identities) {
        return type instanceof RefType ref && ref.heap() instanceof HeapType.Defined defined
                ? new RefType(ref.nullable(), new HeapType.Defined(identities.get(defined.index()).id))
                : type;
    }

    /** Whether a value of one type may stand where another is expected; both with identities instead of indices. */
    static boolean matches(ValType actual, ValType expected) {
        if (actual.equals(expected)) {
            return true;
        }
        return actual instanceof RefType a
                && expected instanceof RefType e
                && (e.nullable() || !a.nullable())
                && matches(a.heap(), e.heap());
    }

    private static boolean matches(HeapType actual, HeapType expected) {
        if (actual.equals(expected)) {
            return true;
        }
        if (actual instanceof HeapType.Defined a) {
            return expected instanceof HeapType.Defined e
                    ? byId(a.index()).matches(byId(e.index()))
                    : isBelow(kind(byId(a.index()).type), (HeapType.Abstract) expected);
        }
        return expected instanceof HeapType.Defined e
                ? actual == bottom(byId(e.index()).type)
                : actual instanceof HeapType.Abstract abs && matches(abs, (HeapType.Abstract) expected);
    }

    private static boolean isBelow(HeapType.Abstract actual, HeapType.Abstract expected) {
        return actual == expected || matches(actual, expected);
    }

    private static boolean matches(HeapType.Abstract actual, HeapType.Abstract expected) {
        return switch (actual) {
            case NONE ->
                switch (expected) {
                    case ANY, EQ, I31, STRUCT, ARRAY, NONE -> true;
                    case FUNC, NOFUNC, EXTERN, NOEXTERN, EXN, NOEXN -> false;
                };
            case I31, STRUCT, ARRAY -> expected == HeapType.Abstract.EQ || expected == HeapType.Abstract.ANY;
            case EQ -> expected == HeapType.Abstract.ANY;
            case NOFUNC -> expected == HeapType.Abstract.FUNC;
            case NOEXTERN -> expected == HeapType.Abstract.EXTERN;
            case NOEXN -> expected == HeapType.Abstract.EXN;
            case ANY, FUNC, EXTERN, EXN -> false;
        };
    }

    private static HeapType.Abstract kind(CompositeType type) {
        return switch (type) {
            case FuncType _ -> HeapType.Abstract.FUNC;
            case StructType _ -> HeapType.Abstract.STRUCT;
            case ArrayType _ -> HeapType.Abstract.ARRAY;
        };
    }

    private static HeapType.Abstract bottom(CompositeType type) {
        return type instanceof FuncType ? HeapType.Abstract.NOFUNC : HeapType.Abstract.NONE;
    }

    private static Signature byId(int id) {
        synchronized (GROUPS) {
            return ALL.get(id);
        }
    }

    /** What the type is; references to defined types in it carry identities instead of indices. */
    public CompositeType composite() {
        return type;
    }

    /** The function type; references to defined types in it carry identities instead of indices. */
    public FuncType type() {
        return (FuncType) type;
    }

    /** Whether a function of this type may be used where {@code expected} is: WebAssembly 3.0, "Heap Types", matching. */
    public boolean matches(Signature expected) {
        if (this == expected) {
            return true;
        }
        for (Signature each : supers) {
            if (each.matches(expected)) {
                return true;
            }
        }
        return false;
    }
}
