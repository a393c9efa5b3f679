package tenon.text.lex;

import java.util.OptionalLong;

/**
 * The bits of a number token: WebAssembly 3.0, "Floating-Point" of the text format. Each format is rounded to once, from the
 * exact value that is written.
 */
final class FloatLiteral {

    /** A format of IEEE 754. */
    enum Format {
        F32("f32", 23, 0x7f80_0000L, 0x8000_0000L),
        F64("f64", 52, 0x7ff0_0000_0000_0000L, 0x8000_0000_0000_0000L);

        private final String text;
        private final int significandBits;
        private final long infinity;
        private final long sign;

        Format(String text, int significandBits, long infinity, long sign) {
            this.text = text;
            this.significandBits = significandBits;
            this.infinity = infinity;
            this.sign = sign;
        }

        String text() {
            return text;
        }

        /** The JDK reads decimal and hexadecimal numbers of any length, correctly rounded to the format asked for. */
        private long round(String java) {
            return switch (this) {
                case F32 -> Float.floatToRawIntBits(Float.parseFloat(java)) & 0xffff_ffffL;
                case F64 -> Double.doubleToRawLongBits(Double.parseDouble(java));
            };
        }
    }

    private FloatLiteral() {}

    /** The bits of a number that {@code NumberGrammar} accepts; nothing if it is out of the format's range. */
    static OptionalLong parse(String text, Format format) {
        boolean negative = text.charAt(0) == '-';
        String magnitude = negative || text.charAt(0) == '+' ? text.substring(1) : text;
        OptionalLong bits = magnitude(magnitude.replace("_", ""), format);
        return negative && bits.isPresent() ? OptionalLong.of(bits.getAsLong() | format.sign) : bits;
    }

    private static OptionalLong magnitude(String text, Format format) {
        if (text.equals("inf")) {
            return OptionalLong.of(format.infinity);
        }
        if (text.equals("nan")) {
            return OptionalLong.of(format.infinity | 1L << (format.significandBits - 1));
        }
        if (text.startsWith("nan:")) {
            OptionalLong payload = IntegerLiteral.parse(text.substring("nan:".length()), format.significandBits);
            return payload.isEmpty() || payload.getAsLong() == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(format.infinity | payload.getAsLong());
        }
        boolean plainHex = text.startsWith("0x") && text.indexOf('p') < 0 && text.indexOf('P') < 0;
        long bits = format.round(plainHex ? text + "p0" : text);
        return bits == format.infinity ? OptionalLong.empty() : OptionalLong.of(bits);
    }
}
