package tenon.wit.json;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import tenon.types.MalformedException;

/** Reads one {@link JsonValue}: RFC 8259; numbers, lists and truth values are refused, since nothing asks for them. Confined to one run. */
public final class JsonReader {
    /** Objects may be nested so deep. */
    private static final int DEEPEST = 50;

    private final String text;
    private final long offset;
    private int at;
    private int depth;

    private JsonReader(String text, long offset) {
        this.text = text;
        this.offset = offset;
    }

    /** Raises a {@link MalformedException} at {@code offset}, which is where the text stands in its binary. */
    public static JsonValue read(String text, long offset) {
        var reader = new JsonReader(text, offset);
        JsonValue value = reader.value();
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.unexpected("the end");
        }
        return value;
    }

    private JsonValue value() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return new JsonValue.Text(string());
        }
        if (at < text.length() && text.charAt(at) == '{') {
            return object();
        }
        if (text.startsWith("null", at)) {
            at += "null".length();
            return JsonValue.NOTHING;
        }
        throw unexpected("a text or an object");
    }

    private JsonValue.Members object() {
        if (++depth > DEEPEST) {
            throw error("objects are nested too deep, expected at most " + DEEPEST + " levels");
        }
        var members = new LinkedHashMap<String, JsonValue>();
        at++;
        skipBlanks();
        boolean more = !skip('}');
        while (more) {
            skipBlanks();
            String name = string();
            skipBlanks();
            if (!skip(':')) {
                throw unexpected("`:`");
            }
            if (members.putIfAbsent(name, value()) != null) {
                throw error("member `" + name + "` is there twice");
            }
            skipBlanks();
            more = skip(',');
            if (!more && !skip('}')) {
                throw unexpected("`,` or `}`");
            }
        }
        depth--;
        return new JsonValue.Members(members);
    }

    private String string() {
        if (!skip('"')) {
            throw unexpected("a text");
        }
        var out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c < ' ') {
                at--;
                throw unexpected("an escape");
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    char digit = next();
                    if (!HexFormat.isHexDigit(digit)) {
                        at--;
                        throw unexpected("four hexadecimal digits");
                    }
                    code = code * 16 + HexFormat.fromHexDigit(digit);
                }
                yield (char) code;
            }
            default -> {
                at--;
                throw unexpected("an escape");
            }
        };
    }

    private char next() {
        if (at >= text.length()) {
            throw unexpected("the end of the text in quotes");
        }
        return text.charAt(at++);
    }

    private boolean skip(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private MalformedException unexpected(String expected) {
        String found = at < text.length() ? "`" + text.charAt(at) + "`" : "the end";
        return error("found " + found + " at sign " + at + " of JSON, expected " + expected);
    }

    private MalformedException error(String fact) {
        return new MalformedException(offset, fact);
    }
}
