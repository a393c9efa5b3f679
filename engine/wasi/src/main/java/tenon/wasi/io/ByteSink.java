package tenon.wasi.io;

/**
 * Where an output stream's bytes go: a backend, or memory ({@link MemorySink}).
 *
 * <p>Called on the Store's thread only. A sink that is busy signals the Store's {@link Readiness} when it no longer is.
 */
public interface ByteSink extends AutoCloseable {
    /** How many bytes a sink takes now. */
    sealed interface Capacity {
        /** That many; 0 while it is busy with earlier ones. */
        record Open(int bytes) implements Capacity {}

        /** It takes no more, ever. */
        record Closed() implements Capacity {}

        /** It takes no more, because bytes that it took were lost. */
        record Failed(IoError error) implements Capacity {}
    }

    /** What a sink says while it is busy. */
    Capacity BUSY = new Capacity.Open(0);

    /** What a sink says that takes no more. */
    Capacity CLOSED = new Capacity.Closed();

    /** How many bytes {@link #write} takes now. */
    Capacity capacity();

    /** Takes bytes, no more than {@link #capacity} said; never blocks for long. The array stays the caller's. */
    void write(byte[] bytes, int offset, int length);

    /** Sends what it holds on its way; {@link #capacity} is 0 until that has happened. */
    void flush();

    /** The guest writes no more to this stream; what was not flushed may be lost. */
    @Override
    void close();
}
