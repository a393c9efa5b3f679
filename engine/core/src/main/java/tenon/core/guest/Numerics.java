package tenon.core.guest;

import tenon.core.Trap;
import tenon.core.TrapKind;

/**
 * Numeric instructions that are no single instruction or intrinsic of the JVM. WebAssembly 3.0, section "Numerics". A
 * result that is NaN is quiet, as the section "NaN Propagation" asks, also where Java would hand a signalling one through.
 */
public final class Numerics {
    private static final double TWO_63 = 0x1p63;
    private static final double TWO_64 = 0x1p64;

    private Numerics() {}

    public static int i32DivS(int a, int b) {
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw new Trap(TrapKind.INTEGER_OVERFLOW);
        }
        return a / b;
    }

    public static long i64DivS(long a, long b) {
        if (b == -1 && a == Long.MIN_VALUE) {
            throw new Trap(TrapKind.INTEGER_OVERFLOW);
        }
        return a / b;
    }

    /** Unsigned division by a constant whose reciprocal has 64 bits. */
    public static long divideByReciprocal(long a, long multiplier, int shift) {
        return Math.unsignedMultiplyHigh(a, multiplier) >>> shift;
    }

    /** Unsigned division by a constant whose reciprocal has 65 bits, the upmost of which is set. */
    public static long divideByWideReciprocal(long a, long multiplier, int shift) {
        long high = Math.unsignedMultiplyHigh(a, multiplier);
        return (a - high >>> 1) + high >>> shift;
    }

    public static float f32Abs(float a) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) & 0x7fff_ffff);
    }

    public static double f64Abs(double a) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & 0x7fff_ffff_ffff_ffffL);
    }

    public static float f32Neg(float a) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) ^ 0x8000_0000);
    }

    public static double f64Neg(double a) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) ^ 0x8000_0000_0000_0000L);
    }

    public static float f32Ceil(float a) {
        return (float) f64Ceil(a);
    }

    public static float f32Floor(float a) {
        return (float) f64Floor(a);
    }

    public static float f32Trunc(float a) {
        return (float) f64Trunc(a);
    }

    public static float f32Nearest(float a) {
        return (float) f64Nearest(a);
    }

    public static double f64Ceil(double a) {
        return Double.isNaN(a) ? a + a : Math.ceil(a);
    }

    public static double f64Floor(double a) {
        return Double.isNaN(a) ? a + a : Math.floor(a);
    }

    public static double f64Trunc(double a) {
        return Double.isNaN(a) ? a + a : Math.copySign(Math.floor(Math.abs(a)), a);
    }

    public static double f64Nearest(double a) {
        return Double.isNaN(a) ? a + a : Math.rint(a);
    }

    public static float f32Min(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.min(a, b);
    }

    public static float f32Max(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.max(a, b);
    }

    public static double f64Min(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.min(a, b);
    }

    public static double f64Max(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.max(a, b);
    }

    private static Trap notInRange(boolean isNaN) {
        return new Trap(isNaN ? TrapKind.INVALID_CONVERSION : TrapKind.INTEGER_OVERFLOW);
    }

    public static int i32TruncF32S(float a) {
        if (!(a >= -0x1p31f && a < 0x1p31f)) {
            throw notInRange(Float.isNaN(a));
        }
        return (int) a;
    }

    public static int i32TruncF32U(float a) {
        if (!(a > -1f && a < 0x1p32f)) {
            throw notInRange(Float.isNaN(a));
        }
        return (int) (long) a;
    }

    public static int i32TruncF64S(double a) {
        if (!(a > -0x1.00000002p31 && a < 0x1p31)) {
            throw notInRange(Double.isNaN(a));
        }
        return (int) a;
    }

    public static int i32TruncF64U(double a) {
        if (!(a > -1d && a < 0x1p32)) {
            throw notInRange(Double.isNaN(a));
        }
        return (int) (long) a;
    }

    public static long i64TruncF32S(float a) {
        if (!(a >= -0x1p63f && a < 0x1p63f)) {
            throw notInRange(Float.isNaN(a));
        }
        return (long) a;
    }

    public static long i64TruncF32U(float a) {
        return i64TruncF64U(a);
    }

    public static long i64TruncF64S(double a) {
        if (!(a >= -TWO_63 && a < TWO_63)) {
            throw notInRange(Double.isNaN(a));
        }
        return (long) a;
    }

    public static long i64TruncF64U(double a) {
        if (!(a > -1d && a < TWO_64)) {
            throw notInRange(Double.isNaN(a));
        }
        return a < TWO_63 ? (long) a : (long) (a - TWO_63) ^ Long.MIN_VALUE;
    }

    public static int i32TruncSatF32U(float a) {
        return i32TruncSatF64U(a);
    }

    public static int i32TruncSatF64U(double a) {
        return (int) Math.clamp((long) a, 0L, 0xffff_ffffL);
    }

    public static long i64TruncSatF32U(float a) {
        return i64TruncSatF64U(a);
    }

    public static long i64TruncSatF64U(double a) {
        if (!(a > 0)) {
            return 0;
        }
        if (a >= TWO_64) {
            return -1;
        }
        return a < TWO_63 ? (long) a : (long) (a - TWO_63) ^ Long.MIN_VALUE;
    }

    public static float f32ConvertI64U(long a) {
        if (a >= 0) {
            return (float) a;
        }
        // halve, and keep the lost bit as sticky for the one rounding that counts
        return (float) (a >>> 1 | a & 1) * 2f;
    }

    public static double f64ConvertI64U(long a) {
        if (a >= 0) {
            return (double) a;
        }
        return (double) (a >>> 1 | a & 1) * 2d;
    }
}
