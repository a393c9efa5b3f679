package tenon.runtime.value;

/**
 * A tuple of 1 element. Immutable if what it holds is.
 *
 * @param <T0> the shape of element 0
 */
public record Tuple1<T0>(T0 f0) {}
