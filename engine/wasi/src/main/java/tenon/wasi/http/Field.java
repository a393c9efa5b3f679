package tenon.wasi.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * One name and value of a header or trailer section; {@code tuple<field-name, field-value>}. Immutable; the array is not copied.
 *
 * @param name in its original case
 * @param value the bytes on the wire
 */
// a record over an array is compared by identity, and nothing compares fields
@SuppressWarnings("ArrayRecordComponent")
public record Field(String name, byte[] value) {
    /**
     * Names that only the host may set: they decide where a message ends, who answers it, and what becomes of the connection.
     * They are also kept from the guest in requests that come in.
     */
    private static final Set<String> FORBIDDEN = Set.of(
            "connection",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "upgrade");

    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    /** A field whose value is text of one byte per character. */
    public static Field of(String name, String value) {
        return new Field(name, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The value, one character per byte. */
    public String text() {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    /** Whether this is the field of that name; names have no case. */
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** Whether the guest may neither set nor see it. */
    public static boolean isForbidden(String name) {
        return FORBIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether it is a {@code token} (RFC 9110, 5.6.2). */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Field::isTokenSign);
    }

    /** Whether it is a {@code field-value} (RFC 9110, 5.5): no control characters but the tab. */
    public static boolean isValue(byte[] bytes) {
        for (byte b : bytes) {
            if ((b >= 0 && b < 0x20 && b != '\t') || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTokenSign(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SIGNS.indexOf(c) >= 0;
    }
}
