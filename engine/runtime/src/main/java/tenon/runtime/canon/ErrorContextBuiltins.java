package tenon.runtime.canon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Lower;
import tenon.runtime.abi.Strings;
import tenon.runtime.table.Rule;
import tenon.runtime.table.Table;
import tenon.runtime.value.ErrorContext;
import tenon.types.component.PointerType;

/** {@code canon error-context.new}, {@code .debug-message} and {@code .drop}. */
public final class ErrorContextBuiltins {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final String SECTION = "`canon error-context.debug-message`";

    /** Of a longer message the beginning is kept: the specification leaves it to the host what is. */
    private static final int MOST_CHARACTERS = 1_000;

    private ErrorContextBuiltins() {}

    /** {@code error-context.new}. */
    public static MethodHandle create(PointerType pointer) {
        return CoreCall.withPointers(
                Builtin.find(LOOKUP, "create", int.class, methodType(void.class, long.class, long.class, Object.class)),
                pointer,
                0,
                1);
    }

    /** {@code error-context.debug-message}. */
    public static MethodHandle debugMessage(PointerType pointer) {
        return CoreCall.withPointers(
                Builtin.find(
                        LOOKUP,
                        "debugMessage",
                        void.class,
                        methodType(void.class, int.class, long.class, Object.class)),
                pointer,
                1);
    }

    /** {@code error-context.drop}. */
    public static MethodHandle drop() {
        return Builtin.find(LOOKUP, "drop", void.class, methodType(void.class, int.class, Object.class));
    }

    private static ErrorContext get(Table handles, int index) {
        if (handles.get(index) instanceof ErrorContext found) {
            return found;
        }
        throw Rule.trap("handle index " + index + " used with the wrong type, expected an error context", SECTION);
    }

    private static int create(long address, long length, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        cx.instance().beginLifting();
        String message = Strings.load(cx, address, length).value();
        return cx.instance().handles().add(new ErrorContext(beginning(message)));
    }

    private static String beginning(String message) {
        if (message.length() <= MOST_CHARACTERS) {
            return message;
        }
        boolean splits = Character.isHighSurrogate(message.charAt(MOST_CHARACTERS - 1));
        return message.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }

    private static void debugMessage(int index, long address, Object context) {
        LiftLowerContext cx = Builtin.leaving(context);
        ErrorContext error = get(cx.instance().handles(), index);
        int alignment = cx.pointer().size();
        cx.check(address, 2L * alignment, alignment, "string out of bounds of memory", SECTION);
        Lower.storeRange(cx, address, Strings.store(cx, Strings.Lifted.ofHost(error.debugMessage())));
    }

    private static void drop(int index, Object context) {
        Table handles = Builtin.leaving(context).instance().handles();
        get(handles, index);
        handles.remove(index);
    }
}
