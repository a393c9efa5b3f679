package tenon.wit;

import java.util.List;
import java.util.Optional;

/**
 * A function: WIT.md, "WIT Functions".
 *
 * @param name as the Component Model has it: {@code get}, {@code [method]file.read}, {@code [get]size}
 * @param params in order; a method's first one is {@code self}
 */
public record Function(String name, FunctionKind kind, List<Parameter> params, Optional<Type> result, Remarks remarks) {

    /** A named parameter. */
    public record Parameter(String name, Type type) {}

    public Function {
        params = List.copyOf(params);
    }

    /** The name as it is written in WIT, without annotations and resource. */
    public String label() {
        String rest = name.substring(name.lastIndexOf(']') + 1);
        return rest.substring(rest.indexOf('.') + 1);
    }
}
