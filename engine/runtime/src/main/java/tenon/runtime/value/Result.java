package tenon.runtime.value;

import java.util.Objects;

/**
 * A value of type {@code result<T, E>}; an absent side is {@link Unit}. Immutable if what it holds is.
 *
 * @param <T> the shape of the ok side
 * @param <E> the shape of the error side
 */
public sealed interface Result<T, E> {

    /** The ok side. */
    record Ok<T, E>(T value) implements Result<T, E> {
        public Ok {
            Objects.requireNonNull(value);
        }
    }

    /** The error side. */
    record Err<T, E>(E error) implements Result<T, E> {
        public Err {
            Objects.requireNonNull(error);
        }
    }

    /** The ok side with {@code value}. */
    static <T, E> Result<T, E> ok(T value) {
        return new Ok<>(value);
    }

    /** The ok side of a {@code result} without an ok type. */
    static <E> Result<Unit, E> ok() {
        return new Ok<>(Unit.UNIT);
    }

    /** The error side with {@code error}. */
    static <T, E> Result<T, E> err(E error) {
        return new Err<>(error);
    }

    /** The error side of a {@code result} without an error type. */
    static <T> Result<T, Unit> err() {
        return new Err<>(Unit.UNIT);
    }
}
