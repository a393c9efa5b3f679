package tenon.types.component;

import java.util.List;
import java.util.Optional;

/** An enum of at least one label; the discriminant is the label's position. */
public record EnumType(List<String> labels) implements ValueType {
    public EnumType {
        labels = List.copyOf(labels);
    }

    @Override
    public List<ValueType> parts() {
        return List.of();
    }

    @Override
    public VariantType despecialize() {
        return new VariantType(labels.stream()
                .map(label -> new VariantType.Case(label, Optional.empty()))
                .toList());
    }

    @Override
    public String toString() {
        return "enum { " + String.join(", ", labels) + " }";
    }
}
