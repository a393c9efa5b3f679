package tenon.runtime.value;

/**
 * A resource type of the host: an identity of its own, with the class of its objects. Immutable, compared by identity.
 *
 * <p>If the class is {@link AutoCloseable}, {@code close()} is the destructor: it is called when a guest drops its handle,
 * and for all handles that are left when the store closes.
 */
public final class HostResource {
    private final String name;
    private final Class<?> type;

    /** A resource type that is no other, even if another has the same name and class. */
    public HostResource(String name, Class<?> type) {
        this.name = name;
        this.type = type;
    }

    /** The resource's WIT name. */
    public String name() {
        return name;
    }

    /** The class of its objects. */
    public Class<?> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
