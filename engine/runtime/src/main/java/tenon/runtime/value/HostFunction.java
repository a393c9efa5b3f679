package tenon.runtime.value;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletionStage;

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

    /** Whether it returns at once, with a {@link CompletionStage} of its result. */
    public boolean givesLater() {
        Type raw = result instanceof ParameterizedType parameterized ? parameterized.getRawType() : result;
        return raw instanceof Class<?> plain && CompletionStage.class.isAssignableFrom(plain);
    }

    /** The type of its result, now or later. */
    public Type eventualResult() {
        return givesLater() && result instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : result;
    }
}
