package tenon.runtime.table;

import tenon.core.StackRoom;
import tenon.core.Trap;
import tenon.core.TrapKind;

/** Rules of the Canonical ABI that a guest can break: each trap names its rule and the section of CanonicalABI.md. */
public final class Rule {
    private Rule() {}

    /** Traps with {@code reason} if {@code condition} holds: the specification's {@code trap_if}. */
    public static void trapIf(boolean condition, String reason, String section) {
        if (condition) {
            throw trap(reason, section);
        }
    }

    /** The trap, to be thrown. */
    public static Trap trap(String reason, String section) {
        // the first concatenation of its kind links code
        StackRoom.requireMuch();
        return new Trap(TrapKind.HOST, reason + " (CanonicalABI.md, \"" + section + "\")");
    }
}
