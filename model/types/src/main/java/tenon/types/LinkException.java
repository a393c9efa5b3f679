package tenon.types;

/** Imports that nothing meets, or that something of another type would meet; the fact lists all of them. */
public final class LinkException extends TenonException {
    private static final long serialVersionUID = 1L;

    public LinkException(String fact) {
        super(Actor.USER, Place.NOWHERE, fact, null);
    }
}
