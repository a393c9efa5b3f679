package tenon.conformance.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.runtime.value.Value;
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
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** A described value taken apart along its type. */
final class Parts {
    private Parts() {}

    /** A part of a value, with its type. */
    record Part(ValueType type, Value value) {}

    /** The parts of a value, in the order in which they lie in memory. */
    static List<Part> of(ValueType type, Value value) {
        return switch (type) {
            case PrimitiveType _, EnumType _, FlagsType _, OwnType _, BorrowType _ -> List.of();
            case ListType list -> each(list.element(), value);
            case FixedLengthListType list -> each(list.element(), value);
            case MapType map -> each(new TupleType(map.parts()), value);
            case StreamType stream ->
                stream.element().map(one -> each(one, value)).orElse(List.of());
            case FutureType future ->
                future.element().map(one -> List.of(new Part(one, value))).orElse(List.of());
            case RecordType record ->
                fields(
                        record.parts(),
                        ((Value.Fields) value)
                                .fields().stream().map(Value.Field::value).toList());
            case TupleType tuple -> fields(tuple.types(), ((Value.Tuple) value).elements());
            case VariantType variant -> {
                var one = (Value.Variant) value;
                yield payload(
                        variant.cases().stream()
                                .filter(each -> each.label().equals(one.label()))
                                .findFirst()
                                .flatMap(VariantType.Case::type),
                        one.payload());
            }
            case OptionType option -> payload(Optional.of(option.some()), ((Value.Option) value).value());
            case ResultType result ->
                value instanceof Value.Ok(var ok)
                        ? payload(result.ok(), ok)
                        : payload(result.error(), ((Value.Err) value).error());
        };
    }

    private static List<Part> each(ValueType element, Value value) {
        return ((Value.Sequence) value)
                .elements().stream().map(one -> new Part(element, one)).toList();
    }

    private static List<Part> fields(List<ValueType> types, List<Value> values) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < types.size(); i++) {
            parts.add(new Part(types.get(i), values.get(i)));
        }
        return parts;
    }

    private static List<Part> payload(Optional<ValueType> type, Optional<Value> value) {
        return value.map(one -> List.of(new Part(type.orElseThrow(), one))).orElse(List.of());
    }

    /** Whether values of a type can have handles in them. */
    static boolean hasHandles(ValueType type) {
        return switch (type) {
            case OwnType _, BorrowType _ -> true;
            default -> hasEnds(type) || type.parts().stream().anyMatch(Parts::hasHandles);
        };
    }

    /** Whether values of a type can have streams or futures in them. */
    static boolean hasEnds(ValueType type) {
        return type instanceof StreamType
                || type instanceof FutureType
                || type.parts().stream().anyMatch(Parts::hasEnds);
    }

    /** The numbers of the resources in a value, in the order in which they lie in memory. */
    static List<Part> resources(ValueType type, Value value) {
        if (type instanceof OwnType || type instanceof BorrowType) {
            return List.of(new Part(type, value));
        }
        var found = new ArrayList<Part>();
        of(type, value).forEach(part -> found.addAll(resources(part.type(), part.value())));
        return found;
    }

    /** What a guest makes of the resources that it meets, those that it owns too or only those that it was lent. */
    static long sum(ValueType type, Value value, boolean owned) {
        long sum = 0;
        for (Part each : resources(type, value)) {
            if (owned || each.type() instanceof BorrowType) {
                sum = sum * 31 + Integer.toUnsignedLong(((Value.U32) each.value()).value());
            }
        }
        return sum;
    }
}
