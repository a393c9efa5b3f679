package tenon.types;

import org.jspecify.annotations.Nullable;

/**
 * The root of every error that Tenon raises on purpose; one subclass per stage.
 *
 * <p>Messages start in lower case with the fact, put names in backticks, then say what was expected, without a full stop.
 */
public abstract class TenonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Actor actor;
    private final transient Place place;
    private final String fact;

    protected TenonException(Actor actor, Place place, String fact, @Nullable Throwable cause) {
        super(place.mark(fact), cause);
        this.actor = actor;
        this.place = place;
        this.fact = fact;
    }

    /** Who must act. */
    public final Actor actor() {
        return actor;
    }

    /** Where it is. */
    public final Place place() {
        return place;
    }

    /** The message without its place. */
    public final String fact() {
        return fact;
    }
}
