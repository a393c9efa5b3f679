package tenon.component.resolve;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import tenon.component.UnknownException;
import tenon.types.InvalidException;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.DefinedType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.Layout;
import tenon.types.component.OwnType;
import tenon.types.component.PointerType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/**
 * Bounds the work that a component can make us do. A few bytes can define a type of billions of parts (each the pair of the one before)
 * and a tree of as many instances; so types have a greatest size and depth, and everything together has a budget.
 */
final class Complexity {
    /** The greatest number of parts of one type, counted as if nothing were shared. */
    static final int MAX_TYPE_SIZE = 1_000_000;

    /** The deepest nesting of one type. */
    static final int MAX_TYPE_DEPTH = 100;

    /** What all definitions of all places of instantiation may cost together; each unit may keep some hundred bytes alive. */
    private static final long MAX_WORK = 5_000_000;

    /** The deepest nesting of components that instantiate each other. */
    private static final int MAX_PLACE_NESTING = 100;

    /** What a place of instantiation costs: its index spaces, even if nothing is in them. */
    static final long PLACE = 200;

    private record Measure(int size, int depth) {
        static final Measure LEAF = new Measure(1, 1);

        Measure with(Measure part) {
            return new Measure(Math.min(size + part.size, MAX_TYPE_SIZE + 1), Math.max(depth, part.depth + 1));
        }
    }

    private final IdentityHashMap<Object, Measure> known = new IdentityHashMap<>();
    private long work;
    private int nesting;

    /** Enters a place of instantiation inside of another; each can be left for the one before it only. */
    void enter(long offset) {
        if (nesting == MAX_PLACE_NESTING) {
            throw new InvalidException(
                    offset, "instantiation is nested too deep, expected at most " + MAX_PLACE_NESTING + " levels");
        }
        nesting++;
    }

    void leave() {
        nesting--;
    }

    /** Counts work; {@code offset} is where the component is too complex, if it is. */
    void spend(long units, long offset) {
        if (work > MAX_WORK) {
            throw new UnknownException(offset, "what follows");
        }
        work += units;
        if (work > MAX_WORK) {
            throw new InvalidException(
                    offset, "component is too complex: resolving it takes more than " + MAX_WORK + " steps");
        }
    }

    /** Does something that goes over all of a type, and counts that. */
    <T extends DefinedType, R> R spending(T type, long offset, Function<T, R> work) {
        spend(measure(type).size, offset);
        return work.apply(type);
    }

    /** Refuses a type that is too big, and counts it. */
    <T extends DefinedType> T check(T type, long offset) {
        Measure measure = measure(type);
        if (measure.size > MAX_TYPE_SIZE) {
            throw new InvalidException(offset, "effective type size exceeds the limit of " + MAX_TYPE_SIZE);
        }
        if (measure.depth > MAX_TYPE_DEPTH) {
            throw new InvalidException(
                    offset, "type nesting is too deep, expected at most " + MAX_TYPE_DEPTH + " levels");
        }
        if (type instanceof ValueType value && Layout.of(value, PointerType.I64).size() >= Layout.TOO_BIG) {
            throw new InvalidException(offset, "type is too big: a value takes " + Layout.TOO_BIG + " bytes or more");
        }
        spend(1, offset);
        return type;
    }

    /** Counts what a scope takes over from those around it: together no more than one type may be. */
    void alias(IndexSpaces scope, DefinedType type, long offset) {
        scope.aliased += measure(type).size;
        if (scope.aliased > MAX_TYPE_SIZE) {
            throw new InvalidException(
                    offset,
                    "effective type size exceeds the limit of " + MAX_TYPE_SIZE + ", outer types taken together");
        }
    }

    /** The size of a type, for counting work that goes over all of it. */
    int size(ExternType type) {
        return measure(type).size;
    }

    private Measure measure(Object type) {
        Measure measure = known.get(type);
        if (measure == null) {
            measure = Measure.LEAF;
            for (Object part : parts(type)) {
                measure = measure.with(measure(part));
                if (measure.size > MAX_TYPE_SIZE) {
                    break;
                }
            }
            known.put(type, measure);
        }
        return measure;
    }

    private static List<?> parts(Object type) {
        return switch (type) {
            case OwnType _, BorrowType _, ResourceType _, CoreModuleType _ -> List.of();
            case ValueType value -> value.parts();
            case FunctionType function ->
                Stream.concat(function.paramTypes().stream(), function.result().stream())
                        .toList();
            case InstanceType instance -> values(instance.exports());
            case ComponentType component ->
                Stream.concat(values(component.imports()).stream(), values(component.exports()).stream())
                        .toList();
            case TypeExtern extern -> List.of(extern.type());
            case ValueExtern extern -> List.of(extern.type());
            default -> throw new AssertionError(type.getClass());
        };
    }

    private static List<ExternType> values(SequencedMap<String, ExternType> externs) {
        return List.copyOf(externs.values());
    }
}
