package tenon.types.component;

import java.util.List;

/** {@code list<element, length>}; {@code length} counts elements, is at least 1 and unsigned in 32 bits. */
public record FixedLengthListType(ValueType element, long length) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return List.of(element);
    }

    @Override
    public String toString() {
        return "list<" + element + ", " + length + ">";
    }
}
