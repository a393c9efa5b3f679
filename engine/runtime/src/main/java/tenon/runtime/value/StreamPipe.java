package tenon.runtime.value;

/**
 * The ends of a stream that the host has made: it passes the one to a guest and writes to the other.
 *
 * @param <T> the elements
 */
public record StreamPipe<T>(StreamWriter<T> writer, StreamReader<T> reader) {}
