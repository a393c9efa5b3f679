package tenon.types.component;

import java.util.List;
import java.util.Optional;

/** The readable end of a future, with or without elements. */
public record FutureType(Optional<ValueType> element) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return element.stream().toList();
    }

    @Override
    public String toString() {
        return element.map(type -> "future<" + type + ">").orElse("future");
    }
}
