package tenon.core;

/** The two functions that every module of {@link RandomFunctions} begins with. */
final class FirstFunctions {
    private static final int FUEL = 60;

    private FirstFunctions() {}

    /** {@code fuel = FUEL, place in the log = 0, memory = 0}. */
    static ByteCode refuel() {
        return new ByteCode()
                .raw(0, 0x41)
                .signed(FUEL)
                .raw(0x24, 0, 0x41, 0, 0x24, 1, 0x42, 0, 0x24, 2)
                .raw(0x41, 0, 0x41, 0, 0x41)
                .signed(65_536)
                .raw(0xfc, 0x0b, 0, 0x0b);
    }

    /** {@code (n) → n + 1}, but for some n raises, or grows the memory. */
    static ByteCode raises() {
        return new ByteCode()
                .raw(0, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40)
                .raw(0x20, 0, 0x41, 15, 0x71, 0x0e, 4, 0, 1, 2, 3, 3, 0x0b)
                .raw(0x08, 0, 0x0b)
                .raw(0x20, 0, 0x08, 1, 0x0b)
                .raw(0x42, 3, 0x20, 0, 0xb7, 0x08, 2, 0x0b)
                .raw(0x20, 0, 0x41, 31, 0x71, 0x41, 7, 0x46, 0x04, 0x40, 0x41, 1, 0x40, 0, 0x1a, 0x0b)
                .raw(0x20, 0, 0x41, 1, 0x6a, 0x0b);
    }
}
