package tenon.runtime.value;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A component-level value without a Java type of its own: one record per kind of value type. Immutable.
 *
 * <p>Labels (of fields, cases and flags) are in kebab case as in WIT. Integers without a sign keep their bits.
 */
public sealed interface Value {

    /** A {@code bool}. */
    record Bool(boolean value) implements Value {}

    /** An {@code s8}. */
    record S8(byte value) implements Value {}

    /** A {@code u8}; 255 is -1. */
    record U8(byte value) implements Value {}

    /** An {@code s16}. */
    record S16(short value) implements Value {}

    /** A {@code u16}; 65535 is -1. */
    record U16(short value) implements Value {}

    /** An {@code s32}. */
    record S32(int value) implements Value {}

    /** A {@code u32}; 2³²−1 is -1. */
    record U32(int value) implements Value {}

    /** An {@code s64}. */
    record S64(long value) implements Value {}

    /** A {@code u64}; 2⁶⁴−1 is -1. */
    record U64(long value) implements Value {}

    /** An {@code f32}. */
    record F32(float value) implements Value {}

    /** An {@code f64}. */
    record F64(double value) implements Value {}

    /** A {@code char}: a Unicode scalar value. */
    record Char(int codePoint) implements Value {
        public Char {
            if (!Character.isValidCodePoint(codePoint) || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
                throw new IllegalArgumentException(
                        "0x" + Integer.toHexString(codePoint) + " is no Unicode scalar value");
            }
        }
    }

    /** A {@code string}. */
    record Text(String value) implements Value {
        public Text {
            Objects.requireNonNull(value);
        }
    }

    /** A {@code list}, one of fixed length too; or a {@code map}, as tuples of a key and a value each. */
    record Sequence(List<Value> elements) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A {@code record}: its fields in the order of the type. */
    record Fields(List<Field> fields) implements Value {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** One field of a {@link Fields}. */
    record Field(String label, Value value) {
        public Field {
            Objects.requireNonNull(label);
            Objects.requireNonNull(value);
        }
    }

    /** A {@code tuple}. */
    record Tuple(List<Value> elements) implements Value {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** A {@code variant}: the case's label and payload, if the case has one. */
    record Variant(String label, Optional<Value> payload) implements Value {
        public Variant {
            Objects.requireNonNull(label);
            Objects.requireNonNull(payload);
        }
    }

    /** An {@code enum}: the case's label. */
    record Enumeration(String label) implements Value {
        public Enumeration {
            Objects.requireNonNull(label);
        }
    }

    /** {@code flags}: the labels that are set, in the order of the type. */
    record Flags(List<String> labels) implements Value {
        public Flags {
            labels = List.copyOf(labels);
        }
    }

    /** An {@code option}. */
    record Option(Optional<Value> value) implements Value {
        public Option {
            Objects.requireNonNull(value);
        }
    }

    /** The ok side of a {@code result}. */
    record Ok(Optional<Value> value) implements Value {
        public Ok {
            Objects.requireNonNull(value);
        }
    }

    /** The error side of a {@code result}. */
    record Err(Optional<Value> error) implements Value {
        public Err {
            Objects.requireNonNull(error);
        }
    }

    /** An {@code own} or {@code borrow}: a {@link Resource} of a guest, or the object that the host made for its own resource. */
    record Handle(Object resource) implements Value {
        public Handle {
            Objects.requireNonNull(resource);
        }
    }
}
