package tenon.core;

import org.jspecify.annotations.Nullable;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/**
 * The end of a guest's computation: WebAssembly 3.0, "Traps". Frames of the guest in its stack trace carry the names of
 * WebAssembly functions and offsets in the module's binary.
 */
public final class Trap extends TenonException {
    private static final long serialVersionUID = 1L;

    private final TrapKind kind;

    public Trap(TrapKind kind) {
        this(kind, kind.text(), null);
    }

    /** A trap with more words than those of its kind. */
    public Trap(TrapKind kind, String fact) {
        this(kind, fact, null);
    }

    Trap(TrapKind kind, String fact, @Nullable Throwable cause) {
        super(Actor.GUEST, Place.NOWHERE, fact, cause);
        this.kind = kind;
    }

    public TrapKind kind() {
        return kind;
    }

    /** Traps with a rule's words if the condition holds. */
    public static void trapIf(boolean condition, String rule) {
        if (condition) {
            throw new Trap(TrapKind.HOST, rule);
        }
    }
}
