package tenon.runtime.value;

/**
 * The readable end of a future, held by the host; one that is passed to a guest is the guest's from then on. Who may wait, and where,
 * is as with {@link StreamReader}.
 *
 * @param <T> what it carries, as the package documents it; {@link Unit} where it carries nothing
 */
public interface FutureReader<T> extends AutoCloseable {
    /** What it carries, once it is there; a second call gives the same. */
    T get();

    /** Gives the future up; the writer is told. A second call does nothing. */
    @Override
    void close();
}
