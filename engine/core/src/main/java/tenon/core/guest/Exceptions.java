package tenon.core.guest;

import org.jspecify.annotations.Nullable;
import tenon.core.CoreInstance;
import tenon.core.GuestException;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** What {@code throw} and {@code throw_ref} throw. WebAssembly 3.0, "Control Instructions". */
public final class Exceptions {
    private Exceptions() {}

    /** A fresh exception of one of the instance's tags. */
    public static GuestException raise(CoreInstance instance, int tag, @Nullable Object values) {
        return new GuestException(instance.tag(tag), values);
    }

    /** The exception that a reference refers to. */
    public static GuestException referred(@Nullable Object reference) {
        if (reference == null) {
            throw new Trap(TrapKind.NULL_EXCEPTION_REFERENCE);
        }
        return (GuestException) reference;
    }
}
