package tenon.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tenon.types.MalformedException;
import tenon.types.Place;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, {@link Double}s and {@link Boolean}s; null is the text {@code "null"},
 * which no manifest tells from the string. Confined to one thread.
 */
final class JsonReader {
    private static final int MOST_NESTED = 100;

    private final String file;
    private final String text;
    private int at;
    private int depth;

    private JsonReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The value that {@code text} holds; {@code file} is how errors call it. */
    static Object read(String file, String text) {
        var reader = new JsonReader(file, text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.unexpected("the end");
        }
        return value;
    }

    private Object value() {
        blanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, Object> object() {
        open();
        var members = new LinkedHashMap<String, Object>();
        while (next('}', members.isEmpty())) {
            blanks();
            String key = string();
            expect(':');
            members.put(key, value());
        }
        return members;
    }

    private List<Object> array() {
        open();
        var elements = new ArrayList<Object>();
        while (next(']', elements.isEmpty())) {
            elements.add(value());
        }
        return elements;
    }

    private void open() {
        at++;
        if (++depth > MOST_NESTED) {
            throw unexpected("at most " + MOST_NESTED + " levels");
        }
    }

    /** Whether another element follows; steps over the comma before it, or over the closing sign. */
    private boolean next(char close, boolean first) {
        blanks();
        if (peek() == close) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escape() : c);
        }
        at++;
        return string.toString();
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> {
                try {
                    char unit = (char) Integer.parseInt(text, at, Math.min(at + 4, text.length()), 16);
                    at += 4;
                    yield unit;
                } catch (NumberFormatException _) {
                    throw unexpected("four hexadecimal digits");
                }
            }
            default -> throw unexpected("an escape");
        };
    }

    private Object literal() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        switch (word) {
            case "true", "false" -> {
                return Boolean.valueOf(word);
            }
            case "null" -> {
                return word;
            }
            default -> {
                try {
                    return Double.valueOf(word);
                } catch (NumberFormatException _) {
                    at = start;
                    throw unexpected("a value");
                }
            }
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected("more");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        blanks();
        if (peek() != c) {
            throw unexpected("`" + c + "`");
        }
        at++;
    }

    private MalformedException unexpected(String expected) {
        int end = Math.min(at, text.length());
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        int lineEnd = text.indexOf('\n', end);
        int line = (int) text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
        String source = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
        return new MalformedException(
                new Place.TextPosition(file, line, end - lineStart + 1, source),
                "malformed JSON, expected " + expected);
    }
}
