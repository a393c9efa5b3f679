package tenon.component;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link ValueDefinition} says: Explainer.md, "Value Definitions". The definition's type says what the parts are. Immutable.
 *
 * <p>Difference from the specification: none; values of types that its grammar has no form for (maps, lists of fixed length, handles,
 * streams, futures, error contexts) cannot be written down.
 */
public sealed interface Constant {

    /** A {@code bool}. */
    record Bool(boolean value) implements Constant {}

    /** An integer; a {@code u64} keeps its bits. */
    record Whole(long value) implements Constant {}

    /** An {@code f32}; there is one NaN. */
    record F32(float value) implements Constant {}

    /** An {@code f64}; there is one NaN. */
    record F64(double value) implements Constant {}

    /** A {@code char}: a Unicode scalar value. */
    record Char(int codePoint) implements Constant {}

    /** A {@code string}. */
    record Text(String value) implements Constant {}

    /** A {@code list}, or the fields of a {@code record} or {@code tuple} in the order of the type. */
    record Parts(List<Constant> parts) implements Constant {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /** A {@code variant}, {@code enum}, {@code option} or {@code result}: the position of the case, and what it carries. */
    record Case(int index, Optional<Constant> payload) implements Constant {}

    /** {@code flags}: bit n is label n. */
    record Flags(int bits) implements Constant {}
}
