package tenon.wasi.io;

/**
 * Where an input stream's bytes come from: a backend, or memory ({@link MemorySource}).
 *
 * <p>Called on the Store's thread only. A source that is not ready signals the Store's {@link Readiness} when it becomes so.
 */
public interface ByteSource extends AutoCloseable {
    /** What a read gave. */
    sealed interface Read {
        /** Bytes; none if none are there now. The array is the receiver's. */
        record Bytes(byte[] bytes) implements Read {}

        /** All bytes have been given. */
        record End() implements Read {}

        /** There will be no more bytes. */
        record Failed(IoError error) implements Read {}
    }

    /** Nothing is there now. */
    Read NOTHING = new Read.Bytes(new byte[0]);

    /** All bytes have been given. */
    Read END = new Read.End();

    /**
     * Takes bytes that are there; never blocks for long.
     *
     * @param most at least 1
     */
    Read read(int most);

    /** Whether {@link #read} would give bytes, the end, or a failure; also asks a lazy backend to fetch. */
    boolean ready();

    /** The guest reads no more. */
    @Override
    void close();
}
