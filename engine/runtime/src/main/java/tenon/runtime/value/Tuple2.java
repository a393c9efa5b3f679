package tenon.runtime.value;

/**
 * A tuple of 2 elements. Immutable if what it holds is.
 *
 * @param <T0> the shape of element 0
 * @param <T1> the shape of element 1
 */
public record Tuple2<T0, T1>(T0 f0, T1 f1) {}
