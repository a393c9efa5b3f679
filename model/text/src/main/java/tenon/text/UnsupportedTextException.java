package tenon.text;

import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** Text that Tenon cannot read yet: it counts neither as right nor as wrong. */
public final class UnsupportedTextException extends TenonException {
    private static final long serialVersionUID = 1L;

    public UnsupportedTextException(Place place, String fact) {
        super(Actor.USER, place, fact, null);
    }
}
