package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import tenon.core.CoreTable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.StreamElement;
import tenon.types.component.ValueType;

/**
 * What a built-in knows of the place that it was made for: the last argument of its handle. Confined to its Store.
 *
 * @param cx the instance that calls, with the options that the built-in was made with
 * @param element what a stream or future carries; empty for all other built-ins, and if it carries nothing
 * @param result the type that {@code task.return} was made with
 * @param table the functions that {@code thread.new-indirect} was made with
 */
public record Builtin(
        LiftLowerContext cx, Optional<StreamElement> element, Optional<ValueType> result, Optional<CoreTable> table) {

    /** The instance that calls, which must be allowed to. */
    static LiftLowerContext leaving(Object context) {
        LiftLowerContext cx = ((Builtin) context).cx;
        cx.instance().trapUnlessMayLeave();
        return cx;
    }

    /** A static method of a class of this package as a handle, its first arguments given. */
    static MethodHandle find(
            MethodHandles.Lookup lookup, String name, Class<?> result, MethodType params, Object... first) {
        try {
            MethodHandle handle = lookup.findStatic(lookup.lookupClass(), name, params.changeReturnType(result));
            return MethodHandles.insertArguments(handle, 0, first);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
