package tenon.runtime.value;

/**
 * A tuple of 3 elements. Immutable if what it holds is.
 *
 * @param <T0> the shape of element 0
 * @param <T1> the shape of element 1
 * @param <T2> the shape of element 2
 */
public record Tuple3<T0, T1, T2>(T0 f0, T1 f1, T2 f2) {}
