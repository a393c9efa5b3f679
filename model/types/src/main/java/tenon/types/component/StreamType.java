package tenon.types.component;

import java.util.List;
import java.util.Optional;

/** The readable end of a stream, with or without elements. */
public record StreamType(Optional<ValueType> element) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return element.stream().toList();
    }

    @Override
    public String toString() {
        return element.map(type -> "stream<" + type + ">").orElse("stream");
    }
}
