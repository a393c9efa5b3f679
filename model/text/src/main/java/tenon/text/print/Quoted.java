package tenon.text.print;

/** Strings, names and identifiers as the text format writes them. */
final class Quoted {
    private static final String SYMBOLS = "!#$%&'*+-./:<=>?@\\^_`|~";

    private Quoted() {}

    /** Bytes in quotation marks; what is no printable ASCII becomes {@code \hh}. */
    static String bytes(byte[] source, int start, int end) {
        var out = new StringBuilder(end - start + 2).append('"');
        for (int i = start; i < end; i++) {
            int value = source[i] & 0xff;
            if (value >= ' ' && value < 0x7f && value != '"' && value != '\\') {
                out.append((char) value);
            } else {
                out.append('\\').append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
            }
        }
        return out.append('"').toString();
    }

    /** A name in quotation marks; what is no printable ASCII becomes {@code \\u{…}}, so that nothing can hide in a text. */
    static String name(String name) {
        var out = new StringBuilder(name.length() + 2).append('"');
        name.codePoints().forEach(c -> {
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                out.appendCodePoint(c);
            } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return out.append('"').toString();
    }

    /** A character in single quotation marks, in the way of {@link #name}. */
    static String character(int c) {
        boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '\'';
        return "'" + (plain ? Character.toString(c) : "\\u{" + Integer.toHexString(c) + "}") + "'";
    }

    /** {@code $name}, in quotation marks where the name has characters that identifiers do not. */
    static String identifier(String name) {
        boolean plain = name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || SYMBOLS.indexOf(c) >= 0);
        return plain ? "$" + name : "$" + name(name);
    }
}
