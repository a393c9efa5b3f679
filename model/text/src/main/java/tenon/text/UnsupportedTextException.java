package tenon.text;

import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** Text that may be right and that Tenon cannot read yet: the fault is ours, and the text counts neither as right nor as wrong. */
public final class UnsupportedTextException extends TenonException {
    private static final long serialVersionUID = 1L;

    public UnsupportedTextException(Place place, String fact) {
        super(Actor.BUG, place, fact, null);
    }
}
