package tenon.wasi.keyvalue;

import org.jspecify.annotations.Nullable;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** A store cannot do what it was asked for; the guest gets the fact as its interface's {@code other}. */
public final class KeyValueException extends TenonException {
    private static final long serialVersionUID = 1L;

    /** A guest asked for what cannot be: a key that is too long, a sum with what is no number. */
    public KeyValueException(String fact) {
        super(Actor.GUEST, Place.NOWHERE, fact, null);
    }

    /** The backend failed; {@code fact} reaches the guest, the cause does not. */
    public KeyValueException(String fact, @Nullable Throwable cause) {
        super(Actor.HOST, Place.NOWHERE, fact, cause);
    }
}
