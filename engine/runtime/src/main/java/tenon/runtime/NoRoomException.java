package tenon.runtime;

import org.jspecify.annotations.Nullable;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** The host's budget of memory is used up: later, when others have ended, the same may succeed. */
public final class NoRoomException extends TenonException {
    private static final long serialVersionUID = 1L;

    /** The fact in words, and what ended a guest that was there already. */
    public NoRoomException(String fact, @Nullable Throwable cause) {
        super(Actor.HOST, Place.NOWHERE, fact, cause);
    }
}
