package tenon.wit.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** A value of JSON: texts, objects, and {@code null}; nothing of ours has numbers or lists. {@code toString} is its text. */
public sealed interface JsonValue {

    /** {@code null}. */
    JsonValue NOTHING = new Nothing();

    /** A text, without quotes. */
    record Text(String text) implements JsonValue {
        @Override
        public String toString() {
            return quoted(text);
        }
    }

    /** An object's members in order. */
    record Members(SequencedMap<String, JsonValue> members) implements JsonValue {
        public Members {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        @Override
        public String toString() {
            return members.entrySet().stream()
                    .map(each -> quoted(each.getKey()) + ":" + each.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    /** {@code null}. */
    record Nothing() implements JsonValue {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** A text in quotes. */
    static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
