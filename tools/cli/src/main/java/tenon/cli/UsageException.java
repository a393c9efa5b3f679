package tenon.cli;

import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** The command line asks for something that is not there, or that contradicts itself; ends the process with {@link Tenon#USAGE}. */
final class UsageException extends TenonException {
    private static final long serialVersionUID = 1L;

    UsageException(String fact) {
        super(Actor.USER, Place.NOWHERE, fact, null);
    }
}
