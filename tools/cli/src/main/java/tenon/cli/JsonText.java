package tenon.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes maps, lists, strings, numbers and booleans as JSON, indented. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        var json = new JsonText();
        json.write(value, "\n");
        return json.out.toString();
    }

    private void write(Object value, String lineBreak) {
        String deeper = lineBreak + "  ";
        switch (value) {
            case Map<?, ?> map -> {
                Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
                sequence('{', '}', lineBreak, entries, entry -> {
                    string(String.valueOf(entry.getKey()));
                    out.append(": ");
                    write(entry.getValue(), deeper);
                });
            }
            case List<?> list -> sequence('[', ']', lineBreak, list.iterator(), element -> write(element, deeper));
            case String text -> string(text);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> throw new IllegalArgumentException(value.getClass().getName());
        }
    }

    private <T> void sequence(char open, char close, String lineBreak, Iterator<T> elements, Consumer<T> write) {
        out.append(open);
        boolean any = elements.hasNext();
        while (elements.hasNext()) {
            out.append(lineBreak).append("  ");
            write.accept(elements.next());
            out.append(elements.hasNext() ? "," : "");
        }
        out.append(any ? lineBreak : "").append(close);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
