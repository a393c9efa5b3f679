package tenon.types.core;

import java.util.List;

/** A structure type. */
public record StructType(List<FieldType> fields) implements CompositeType {
    public StructType {
        fields = List.copyOf(fields);
    }
}
