package tenon.core;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A call that a function leaves to whoever called it, since its own frame is to be gone by then: WebAssembly 3.0, "Control
 * Instructions", {@code return_call}. For compiled code. A function with tail calls is compiled twice: its body, which leaves
 * its last call in {@link CoreInstance#tailCall} and returns, and a method of the usual type, which calls the body and
 * then makes such calls one after the other. So tail calls take no stack however long their chain, across instances too.
 */
public final class TailCall {
    private final CoreFunction callee;
    private final @Nullable Object values;
    private final MethodHandle spread;

    /**
     * A call to be made.
     *
     * @param values the arguments in an array, null for none
     * @param spread takes arguments and callee and makes the call
     */
    public TailCall(CoreFunction callee, @Nullable Object values, MethodHandle spread) {
        this.callee = callee;
        this.values = values;
        this.spread = spread;
    }

    public CoreFunction callee() {
        return callee;
    }

    public @Nullable Object values() {
        return values;
    }

    public MethodHandle spread() {
        return spread;
    }

    /** The call that the callee has left, once it has returned; null if it has made its calls. */
    public @Nullable TailCall next() {
        if (!callee.leavesCalls()) {
            return null;
        }
        CoreInstance instance = (CoreInstance) callee.context();
        TailCall left = instance.tailCall;
        instance.tailCall = null;
        return left;
    }
}
