package tenon.types.component;

import java.util.List;

/** {@code map<key, value>}: in the canonical ABI a list of pairs. */
public record MapType(ValueType key, ValueType value) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return List.of(key, value);
    }

    @Override
    public ValueType despecialize() {
        return new ListType(new TupleType(List.of(key, value)).despecialize());
    }

    @Override
    public String toString() {
        return "map<" + key + ", " + value + ">";
    }
}
