package tenon.types;

/** A module or component that follows the grammar and breaks a rule of validation. */
public final class InvalidException extends TenonException {
    private static final long serialVersionUID = 1L;

    public InvalidException(Place place, String fact) {
        super(Actor.USER, place, fact, null);
    }

    /** An invalid binary; {@code offset} in bytes from the start of the outermost file. */
    public InvalidException(long offset, String fact) {
        this(new Place.ByteOffset(offset), fact);
    }
}
