package tenon.bench;

import java.lang.invoke.MethodHandle;
import tenon.core.CoreFunction;
import tenon.core.CoreInstance;

/** Functions that a guest exports, to be called with {@code invokeExact}. */
final class Exported {
    private Exported() {}

    static MethodHandle function(CoreInstance instance, String name) {
        if (instance.export(name) instanceof CoreFunction function) {
            return function.handle();
        }
        throw new IllegalStateException("the guest does not export a function `" + name + "`");
    }
}
