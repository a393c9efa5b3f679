package tenon.text.lex;

import java.util.OptionalLong;

/** The value of an integer token: WebAssembly 3.0, "Integers" of the text format. */
final class IntegerLiteral {
    private IntegerLiteral() {}

    /**
     * The low {@code bits} of the number as they are written, sign-extended if there is a minus; nothing if the number is
     * neither a signed nor an unsigned one of that width.
     */
    static OptionalLong parse(String text, int bits) {
        boolean negative = text.charAt(0) == '-';
        int at = negative || text.charAt(0) == '+' ? 1 : 0;
        boolean hex = text.startsWith("0x", at);
        int radix = hex ? 16 : 10;
        long limit = bits == Long.SIZE ? -1L : (1L << bits) - 1;
        long value = 0;
        for (int i = hex ? at + 2 : at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_') {
                continue;
            }
            int digit = Character.digit(c, radix);
            long room = Long.divideUnsigned(limit - digit, radix);
            if (Long.compareUnsigned(limit, digit) < 0 || Long.compareUnsigned(value, room) > 0) {
                return OptionalLong.empty();
            }
            value = value * radix + digit;
        }
        if (negative && Long.compareUnsigned(value, 1L << (bits - 1)) > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(negative ? -value : value);
    }
}
