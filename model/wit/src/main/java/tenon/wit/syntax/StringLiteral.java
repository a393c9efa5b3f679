package tenon.wit.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads and writes string literals: WIT.md, "String Literals", which are the core text format's {@code name}. */
public final class StringLiteral {
    private static final String ESCAPES = "tnr\"'\\";
    private static final String ESCAPED = "\t\n\r\"'\\";

    private StringLiteral() {}

    /** The value of a literal with its quotes at {@code spot}. */
    static String value(String literal, Spot spot) {
        var bytes = new ByteArrayOutputStream(literal.length());
        int i = 1;
        while (i < literal.length() - 1) {
            char c = literal.charAt(i);
            if (c != '\\') {
                int next = literal.offsetByCodePoints(i, 1);
                bytes.writeBytes(literal.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next;
                continue;
            }
            i = escape(literal, i + 1, spot, bytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw spot.error("malformed UTF-8 in a string");
        }
    }

    /** Reads what stands behind the backslash and returns where it ends. */
    private static int escape(String literal, int at, Spot spot, ByteArrayOutputStream bytes) {
        char c = literal.charAt(at);
        int simple = ESCAPES.indexOf(c);
        if (simple >= 0) {
            bytes.write(ESCAPED.charAt(simple));
            return at + 1;
        }
        if (c == 'u' && literal.startsWith("{", at + 1)) {
            int close = literal.indexOf('}', at);
            int value = close < 0 || close - at > 12 ? -1 : hexadecimal(literal.substring(at + 2, close));
            if (value < 0 || value > Character.MAX_CODE_POINT || (value >= 0xd800 && value < 0xe000)) {
                throw spot.error("malformed escape in a string, expected a Unicode scalar value like `\\u{1f642}`");
            }
            bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
            return close + 1;
        }
        int value = at + 2 <= literal.length() - 1 ? hexadecimal(literal.substring(at, at + 2)) : -1;
        if (value < 0) {
            throw spot.error("unknown escape `\\" + c + "` in a string");
        }
        bytes.write(value);
        return at + 2;
    }

    private static int hexadecimal(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0 || digits.charAt(i) > 'f') {
                return -1;
            }
            value = Math.min(value * 16 + digit, Integer.MAX_VALUE);
        }
        return digits.isEmpty() ? -1 : (int) value;
    }

    /** The literal of a value. */
    public static String of(String value) {
        var literal = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            int simple = ESCAPED.indexOf(c);
            if (simple >= 0 && c != '\'') {
                literal.append('\\').append(ESCAPES.charAt(simple));
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                literal.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                literal.appendCodePoint(c);
            }
        });
        return literal.append('"').toString();
    }
}
