package tenon.types.component;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code result<ok, error>}, either side possibly without a payload: ok is case 0, error is case 1. */
public record ResultType(Optional<ValueType> ok, Optional<ValueType> error) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return Stream.concat(ok.stream(), error.stream()).toList();
    }

    @Override
    public VariantType despecialize() {
        return new VariantType(List.of(new VariantType.Case("ok", ok), new VariantType.Case("error", error)));
    }

    @Override
    public String toString() {
        if (error.isPresent()) {
            return "result<" + ok.map(ValueType::toString).orElse("_") + ", " + error.get() + ">";
        }
        return ok.map(payload -> "result<" + payload + ">").orElse("result");
    }
}
