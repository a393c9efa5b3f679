package tenon.text.script;

import java.util.List;
import java.util.Optional;
import tenon.types.component.PrimitiveType;

/**
 * A value of a component, as the suites of the field write it: {@code (u8.const 1)}, {@code (list.const …)}. Floats are {@link Value.F32}
 * and {@link Value.F64}, as elsewhere. Immutable.
 */
public sealed interface ComponentValue extends Value {

    /** {@code (bool.const true)}. */
    record Bool(boolean value) implements ComponentValue {}

    /** {@code (u8.const 1)} and its like; of {@code bits} as many count as the type has. */
    record Whole(PrimitiveType type, long bits) implements ComponentValue {}

    /** {@code (char.const "x")}. */
    record Char(int codePoint) implements ComponentValue {}

    /** {@code (str.const "x")}. */
    record Text(String value) implements ComponentValue {}

    /** {@code (list.const value*)}. */
    record Sequence(List<Value> elements) implements ComponentValue {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** {@code (record.const (field "label" value)*)}; the values inside have no parentheses. */
    record Fields(List<Field> fields) implements ComponentValue {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** One of {@link Fields}. */
    record Field(String label, Value value) {}

    /** {@code (tuple.const value*)}. */
    record Tuple(List<Value> elements) implements ComponentValue {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** {@code (variant.const "label" value?)}. */
    record Variant(String label, Optional<Value> payload) implements ComponentValue {}

    /** {@code (enum.const "label")}. */
    record Enumeration(String label) implements ComponentValue {}

    /** {@code (flags.const "label"*)}. */
    record Flags(List<String> labels) implements ComponentValue {
        public Flags {
            labels = List.copyOf(labels);
        }
    }

    /** {@code (option.none)} and {@code (option.some value)}. */
    record Option(Optional<Value> value) implements ComponentValue {}

    /** {@code (result.ok value?)}. */
    record Ok(Optional<Value> value) implements ComponentValue {}

    /** {@code (result.err value?)}. */
    record Err(Optional<Value> error) implements ComponentValue {}
}
