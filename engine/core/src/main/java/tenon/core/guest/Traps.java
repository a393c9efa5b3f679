package tenon.core.guest;

import tenon.core.Trap;
import tenon.core.TrapKind;

/** Traps that compiled code throws itself. */
public final class Traps {
    private Traps() {}

    public static Trap unreachable() {
        return new Trap(TrapKind.UNREACHABLE);
    }

    public static Trap nullReference() {
        return new Trap(TrapKind.NULL_REFERENCE);
    }
}
