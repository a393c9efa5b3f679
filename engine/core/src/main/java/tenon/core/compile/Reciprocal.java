package tenon.core.compile;

import java.math.BigInteger;

/**
 * A multiplication that divides unsigned 64-bit numbers by a constant: Granlund and Montgomery, "Division by Invariant
 * Integers using Multiplication". The quotient is the upper half of {@code number × multiplier}, shifted right; a wide
 * multiplier has a 65th bit, which the division adds by hand.
 */
record Reciprocal(long multiplier, int shift, boolean wide) {

    /** For a divisor that is neither 0 nor a power of two; unsigned. */
    static Reciprocal of(long divisor) {
        BigInteger d = new BigInteger(Long.toUnsignedString(divisor));
        int log = 63 - Long.numberOfLeadingZeros(divisor);
        BigInteger power = BigInteger.ONE.shiftLeft(64 + log);
        BigInteger[] division = power.divideAndRemainder(d);
        BigInteger error = d.subtract(division[1]);
        if (error.compareTo(BigInteger.ONE.shiftLeft(log)) < 0) {
            return new Reciprocal(division[0].add(BigInteger.ONE).longValue(), log, false);
        }
        // twice as fine: 65 bits, of which the multiplier keeps the lower 64
        BigInteger fine = power.shiftLeft(1).divide(d).add(BigInteger.ONE);
        return new Reciprocal(fine.longValue(), log, true);
    }
}
