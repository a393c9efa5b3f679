package tenon.component;

import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** A definition stands on one in which a problem has been found, so that nothing can be said about it. */
public final class UnknownException extends TenonException {
    private static final long serialVersionUID = 1L;

    public UnknownException(long offset, String what) {
        super(Actor.USER, new Place.ByteOffset(offset), what + " is not known, since its definition is wrong", null);
    }
}
