package tenon.runtime.value;

import java.util.List;

/**
 * The writable end of a stream, held by the host. Who may write, and where, is as with {@link StreamReader}.
 *
 * @param <T> the elements, as the package documents them; {@link Unit} where the stream has none
 */
public interface StreamWriter<T> extends AutoCloseable {
    /** Writes elements, waiting until they are read; how many were, which is fewer only if the reader has gone. */
    int write(List<? extends T> elements);

    /**
     * Writes bytes to a stream of {@code u8} or {@code s8}, waiting until they are read.
     *
     * @return how many were, which is fewer only if the reader has gone
     * @throws IllegalStateException if its elements are others
     */
    int write(byte[] from, int offset, int length);

    /** Ends the stream; the reader is told. A second call does nothing. */
    @Override
    void close();
}
