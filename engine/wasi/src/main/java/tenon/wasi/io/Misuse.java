package tenon.wasi.io;

import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** How a guest that breaks a rule of an interface is ended: the WIT says "will trap" there. */
public final class Misuse {
    private Misuse() {}

    /** A trap with the rule that was broken; to be thrown. */
    public static RuntimeException trap(String rule) {
        return new Broken(rule);
    }

    static RuntimeException interrupted(String reason) {
        return new Broken(reason);
    }

    // until tenon.core has its Trap
    private static final class Broken extends TenonException {
        private static final long serialVersionUID = 1L;

        Broken(String fact) {
            super(Actor.GUEST, Place.NOWHERE, fact, null);
        }
    }
}
