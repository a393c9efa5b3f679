package tenon.runtime.adapt;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import tenon.component.CanonicalOptions.StringEncoding;

/**
 * One side of a call, as far as it is the same for all instances. Immutable.
 *
 * @param encoding of its strings, if it is known
 * @param realloc the code of its realloc, of type {@code (int, int, int, int, Object context) → int}, if it has one and that is known
 */
public record Side(Optional<StringEncoding> encoding, Optional<MethodHandle> realloc) {
    /** A side of which nothing is known. */
    public static final Side UNKNOWN = new Side(Optional.empty(), Optional.empty());

    boolean isUtf8() {
        return encoding.equals(Optional.of(StringEncoding.UTF8));
    }
}
