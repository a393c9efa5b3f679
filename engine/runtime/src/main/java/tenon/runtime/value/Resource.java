package tenon.runtime.value;

/**
 * A resource that a guest implements, as the host holds it: a handle, never the guest's representation.
 *
 * <p>Confined to the Store that it came from. An owned one is the host's to pass on (which empties this handle) or to
 * {@link #close}; a borrowed one ends with the call that lent it. Using an empty or ended handle is an
 * {@link IllegalStateException}.
 */
public interface Resource extends AutoCloseable {

    /** Whether the host owns the resource; false for a borrow. */
    boolean owned();

    /** The name of the resource type, in kebab case, for messages. */
    String typeName();

    /** Drops the handle; an owned resource's destructor runs in the guest. A second call does nothing. */
    @Override
    void close();
}
