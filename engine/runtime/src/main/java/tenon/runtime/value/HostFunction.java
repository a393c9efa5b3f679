package tenon.runtime.value;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;

/**
 * One function of a host interface; immutable.
 *
 * @param name its WIT name: {@code get-random-bytes}, {@code [method]thing.read}
 * @param handle of type {@code (owner, parameters…) → result}; with {@code dynamic}, of type {@code (owner, List<Value>) →
 *     Optional<Value>}
 * @param params the Java types of its parameters behind the owner, with type arguments where they are known
 * @param result the Java type of its result, likewise
 * @param dynamic whether it takes any function type, its values being {@link Value}s
 */
public record HostFunction(String name, MethodHandle handle, List<Type> params, Type result, boolean dynamic) {
    public HostFunction {
        params = List.copyOf(params);
    }
}
