package tenon.types.component;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A variant of at least one case; the discriminant is the case's position. */
public record VariantType(List<Case> cases) implements ValueType {

    /** One alternative, with or without a payload. */
    public record Case(String label, Optional<ValueType> type) {
        @Override
        public String toString() {
            return type.map(payload -> label + "(" + payload + ")").orElse(label);
        }
    }

    public VariantType {
        cases = List.copyOf(cases);
    }

    @Override
    public List<ValueType> parts() {
        return cases.stream()
                .flatMap(alternative -> alternative.type().stream())
                .toList();
    }

    @Override
    public String toString() {
        return cases.stream().map(Case::toString).collect(Collectors.joining(", ", "variant { ", " }"));
    }
}
