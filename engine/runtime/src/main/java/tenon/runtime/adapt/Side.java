package tenon.runtime.adapt;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.types.component.PointerType;

/**
 * One side of a call, as far as it is the same for all instances. Immutable.
 *
 * @param encoding of its strings, if it is known
 * @param realloc the code of its realloc, of type {@code (P, P, P, P, Object context) → P}, if it has one and that is known; P is what
 *     the pointers are in Java
 * @param pointer the type of its pointers
 * @param chunked whether its memory is in chunks
 */
public record Side(
        Optional<StringEncoding> encoding, Optional<MethodHandle> realloc, PointerType pointer, boolean chunked) {

    /** A side of which nothing is known but its memory. */
    public static Side ofMemory(PointerType pointer, boolean chunked) {
        return new Side(Optional.empty(), Optional.empty(), pointer, chunked);
    }

    boolean isUtf8() {
        return encoding.equals(Optional.of(StringEncoding.UTF8));
    }

    /** Whether its memory is an array in which each pointer that was checked is an index. */
    boolean inArray() {
        return pointer == PointerType.I32 && !chunked;
    }
}
