package tenon.runtime.value;

import java.util.List;

/**
 * The readable end of a stream, held by the host; one that is passed to a guest is the guest's from then on.
 *
 * <p>The thread that uses the store may read, and runs guests while it waits; so may any other thread, which waits for that one to run
 * them. A function of the host that a guest calls may not wait on the guest's own thread; it reads on another one. One reads at a time.
 *
 * @param <T> the elements, as the package documents them; {@link Unit} where the stream has none
 */
public interface StreamReader<T> extends AutoCloseable {
    /** The next elements, at most so many and at least one; none where the stream has ended. */
    List<T> read(int most);

    /**
     * The next bytes of a stream of {@code u8} or {@code s8}.
     *
     * @return how many, at least one unless {@code length} is 0; -1 where the stream has ended
     * @throws IllegalStateException if its elements are others
     */
    int read(byte[] into, int offset, int length);

    /** Gives the stream up; the writer is told. A second call does nothing. */
    @Override
    void close();
}
