package tenon.wit.print;

import java.util.List;
import java.util.function.Consumer;
import tenon.wit.json.JsonValue;

/** Writes JSON, indented by two blanks. Confined to one run. */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    /** Whether the object or list that is being written has something in it. */
    private boolean filled;

    void object(Runnable fields) {
        nest('{', '}', fields);
    }

    void object(String name, Runnable fields) {
        name(name);
        object(fields);
    }

    <T> void list(String name, List<T> elements, Consumer<T> write) {
        name(name);
        nest('[', ']', () -> {
            for (T element : elements) {
                separate();
                write.accept(element);
            }
        });
    }

    void string(String name, String value) {
        name(name);
        string(value);
    }

    void number(String name, long value) {
        name(name);
        number(value);
    }

    void nothing(String name) {
        name(name);
        out.append("null");
    }

    void number(long value) {
        out.append(value);
    }

    void string(String value) {
        out.append(JsonValue.quoted(value));
    }

    private void name(String name) {
        separate();
        string(name);
        out.append(": ");
    }

    private void separate() {
        if (filled) {
            out.append(',');
        }
        filled = true;
        out.append('\n').repeat("  ", depth);
    }

    private void nest(char open, char close, Runnable content) {
        boolean outer = filled;
        filled = false;
        out.append(open);
        depth++;
        content.run();
        depth--;
        if (filled) {
            out.append('\n').repeat("  ", depth);
        }
        out.append(close);
        filled = outer;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
