package tenon.types.component;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tuple of at least one type. */
public record TupleType(List<ValueType> types) implements ValueType {
    public TupleType {
        types = List.copyOf(types);
    }

    @Override
    public List<ValueType> parts() {
        return types;
    }

    @Override
    public RecordType despecialize() {
        return new RecordType(IntStream.range(0, types.size())
                .mapToObj(i -> new RecordType.Field(Integer.toString(i), types.get(i)))
                .toList());
    }

    @Override
    public String toString() {
        return types.stream().map(ValueType::toString).collect(Collectors.joining(", ", "tuple<", ">"));
    }
}
