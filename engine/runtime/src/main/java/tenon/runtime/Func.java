package tenon.runtime;

import java.util.List;
import java.util.Optional;
import tenon.runtime.canon.LiftedFunction;
import tenon.runtime.canon.Signature;
import tenon.runtime.value.Value;
import tenon.types.component.FunctionType;

/**
 * An exported function of one instance, called with dynamic values; {@link LinkedComponent#function} is the typed and faster way.
 * Confined to its Store.
 */
public final class Func {
    private final Instance instance;
    private final int lift;
    private final Signature signature;

    Func(Instance instance, int lift, Signature signature) {
        this.instance = instance;
        this.lift = lift;
        this.signature = signature;
    }

    /** Its type. */
    public FunctionType type() {
        return signature.type();
    }

    /**
     * Calls it.
     *
     * @return its result, if its type has one
     * @throws tenon.core.Trap if the guest traps; the instance has ended then
     * @throws IllegalArgumentException if the arguments are not of the function's type; the instance may have ended then
     */
    public Optional<Value> call(List<Value> arguments) {
        check(arguments);
        try {
            Object result = instance.slot().lifted(lift).callFromHost(signature, arguments.toArray());
            return Optional.ofNullable((Value) result);
        } catch (RuntimeException | StackOverflowError e) {
            throw ended(e);
        }
    }

    /**
     * Begins a call, and returns when it has returned or is blocked. It goes on while the host waits for it, or for anything else of
     * the store's guests.
     *
     * @throws tenon.core.Trap as {@link #call} does
     * @throws IllegalArgumentException as {@link #call} does
     */
    public Call start(List<Value> arguments) {
        check(arguments);
        try {
            LiftedFunction function = instance.slot().lifted(lift);
            return new Call(this, function, function.startFromHost(signature, arguments.toArray()));
        } catch (RuntimeException | StackOverflowError e) {
            throw ended(e);
        }
    }

    /** What the host sees of what ended a guest. */
    RuntimeException ended(Throwable thrown) {
        return instance.component().code().linkage().ended(thrown);
    }

    private void check(List<Value> arguments) {
        if (arguments.size() != signature.params().size()) {
            throw new IllegalArgumentException("expected " + signature.params().size() + " arguments for `"
                    + signature.type() + "`, found " + arguments.size());
        }
    }
}
