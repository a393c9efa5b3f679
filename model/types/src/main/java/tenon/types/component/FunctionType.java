package tenon.types.component;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A component function type. */
public record FunctionType(List<Parameter> params, Optional<ValueType> result, boolean async)
        implements DefinedType, ExternType {

    /** A named parameter. */
    public record Parameter(String label, ValueType type) {
        @Override
        public String toString() {
            return label + ": " + type;
        }
    }

    public FunctionType {
        params = List.copyOf(params);
    }

    /** The parameters' types, in order. */
    public List<ValueType> paramTypes() {
        return params.stream().map(Parameter::type).toList();
    }

    /** WIT's notation: {@code func(id: u32) -> string}. */
    @Override
    public String toString() {
        return (async ? "async func" : "func")
                + params.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ")"))
                + result.map(type -> " -> " + type).orElse("");
    }
}
