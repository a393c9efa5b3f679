package tenon.core.guest;

/** Comparisons and tests whose result is used as a number. WebAssembly 3.0, "Numeric Instructions". */
public final class Comparisons {
    private Comparisons() {}

    public static int i32Eqz(int a) {
        return a == 0 ? 1 : 0;
    }

    public static int i64Eqz(long a) {
        return a == 0 ? 1 : 0;
    }

    public static int refIsNull(Object a) {
        return a == null ? 1 : 0;
    }

    public static int refEq(Object a, Object b) {
        return a == b ? 1 : 0;
    }

    public static int i32Eq(int a, int b) {
        return a == b ? 1 : 0;
    }

    public static int i32Ne(int a, int b) {
        return a != b ? 1 : 0;
    }

    public static int i32LtS(int a, int b) {
        return a < b ? 1 : 0;
    }

    public static int i32LtU(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    public static int i32GtS(int a, int b) {
        return a > b ? 1 : 0;
    }

    public static int i32GtU(int a, int b) {
        return Integer.compareUnsigned(a, b) > 0 ? 1 : 0;
    }

    public static int i32LeS(int a, int b) {
        return a <= b ? 1 : 0;
    }

    public static int i32LeU(int a, int b) {
        return Integer.compareUnsigned(a, b) <= 0 ? 1 : 0;
    }

    public static int i32GeS(int a, int b) {
        return a >= b ? 1 : 0;
    }

    public static int i32GeU(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
    }

    public static int i64Eq(long a, long b) {
        return a == b ? 1 : 0;
    }

    public static int i64Ne(long a, long b) {
        return a != b ? 1 : 0;
    }

    public static int i64LtS(long a, long b) {
        return a < b ? 1 : 0;
    }

    public static int i64LtU(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    public static int i64GtS(long a, long b) {
        return a > b ? 1 : 0;
    }

    public static int i64GtU(long a, long b) {
        return Long.compareUnsigned(a, b) > 0 ? 1 : 0;
    }

    public static int i64LeS(long a, long b) {
        return a <= b ? 1 : 0;
    }

    public static int i64LeU(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? 1 : 0;
    }

    public static int i64GeS(long a, long b) {
        return a >= b ? 1 : 0;
    }

    public static int i64GeU(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? 1 : 0;
    }

    public static int f32Eq(float a, float b) {
        return a == b ? 1 : 0;
    }

    public static int f32Ne(float a, float b) {
        return a != b ? 1 : 0;
    }

    public static int f32Lt(float a, float b) {
        return a < b ? 1 : 0;
    }

    public static int f32Gt(float a, float b) {
        return a > b ? 1 : 0;
    }

    public static int f32Le(float a, float b) {
        return a <= b ? 1 : 0;
    }

    public static int f32Ge(float a, float b) {
        return a >= b ? 1 : 0;
    }

    public static int f64Eq(double a, double b) {
        return a == b ? 1 : 0;
    }

    public static int f64Ne(double a, double b) {
        return a != b ? 1 : 0;
    }

    public static int f64Lt(double a, double b) {
        return a < b ? 1 : 0;
    }

    public static int f64Gt(double a, double b) {
        return a > b ? 1 : 0;
    }

    public static int f64Le(double a, double b) {
        return a <= b ? 1 : 0;
    }

    public static int f64Ge(double a, double b) {
        return a >= b ? 1 : 0;
    }
}
