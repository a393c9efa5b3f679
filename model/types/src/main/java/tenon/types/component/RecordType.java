package tenon.types.component;

import java.util.List;
import java.util.stream.Collectors;

/** A record with at least one field; labels are strongly unique. */
public record RecordType(List<Field> fields) implements ValueType {

    /** A named part. */
    public record Field(String label, ValueType type) {
        @Override
        public String toString() {
            return label + ": " + type;
        }
    }

    public RecordType {
        fields = List.copyOf(fields);
    }

    @Override
    public List<ValueType> parts() {
        return fields.stream().map(Field::type).toList();
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "record { ", " }"));
    }
}
