package tenon.text.print;

/** Numbers that give the same bits when they are read again. */
final class FloatText {
    private FloatText() {}

    static String f32(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (!Float.isNaN(value)) {
            return finite(Float.toString(value));
        }
        return nan(bits < 0, bits & 0x7f_ffffL, 0x40_0000L);
    }

    static String f64(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (!Double.isNaN(value)) {
            return finite(Double.toString(value));
        }
        return nan(bits < 0, bits & 0xf_ffff_ffff_ffffL, 0x8_0000_0000_0000L);
    }

    private static String finite(String java) {
        String text = java.replace("Infinity", "inf");
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String nan(boolean negative, long payload, long canonical) {
        return (negative ? "-nan" : "nan") + (payload == canonical ? "" : ":0x" + Long.toHexString(payload));
    }
}
