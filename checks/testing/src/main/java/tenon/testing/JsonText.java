package tenon.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that the suites are written in: objects as maps, arrays as lists, numbers as {@code double}. */
public final class JsonText {
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static @Nullable Object parse(String text) {
        var reader = new JsonText(text);
        Object value = reader.value();
        reader.blanks();
        reader.check(reader.at == text.length());
        return value;
    }

    private void check(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not JSON at character " + at);
        }
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(String word) {
        blanks();
        boolean there = text.startsWith(word, at);
        at += there ? word.length() : 0;
        return there;
    }

    private @Nullable Object value() {
        if (take("{")) {
            return object();
        }
        if (take("[")) {
            return array();
        }
        if (take("\"")) {
            return string();
        }
        if (take("null")) {
            return null;
        }
        boolean yes = take("true");
        return yes || take("false") ? (Object) yes : number();
    }

    private Map<String, @Nullable Object> object() {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (!take("}")) {
            check(object.isEmpty() || take(","));
            check(take("\""));
            String key = string();
            check(take(":"));
            object.put(key, value());
        }
        return object;
    }

    private List<@Nullable Object> array() {
        var array = new ArrayList<@Nullable Object>();
        while (!take("]")) {
            check(array.isEmpty() || take(","));
            array.add(value());
        }
        return array;
    }

    private String string() {
        var string = new StringBuilder();
        while (true) {
            check(at < text.length());
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        check(at < text.length());
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                check(at + 4 <= text.length());
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private double number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        check(at > start);
        return Double.parseDouble(text.substring(start, at));
    }
}
