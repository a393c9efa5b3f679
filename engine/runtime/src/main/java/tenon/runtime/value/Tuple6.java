package tenon.runtime.value;

/**
 * A tuple of 6 elements. Immutable if what it holds is.
 *
 * @param <T0> the shape of element 0
 * @param <T1> the shape of element 1
 * @param <T2> the shape of element 2
 * @param <T3> the shape of element 3
 * @param <T4> the shape of element 4
 * @param <T5> the shape of element 5
 */
public record Tuple6<T0, T1, T2, T3, T4, T5>(T0 f0, T1 f1, T2 f2, T3 f3, T4 f4, T5 f5) {}
