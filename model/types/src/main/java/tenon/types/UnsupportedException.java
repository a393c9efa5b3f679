package tenon.types;

/**
 * An input that may well be right, but asks for a part of the specification that Tenon does not have, or for more of
 * something than its implementation limits allow (WebAssembly 3.0, appendix "Implementation Limitations").
 */
public final class UnsupportedException extends TenonException {
    private static final long serialVersionUID = 1L;

    public UnsupportedException(Place place, String fact) {
        super(Actor.USER, place, fact, null);
    }

    /** In a binary; {@code offset} in bytes from the start of the outermost file. */
    public UnsupportedException(long offset, String fact) {
        this(new Place.ByteOffset(offset), fact);
    }
}
