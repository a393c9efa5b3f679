package tenon.types;

/** A binary or a text that does not follow the grammar: nothing can be said about its meaning. */
public final class MalformedException extends TenonException {
    private static final long serialVersionUID = 1L;

    public MalformedException(Place place, String fact) {
        super(Actor.USER, place, fact, null);
    }

    /** A malformed binary; {@code offset} in bytes from the start of the outermost file. */
    public MalformedException(long offset, String fact) {
        this(new Place.ByteOffset(offset), fact);
    }
}
