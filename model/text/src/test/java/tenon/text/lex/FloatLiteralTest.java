package tenon.text.lex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tenon.text.lex.FloatLiteral.Format;

/** Numbers are rounded once, from the exact value: compared with a search by exact arithmetic. */
class FloatLiteralTest {
    private static final int CASES = 20_000;

    @Test
    void decimalFloatsAreRoundedOnce() {
        var random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            String text = decimal(random);
            check(text, new BigDecimal(text));
        }
    }

    @Test
    void hexadecimalFloatsAreRoundedOnce() {
        var random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            String digits = new BigInteger(4 * (1 + random.nextInt(24)), random).toString(16);
            int exponent = random.nextInt(2400) - 1300;
            check("0x" + digits + "p" + exponent, value(digits, 0, exponent));
            int point = random.nextInt(digits.length()) + 1;
            String fraction = digits.substring(point);
            String text = "0x" + digits.substring(0, point) + "." + fraction + "p" + exponent;
            check(text, value(digits, fraction.length(), exponent));
        }
    }

    @Test
    void decimalsBetweenTwoFloatsAreRoundedOnce() {
        var random = new Random(3);
        for (int i = 0; i < CASES; i++) {
            int bits = random.nextInt(0x7f7f_ffff);
            var low = new BigDecimal(Float.intBitsToFloat(bits));
            var high = new BigDecimal(Float.intBitsToFloat(bits + 1));
            var middle = low.add(high).divide(BigDecimal.TWO);
            // closer to the middle than a double can tell
            var hair = high.subtract(low).scaleByPowerOfTen(-random.nextInt(30) - 1);
            for (BigDecimal value : new BigDecimal[] {middle, middle.add(hair), middle.subtract(hair)}) {
                check(value.toString(), value);
            }
        }
    }

    private static String decimal(Random random) {
        var digits = new BigInteger(1 + random.nextInt(200), random).toString();
        return digits + "." + random.nextInt(1_000_000) + "e" + (random.nextInt(700) - 380);
    }

    private static BigDecimal value(String digits, int fractionDigits, int exponent) {
        var integer = new BigDecimal(new BigInteger(digits, 16));
        int power = exponent - 4 * fractionDigits;
        return power >= 0
                ? integer.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(power)))
                : integer.divide(new BigDecimal(BigInteger.ONE.shiftLeft(-power)));
    }

    private static void check(String text, BigDecimal value) {
        assertEquals(
                nearest(value, 0x7f80_0000L, bits -> new BigDecimal(Float.intBitsToFloat((int) bits.longValue()))),
                FloatLiteral.parse(text, Format.F32),
                text);
        assertEquals(
                nearest(value, 0x7ff0_0000_0000_0000L, bits -> new BigDecimal(Double.longBitsToDouble(bits))),
                FloatLiteral.parse(text, Format.F64),
                text);
    }

    /** Bisects the finite bit patterns, which are in the order of their values, and breaks ties to even. */
    private static OptionalLong nearest(BigDecimal value, long infinity, Function<Long, BigDecimal> exact) {
        long low = 0;
        long high = infinity;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (exact.apply(middle).compareTo(value) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        BigDecimal below = exact.apply(low);
        // the value that would stand at the place of infinity
        BigDecimal above = high == infinity ? below.add(below.subtract(exact.apply(low - 1))) : exact.apply(high);
        int order = value.subtract(below).compareTo(above.subtract(value));
        long nearest = order < 0 || (order == 0 && (low & 1) == 0) ? low : high;
        return nearest == infinity ? OptionalLong.empty() : OptionalLong.of(nearest);
    }
}
