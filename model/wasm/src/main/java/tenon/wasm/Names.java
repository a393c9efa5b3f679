package tenon.wasm;

import java.util.Map;
import java.util.Optional;

/** The name section: for people only; what is malformed in it is left out. */
public record Names(
        Optional<String> module, Map<Integer, String> functions, Map<Integer, Map<Integer, String>> locals) {
    public static final Names NONE = new Names(Optional.empty(), Map.of(), Map.of());

    public Names {
        functions = Map.copyOf(functions);
        locals = Map.copyOf(locals);
    }
}
