package tenon.types.component;

import java.util.List;
import java.util.Optional;

/** {@code option<some>}: none is case 0, some is case 1. */
public record OptionType(ValueType some) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return List.of(some);
    }

    @Override
    public VariantType despecialize() {
        return new VariantType(List.of(
                new VariantType.Case("none", Optional.empty()), new VariantType.Case("some", Optional.of(some))));
    }

    @Override
    public String toString() {
        return "option<" + some + ">";
    }
}
