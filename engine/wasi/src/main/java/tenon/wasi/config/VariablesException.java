package tenon.wasi.config;

import org.jspecify.annotations.Nullable;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;

/** A provider of values did not answer; the guest gets the fact as its interface's {@code provider} or {@code upstream}. */
public final class VariablesException extends TenonException {
    private static final long serialVersionUID = 1L;

    /** The provider failed; {@code fact} reaches the guest, the cause does not. */
    public VariablesException(String fact, @Nullable Throwable cause) {
        super(Actor.HOST, Place.NOWHERE, fact, cause);
    }
}
