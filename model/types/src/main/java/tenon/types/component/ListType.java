package tenon.types.component;

import java.util.List;

/** {@code list<element>} of any length. */
public record ListType(ValueType element) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return List.of(element);
    }

    @Override
    public String toString() {
        return "list<" + element + ">";
    }
}
