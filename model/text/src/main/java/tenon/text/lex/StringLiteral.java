package tenon.text.lex;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a string token: WebAssembly 3.0, "Strings". */
final class StringLiteral {
    private StringLiteral() {}

    /**
     * Where the string ends whose quotation mark stands at {@code start}: the offset behind the closing mark.
     *
     * @throws tenon.types.MalformedException if it is not closed, or holds a control character or a wrong escape
     */
    static int end(Source source, int start) {
        String text = source.text();
        int i = start + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\n' || c == '\r') {
                break;
            }
            if (c < ' ' || c == 0x7f) {
                throw source.malformed(i, "illegal control character in string literal");
            }
            i = c == '\\' ? escape(source, i) : i + 1;
        }
        throw source.malformed(start, "unclosed string literal");
    }

    /** The bytes between the quotation marks at {@code start} and before {@code end}. */
    static byte[] bytes(Source source, int start, int end) {
        String text = source.text();
        var out = new ByteArrayOutputStream(end - start);
        int i = start + 1;
        while (i < end - 1) {
            char c = text.charAt(i);
            if (c != '\\') {
                int codePoint = text.codePointAt(i);
                out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(codePoint);
                continue;
            }
            int next = escape(source, i);
            char kind = text.charAt(i + 1);
            switch (kind) {
                case 't' -> out.write('\t');
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case '"', '\'', '\\' -> out.write(kind);
                case 'u' ->
                    out.writeBytes(
                            Character.toString(codePoint(text, i + 3, next - 1)).getBytes(StandardCharsets.UTF_8));
                default -> out.write(Integer.parseInt(text, i + 1, i + 3, 16));
            }
            i = next;
        }
        return out.toByteArray();
    }

    /** The bytes as text. */
    static String utf8(Source source, int start, int end) {
        Utf8 decoded = Utf8.decode(bytes(source, start, end));
        if (!decoded.wellFormed()) {
            throw source.malformed(start, "malformed UTF-8 encoding");
        }
        return decoded.text();
    }

    /** The offset behind the escape whose backslash stands at {@code i}. */
    private static int escape(Source source, int i) {
        String text = source.text();
        char kind = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
        int character = characterEscape(text, i);
        if (character >= 0) {
            return character;
        }
        if (i + 2 < text.length()
                && Character.digit(kind, 16) >= 0
                && Character.digit(text.charAt(i + 2), 16) >= 0
                && kind < 0x7f
                && text.charAt(i + 2) < 0x7f) {
            return i + 3;
        }
        throw source.malformed(i, "illegal escape in string literal");
    }

    /** The offset behind an escape that stands for one character, whose backslash stands at {@code i}; -1 if there is none. */
    static int characterEscape(String text, int i) {
        char kind = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
        if ("tnr\"'\\".indexOf(kind) >= 0) {
            return i + 2;
        }
        int close = text.startsWith("u{", i + 1) ? text.indexOf('}', i) : -1;
        return close > 0 && codePoint(text, i + 3, close) >= 0 ? close + 1 : -1;
    }

    /** The scalar value whose hexadecimal digits are given, or -1. */
    private static int codePoint(String text, int start, int end) {
        int value = 0;
        boolean lastWasDigit = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int digit = c < 0x7f ? Character.digit(c, 16) : -1;
            if (digit < 0 && (c != '_' || !lastWasDigit)) {
                return -1;
            }
            lastWasDigit = digit >= 0;
            value = lastWasDigit ? value * 16 + digit : value;
            if (value > Character.MAX_CODE_POINT) {
                return -1;
            }
        }
        boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        return lastWasDigit && !surrogate ? value : -1;
    }
}
