package tenon.compose.type;

import java.util.List;
import java.util.Optional;

/** The type of a function. Identity counts. Immutable. */
public final class FunctionType implements Type {
    private final List<Parameter> params;
    private final Optional<ValueType> result;
    private final boolean async;

    /** A parameter, or a field of a record. */
    public record Parameter(String name, ValueType type) {}

    /** A function type of its own. */
    public FunctionType(List<Parameter> params, Optional<ValueType> result, boolean async) {
        this.params = List.copyOf(params);
        this.result = result;
        this.async = async;
    }

    public List<Parameter> params() {
        return params;
    }

    public Optional<ValueType> result() {
        return result;
    }

    public boolean async() {
        return async;
    }

    @Override
    public String word() {
        return "function type";
    }
}
