package tenon.text.print;

import java.math.BigDecimal;

/** Numbers that give the same bits when they are read again: hexadecimal, and for people decimal in a comment. */
final class FloatText {
    private static final int F32_FRACTION = 23;
    private static final int F64_FRACTION = 52;

    private FloatText() {}

    static String f32(int bits) {
        float value = Float.intBitsToFloat(bits);
        String decimal = Float.isFinite(value) ? decimal(Float.toString(value)) : word(value);
        return text(bits < 0, bits & 0x7fff_ffffL, F32_FRACTION, 127) + " (;=" + decimal + ";)";
    }

    static String f64(long bits) {
        double value = Double.longBitsToDouble(bits);
        String decimal = Double.isFinite(value) ? decimal(Double.toString(value)) : word(value);
        return text(bits < 0, bits & Long.MAX_VALUE, F64_FRACTION, 1023) + " (;=" + decimal + ";)";
    }

    /** {@code bits} without the sign, of which the lowest {@code width} are the fraction. */
    private static String text(boolean negative, long bits, int width, int bias) {
        String sign = negative ? "-" : "";
        long fraction = bits & ((1L << width) - 1);
        int exponent = (int) (bits >> width) - bias;
        if (exponent > bias) {
            boolean canonical = fraction == 1L << (width - 1);
            return sign + (fraction == 0 ? "inf" : canonical ? "nan" : "nan:0x" + Long.toHexString(fraction));
        }
        if (bits == 0) {
            return sign + "0x0p+0";
        }
        if (exponent == -bias) {
            // subnormal: moved up until the first bit is the one in front of the point
            int shift = width - (Long.SIZE - 1 - Long.numberOfLeadingZeros(fraction));
            fraction = fraction << shift & ((1L << width) - 1);
            exponent -= shift - 1;
        }
        return sign + "0x1" + digits(fraction << (Long.SIZE - width)) + "p" + (exponent < 0 ? "" : "+") + exponent;
    }

    /** Hexadecimal digits behind the point, from the highest bits on. */
    private static String digits(long fraction) {
        var out = new StringBuilder(fraction == 0 ? "" : ".");
        for (long rest = fraction; rest != 0; rest <<= 4) {
            out.append(Character.forDigit((int) (rest >>> 60), 16));
        }
        return out.toString();
    }

    private static String decimal(String java) {
        String text = new BigDecimal(java).stripTrailingZeros().toPlainString();
        // a decimal has no negative zero
        return java.startsWith("-") && !text.startsWith("-") ? "-" + text : text;
    }

    private static String word(double value) {
        return Double.isNaN(value) ? "NaN" : value < 0 ? "-inf" : "inf";
    }
}
