package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tenon.runtime.adapt.Side;

/**
 * One place from which a function of a provider that can be replaced is called: one lowering, whose memory and encoding its adapters
 * know; or the host's hands, for all. Thread-safe.
 *
 * <p>Its call site goes straight to the present provider: the JIT compiles the call as if it could never change, and anew when it does.
 * On the way stands one comparison, whether the caller is bound to the present provider already; where it is not, {@link LateCall}
 * binds it.
 */
final class LateSite {
    private static final MethodHandle NOTHING = MethodHandles.empty(MethodType.methodType(void.class, Object.class));

    private final LateFunction function;
    private final Side caller;
    private final MethodHandle slow;
    private final MutableCallSite site;
    private final Map<Generation, MethodHandle> ways = new ConcurrentHashMap<>();

    LateSite(LateFunction function, Side caller) {
        this.function = function;
        this.caller = caller;
        this.slow = slow();
        this.site = new MutableCallSite(slow);
    }

    MutableCallSite site() {
        return site;
    }

    /** Calls whatever provides it, of the type that {@link LateFunction#type} says. */
    MethodHandle call() {
        return site.dynamicInvoker();
    }

    /** How to call a generation, made when it is first asked for; calls go straight there if it is the present one. */
    MethodHandle way(Generation generation) {
        MethodHandle way = ways.get(generation);
        if (way == null) {
            way = exiting(function.way(generation, caller), generation);
            ways.put(generation, way);
            function.border().binding().link(this, generation);
        }
        return way;
    }

    /** Looks after the call whether the provider was replaced meanwhile; costs nothing as long as it was not. */
    private MethodHandle exiting(MethodHandle call, Generation generation) {
        MethodType type = function.type(caller);
        MethodHandle settle = generation.live().guardWithTest(NOTHING, LateCall.SETTLE);
        MethodHandle after =
                MethodHandles.permuteArguments(settle, type.changeReturnType(void.class), function.contextAt(caller));
        Class<?> result = type.returnType();
        if (result != void.class) {
            after = MethodHandles.foldArguments(
                    MethodHandles.dropArguments(MethodHandles.identity(result), 1, type.parameterArray()),
                    MethodHandles.dropArguments(after, 0, result));
        }
        return MethodHandles.foldArguments(after, call);
    }

    /** Has calls bind themselves first. */
    void unlink() {
        ways.keySet().removeIf(Generation::isGone);
        site.setTarget(slow);
    }

    /** Has calls that are bound to a generation go straight there; a way to it has been made. */
    void link(Generation generation) {
        MethodHandle way = ways.get(generation);
        if (way != null && (function.lateParams().isEmpty() || function.isMethod())) {
            site.setTarget(MethodHandles.guardWithTest(test(generation), way, slow));
        }
    }

    private MethodHandle test(Generation generation) {
        if (function.isMethod()) {
            return MethodHandles.insertArguments(LateCall.IS_BOUND_TO_SELF, 0, generation);
        }
        return MethodHandles.permuteArguments(
                MethodHandles.insertArguments(LateCall.IS_BOUND, 0, generation),
                function.type(caller).changeReturnType(boolean.class),
                function.contextAt(caller));
    }

    private MethodHandle slow() {
        MethodType type = function.type(caller);
        MethodType choice = type.changeReturnType(MethodHandle.class);
        MethodHandle choose = function.lateParams().isEmpty()
                ? MethodHandles.permuteArguments(LateCall.BIND, choice, function.contextAt(caller))
                : LateCall.BIND_TO_OWNER
                        .asCollector(Object[].class, type.parameterCount() - 1)
                        .asType(choice);
        return MethodHandles.foldArguments(MethodHandles.exactInvoker(type), choose);
    }
}
