package tenon.types.core;

import java.util.List;
import java.util.stream.Collectors;

/** A core function type. */
public record FuncType(List<ValType> params, List<ValType> results) implements CompositeType {
    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    /** As a message shows it: {@code (i32, i32) -> (i32)}. */
    @Override
    public String toString() {
        return list(params) + " -> " + list(results);
    }

    private static String list(List<ValType> types) {
        return types.stream().map(ValType::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
