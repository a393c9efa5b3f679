package tenon.runtime.wave;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tenon.runtime.value.Value;

/** Writes values as WAVE text, in the form in which the suites have it: {@code some} and {@code ok} written out. */
final class WavePrinter {
    private final StringBuilder out;

    WavePrinter(StringBuilder out) {
        this.out = out;
    }

    void print(Value value) {
        switch (value) {
            case Value.Bool bool -> out.append(bool.value());
            case Value.S8 number -> out.append(number.value());
            case Value.U8 number -> out.append(Byte.toUnsignedInt(number.value()));
            case Value.S16 number -> out.append(number.value());
            case Value.U16 number -> out.append(Short.toUnsignedInt(number.value()));
            case Value.S32 number -> out.append(number.value());
            case Value.U32 number -> out.append(Integer.toUnsignedString(number.value()));
            case Value.S64 number -> out.append(number.value());
            case Value.U64 number -> out.append(Long.toUnsignedString(number.value()));
            case Value.F32 number -> floating(number.value(), Float.toString(number.value()));
            case Value.F64 number -> floating(number.value(), Double.toString(number.value()));
            case Value.Char one -> quoted('\'', Character.toString(one.codePoint()));
            case Value.Text text -> quoted('"', text.value());
            case Value.Sequence list -> sequence('[', list.elements(), this::print, ']');
            case Value.Tuple tuple -> sequence('(', tuple.elements(), this::print, ')');
            case Value.Fields record -> fields(record);
            case Value.Flags flags -> sequence('{', flags.labels(), out::append, '}');
            case Value.Enumeration one -> label(one.label());
            case Value.Variant variant -> {
                label(variant.label());
                payload(variant.payload());
            }
            case Value.Option option -> {
                out.append(option.value().isPresent() ? "some" : "none");
                payload(option.value());
            }
            case Value.Ok ok -> {
                out.append("ok");
                payload(ok.value());
            }
            case Value.Err err -> {
                out.append("err");
                payload(err.error());
            }
            case Value.Handle handle ->
                out.append('<').append(handle.resource()).append('>');
        }
    }

    private void payload(Optional<Value> payload) {
        payload.ifPresent(value -> {
            out.append('(');
            print(value);
            out.append(')');
        });
    }

    private void label(String label) {
        out.append(WaveParser.KEYWORDS.contains(label) ? "%" : "").append(label);
    }

    private <T> void sequence(char open, List<T> elements, Consumer<T> print, char close) {
        out.append(open);
        String separator = "";
        for (T element : elements) {
            out.append(separator);
            print.accept(element);
            separator = ", ";
        }
        out.append(close);
    }

    private void fields(Value.Fields record) {
        List<Value.Field> written = record.fields().stream()
                .filter(field -> !(field.value() instanceof Value.Option option)
                        || option.value().isPresent())
                .toList();
        if (written.isEmpty()) {
            out.append("{:}");
            return;
        }
        sequence(
                '{',
                written,
                field -> {
                    out.append(field.label()).append(": ");
                    print(field.value());
                },
                '}');
    }

    /** Java's shortest text that reads back as the same number, as a JSON number: without a fraction of zero. */
    private void floating(double value, String text) {
        if (Double.isNaN(value)) {
            out.append("nan");
        } else if (Double.isInfinite(value)) {
            out.append(value < 0 ? "-inf" : "inf");
        } else {
            out.append(text.replace(".0E", "E").replace('E', 'e').replaceFirst("\\.0$", ""));
        }
    }

    private void quoted(char quote, String text) {
        out.append(quote);
        text.codePoints().forEach(this::character);
        out.append(quote);
    }

    /** Both quotes are escaped wherever they stand, and so is what does not print. */
    private void character(int c) {
        switch (c) {
            case '\'' -> out.append("\\'");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            default -> {
                if (Character.isISOControl(c)) {
                    out.append("\\u{").append(Integer.toHexString(c)).append('}');
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
