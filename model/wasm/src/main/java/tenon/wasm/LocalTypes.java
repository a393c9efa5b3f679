package tenon.wasm;

import java.util.Arrays;

/**
 * The types of a body's parameters and locals, which stand in runs: a few bytes can declare the most that are allowed, and
 * must not cost a slot for each of them. One object serves all bodies of a module.
 */
final class LocalTypes {
    /** Locals that are found without a search. */
    private static final int NEAR = 64;

    private final int[] near = new int[NEAR];
    private int[] ends = new int[16];
    private int[] codes = new int[16];
    private int runs;
    private int count;

    void clear() {
        runs = 0;
        count = 0;
    }

    /** Adds a run of locals of one type. */
    void add(int number, int code) {
        if (number == 0) {
            return;
        }
        if (count < NEAR) {
            Arrays.fill(near, count, Math.min(NEAR, count + number), code);
        }
        if (runs == ends.length) {
            ends = Arrays.copyOf(ends, 2 * runs);
            codes = Arrays.copyOf(codes, 2 * runs);
        }
        count += number;
        ends[runs] = count;
        codes[runs++] = code;
    }

    int count() {
        return count;
    }

    /** The type of a local that is there. */
    int get(int local) {
        if (local < NEAR) {
            return near[local];
        }
        int run = Arrays.binarySearch(ends, 0, runs, local + 1);
        return codes[run >= 0 ? run : -run - 1];
    }
}
