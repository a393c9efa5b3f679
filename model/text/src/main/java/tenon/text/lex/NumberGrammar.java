package tenon.text.lex;

/** What a run of characters is as a number: WebAssembly 3.0, "Integers" and "Floating-Point" of the text format. */
final class NumberGrammar {
    private final String text;
    private int at;

    private NumberGrammar(String text) {
        this.text = text;
    }

    /** {@code INTEGER}, {@code FLOAT} or {@code RESERVED}. */
    static Token classify(String text) {
        return new NumberGrammar(text).classify();
    }

    private Token classify() {
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        if (text.startsWith("inf", at) && text.length() == at + 3) {
            return Token.FLOAT;
        }
        if (text.startsWith("nan", at)) {
            return nan();
        }
        return text.startsWith("0x", at) ? magnitude(2, 16, 'p') : magnitude(0, 10, 'e');
    }

    private Token nan() {
        at += 3;
        if (at == text.length()) {
            return Token.FLOAT;
        }
        if (!text.startsWith(":0x", at)) {
            return Token.RESERVED;
        }
        at += 3;
        return digits(16) && at == text.length() ? Token.FLOAT : Token.RESERVED;
    }

    private Token magnitude(int prefix, int radix, char exponent) {
        at += prefix;
        if (!digits(radix)) {
            return Token.RESERVED;
        }
        if (at == text.length()) {
            return Token.INTEGER;
        }
        if (text.charAt(at) == '.') {
            at++;
            if (at < text.length() && Character.digit(text.charAt(at), radix) >= 0 && !digits(radix)) {
                return Token.RESERVED;
            }
        }
        if (at < text.length() && Character.toLowerCase(text.charAt(at)) == exponent) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (!digits(10)) {
                return Token.RESERVED;
            }
        }
        return at == text.length() ? Token.FLOAT : Token.RESERVED;
    }

    /** One digit or more; single underscores may stand between two digits. */
    private boolean digits(int radix) {
        boolean lastWasDigit = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean digit = Character.digit(c, radix) >= 0;
            if (!digit && (c != '_' || !lastWasDigit)) {
                break;
            }
            lastWasDigit = digit;
            at++;
        }
        return lastWasDigit;
    }
}
