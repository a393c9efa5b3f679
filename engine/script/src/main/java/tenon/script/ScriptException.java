package tenon.script;

import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** A directive that asks for what the script has not made: it can neither hold nor be refuted. */
final class ScriptException extends TenonException {
    private static final long serialVersionUID = 1L;

    ScriptException(String fact) {
        super(Actor.USER, Place.NOWHERE, fact, null);
    }
}
