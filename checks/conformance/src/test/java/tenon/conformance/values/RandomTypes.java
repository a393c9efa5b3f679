package tenon.conformance.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** Value types from a seed, with no more kinds of handles than it is told. */
final class RandomTypes {
    /** What passes by an index into a table. */
    enum Kind {
        OWN,
        BORROW,
        STREAM,
        FUTURE,
        ERROR_CONTEXT
    }

    private static final List<PrimitiveType> PRIMITIVES = List.of(
            PrimitiveType.BOOL,
            PrimitiveType.S8,
            PrimitiveType.U8,
            PrimitiveType.S16,
            PrimitiveType.U16,
            PrimitiveType.S32,
            PrimitiveType.U32,
            PrimitiveType.S64,
            PrimitiveType.U64,
            PrimitiveType.F32,
            PrimitiveType.F64,
            PrimitiveType.CHAR,
            PrimitiveType.STRING,
            PrimitiveType.STRING);
    private static final List<PrimitiveType> KEYS = List.of(
            PrimitiveType.BOOL,
            PrimitiveType.S8,
            PrimitiveType.U16,
            PrimitiveType.S32,
            PrimitiveType.U64,
            PrimitiveType.CHAR,
            PrimitiveType.STRING);

    private final Random random;
    private final List<Kind> handles;
    private final List<ResourceType> resources;

    RandomTypes(Random random, Set<Kind> handles, List<ResourceType> resources) {
        this.random = random;
        this.handles = handles.stream().sorted().toList();
        this.resources = resources;
    }

    /** The next type, nested at most so deep. */
    ValueType type(int depth) {
        if (!handles.isEmpty() && random.nextInt(3) == 0) {
            return handle(depth);
        }
        return switch (random.nextInt(depth == 0 ? 6 : 16)) {
            case 6, 7 -> new ListType(type(depth - 1));
            case 8 -> new TupleType(types(1 + random.nextInt(5), depth));
            case 9 -> new OptionType(type(depth - 1));
            case 10 -> new ResultType(maybe(depth), maybe(depth));
            case 11 ->
                new RecordType(IntStream.range(0, 1 + random.nextInt(6))
                        .mapToObj(i -> new RecordType.Field("f" + i, type(depth - 1)))
                        .toList());
            case 12 ->
                new VariantType(IntStream.range(0, 1 + random.nextInt(6))
                        .mapToObj(i -> new VariantType.Case("c" + i, maybe(depth)))
                        .toList());
            case 13 ->
                random.nextBoolean()
                        ? new EnumType(labels("e", 1 + random.nextInt(300)))
                        : new FlagsType(labels("l", 1 + random.nextInt(32)));
            case 14 -> new MapType(KEYS.get(random.nextInt(KEYS.size())), type(depth - 1));
            case 15 -> new FixedLengthListType(type(depth - 1), 1 + random.nextInt(5));
            default -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        };
    }

    private ValueType handle(int depth) {
        return switch (handles.get(random.nextInt(handles.size()))) {
            case OWN -> new OwnType(resource());
            case BORROW -> new BorrowType(resource());
            // characters are refused for now: Binary.md, "Type Definitions"
            case STREAM -> new StreamType(element(depth).filter(one -> one != PrimitiveType.CHAR));
            case FUTURE -> new FutureType(element(depth));
            case ERROR_CONTEXT -> PrimitiveType.ERROR_CONTEXT;
        };
    }

    private Optional<ValueType> element(int depth) {
        return depth == 0 ? Optional.empty() : maybe(depth);
    }

    private ResourceType resource() {
        return resources.get(random.nextInt(resources.size()));
    }

    private List<ValueType> types(int count, int depth) {
        var types = new ArrayList<ValueType>();
        for (int i = 0; i < count; i++) {
            types.add(type(depth - 1));
        }
        return types;
    }

    private Optional<ValueType> maybe(int depth) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(type(depth - 1));
    }

    private static List<String> labels(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
