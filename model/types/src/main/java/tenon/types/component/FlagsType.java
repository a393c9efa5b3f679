package tenon.types.component;

import java.util.List;

/** Flags: 1 to 32 labels; a label's bit is its position. */
public record FlagsType(List<String> labels) implements ValueType {
    public FlagsType {
        labels = List.copyOf(labels);
    }

    @Override
    public List<ValueType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return "flags { " + String.join(", ", labels) + " }";
    }
}
