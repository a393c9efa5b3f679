package tenon.make;

import java.util.function.Supplier;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** Modules and worlds that do not make a component together; the message says which module and what it lacks. */
public final class MakeException extends TenonException {
    private static final long serialVersionUID = 1L;

    /** A fact, and what was expected. */
    public MakeException(String fact) {
        super(Actor.USER, Place.NOWHERE, fact, null);
    }

    private MakeException(String fact, TenonException cause) {
        super(Actor.USER, Place.NOWHERE, fact, cause);
    }

    /** Runs {@code step}; what goes wrong in it gets {@code context} in front. */
    public static <T> T within(String context, Supplier<T> step) {
        try {
            return step.get();
        } catch (TenonException e) {
            throw new MakeException(context + ": " + e.getMessage(), e);
        }
    }
}
