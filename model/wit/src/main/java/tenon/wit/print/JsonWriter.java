package tenon.wit.print;

import java.util.List;
import java.util.function.Consumer;
import tenon.wit.json.JsonValue;

/** Writes JSON, indented by two blanks. Confined to one run. */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    /** Whether the object or list that is being written has something in it. */
    private boolean filled;

    /** Nothing is written yet. */
    public JsonWriter() {}

    /** An object whose fields {@code fields} writes. */
    public void object(Runnable fields) {
        nest('{', '}', fields);
    }

    /** A field that is an object. */
    public void object(String name, Runnable fields) {
        name(name);
        object(fields);
    }

    /** A field that is a list. */
    public <T> void list(String name, List<T> elements, Consumer<T> write) {
        name(name);
        list(elements, write);
    }

    /** A list. */
    public <T> void list(List<T> elements, Consumer<T> write) {
        nest('[', ']', () -> {
            for (T element : elements) {
                separate();
                write.accept(element);
            }
        });
    }

    /** A field that is a text. */
    public void string(String name, String value) {
        name(name);
        string(value);
    }

    /** A field that is a number. */
    public void number(String name, long value) {
        name(name);
        number(value);
    }

    /** A field that is true or false. */
    public void flag(String name, boolean value) {
        name(name);
        out.append(value);
    }

    /** A field that is null. */
    public void nothing(String name) {
        name(name);
        out.append("null");
    }

    /** A number. */
    public void number(long value) {
        out.append(value);
    }

    /** A text. */
    public void string(String value) {
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
