package tenon.core.compile;

import tenon.types.UnsupportedException;

/**
 * What the compilation of one function may take. Splitting looks at what stands inside of a block once for each block around it that is
 * too big for a method, which is a few times the function's length in all that compilers write; blocks that stand in each other by the
 * thousand for no other end would keep the host busy for hours, where no guest runs that could be stopped. Confined to one thread.
 */
final class Effort {
    /** How often an instruction is looked at on average, at most; of all the functions that we have met one needed 84. */
    private static final int TIMES = 500;

    /** For functions so short that they may be as bad as they like. */
    private static final int LEAST = 4_000_000;

    private final int functionIndex;
    private final int position;
    private long left;

    Effort(int functionIndex, int position, int instructions) {
        this.functionIndex = functionIndex;
        this.position = position;
        this.left = LEAST + (long) instructions * TIMES;
    }

    /** Counts instructions that are looked at. */
    void take(int instructions) {
        left -= instructions;
        if (left < 0) {
            throw new UnsupportedException(
                    position,
                    "the blocks of function " + functionIndex + " are nested too deeply to be compiled in time");
        }
    }
}
