package tenon.core;

import org.jspecify.annotations.Nullable;

/**
 * An exception of the guest's, in flight or held by a reference of type {@code exnref}: WebAssembly 3.0, "Exception
 * Instances". It passes between guests of one component only; to a host, and at the border of a component, it is a {@link
 * Trap} of the kind {@link TrapKind#UNHANDLED_EXCEPTION}. Without a stack trace, since guests raise it often. Immutable, but
 * for the values that it refers to.
 */
public final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CoreTag tag;
    private final transient @Nullable Object values;

    /** {@code values} are {@code long[]} of bits, {@code Object[]} of boxed values if one is a reference, or null. */
    public GuestException(CoreTag tag, @Nullable Object values) {
        super(null, null, false, false);
        this.tag = tag;
        this.values = values;
    }

    /** The kind of exception; tags are the same if they are the same object. */
    public CoreTag tag() {
        return tag;
    }

    /** What it carries: {@code long[]} of bits, {@code Object[]} of boxed values if one is a reference, or null for nothing. */
    public @Nullable Object values() {
        return values;
    }

    @Override
    public String getMessage() {
        return "unhandled exception of a tag of type " + tag.type();
    }
}
