package tenon.wasm;

import java.util.Arrays;
import tenon.types.InvalidException;
import tenon.types.UnsupportedException;

/**
 * The value, control and initialization stacks of WebAssembly 3.0, appendix "Validation Algorithm / Data Structures", with
 * value types as the numbers of {@link TypeSpace}. One object serves all bodies of a module.
 */
final class TypingStack {
    /** More values than this on one function's stack are no program, but an attack on the validator's memory. */
    private static final int MOST_VALUES = 1_000_000;

    /** For {@link #start}: every local has a value. */
    static final boolean[] ALL_INITIALISED = {};

    private final TypeSpace types;

    private int[] values = new int[64];
    private int size;

    // control frames, one column for each of their fields; the innermost one's height and reachability stand in
    // `height` and
    // `unreachable`
    private Opcode[] opcodes = new Opcode[16];
    private int[][] starts = new int[16][];
    private int[][] ends = new int[16][];
    private int[] heights = new int[16];
    private boolean[] unreachables = new boolean[16];
    private int[] initHeights = new int[16];
    private int depth;
    private int height;
    private boolean unreachable;

    private boolean[] initialised = ALL_INITIALISED;
    private int[] inits = new int[16];
    private int initSize;

    private int offset;

    TypingStack(TypeSpace types) {
        this.types = types;
    }

    /** Starts anew, with one frame for the function or expression itself; {@code initialised} says which locals are. */
    void start(int[] results, boolean[] initialised) {
        size = 0;
        depth = 0;
        height = 0;
        unreachable = false;
        initSize = 0;
        this.initialised = initialised;
        enter(Opcode.BLOCK, TypeSpace.none(), results);
    }

    /** The instruction that is to blame for what comes. */
    void at(int offset) {
        this.offset = offset;
    }

    // values

    void push(int code) {
        if (size == values.length) {
            if (size >= MOST_VALUES) {
                throw new UnsupportedException(offset, "more than " + MOST_VALUES + " values on the operand stack");
            }
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = code;
    }

    void push(int[] codes) {
        for (int code : codes) {
            push(code);
        }
    }

    /** Takes a value of whatever type; {@link TypeSpace#BOTTOM} where code is unreachable. */
    int pop() {
        if (size == height) {
            if (unreachable) {
                return TypeSpace.BOTTOM;
            }
            throw new InvalidException(offset, "type mismatch: expected a value, found an empty stack");
        }
        return values[--size];
    }

    /** Takes a value of type {@code expected} and returns what it really was. */
    int pop(int expected) {
        if (size > height) {
            int actual = values[size - 1];
            if (actual == expected || types.matches(actual, expected)) {
                size--;
                return actual;
            }
            throw mismatch(expected, actual);
        }
        if (unreachable) {
            return TypeSpace.BOTTOM;
        }
        throw new InvalidException(
                offset, "type mismatch: expected " + types.text(expected) + ", found an empty stack");
    }

    void pop(int[] expected) {
        for (int i = expected.length - 1; i >= 0; i--) {
            pop(expected[i]);
        }
    }

    /** Takes a reference; unreachable code gives a non-nullable one to the bottom of all heap types. */
    int popReference() {
        int actual = pop();
        if (actual == TypeSpace.BOTTOM) {
            return TypeSpace.reference(TypeSpace.BOTTOM_HEAP, false);
        }
        if (!TypeSpace.isReference(actual)) {
            throw new InvalidException(offset, "type mismatch: expected a reference, found " + types.text(actual));
        }
        return actual;
    }

    /** Checks that values of these types are on top, and leaves them there as they are. */
    void peek(int[] expected) {
        int from = size;
        for (int i = expected.length - 1; i >= 0; i--) {
            if (from == height) {
                if (unreachable) {
                    return;
                }
                throw new InvalidException(
                        offset, "type mismatch: expected " + types.text(expected) + ", found too few values");
            }
            int actual = values[--from];
            if (actual != expected[i] && !types.matches(actual, expected[i])) {
                throw mismatch(expected[i], actual);
            }
        }
    }

    private InvalidException mismatch(int expected, int actual) {
        return new InvalidException(
                offset, "type mismatch: expected " + types.text(expected) + ", found " + types.text(actual));
    }

    // control

    /** Opens a frame; its parameters have been taken, and stand on its stack now. */
    void enter(Opcode opcode, int[] start, int[] end) {
        if (depth == opcodes.length) {
            int more = 2 * depth;
            opcodes = Arrays.copyOf(opcodes, more);
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            heights = Arrays.copyOf(heights, more);
            unreachables = Arrays.copyOf(unreachables, more);
            initHeights = Arrays.copyOf(initHeights, more);
        }
        if (depth > 0) {
            heights[depth - 1] = height;
            unreachables[depth - 1] = unreachable;
        }
        opcodes[depth] = opcode;
        starts[depth] = start;
        ends[depth] = end;
        initHeights[depth] = initSize;
        depth++;
        height = size;
        unreachable = false;
        push(start);
    }

    /** Closes the innermost frame, whose results must be all that is left, and takes them. */
    void leave() {
        int[] end = ends[depth - 1];
        pop(end);
        if (size != height) {
            throw new InvalidException(
                    offset,
                    "type mismatch: expected " + types.text(end) + " at the end of the block, found " + (size - height)
                            + " values more");
        }
        while (initSize > initHeights[depth - 1]) {
            initialised[inits[--initSize]] = false;
        }
        depth--;
        if (depth > 0) {
            height = heights[depth - 1];
            unreachable = unreachables[depth - 1];
        }
    }

    /** Frames that are open. */
    int depth() {
        return depth;
    }

    /** The instruction that opened the innermost frame. */
    Opcode opcode() {
        return opcodes[depth - 1];
    }

    int[] startTypes() {
        return starts[depth - 1];
    }

    int[] endTypes() {
        return ends[depth - 1];
    }

    /** What a branch to a label takes along. */
    int[] labelTypes(int label) {
        if (Integer.compareUnsigned(label, depth) >= 0) {
            throw new InvalidException(offset, "unknown label " + Integer.toUnsignedString(label));
        }
        int frame = depth - 1 - label;
        return opcodes[frame] == Opcode.LOOP ? starts[frame] : ends[frame];
    }

    /** The rest of the innermost frame is never reached. */
    void unreachable() {
        size = height;
        unreachable = true;
    }

    // locals

    boolean isInitialised(int local) {
        return initialised == ALL_INITIALISED || initialised[local];
    }

    /** A local has a value from here to the end of the innermost frame. */
    void initialise(int local) {
        if (isInitialised(local)) {
            return;
        }
        initialised[local] = true;
        if (initSize == inits.length) {
            inits = Arrays.copyOf(inits, 2 * initSize);
        }
        inits[initSize++] = local;
    }
}
