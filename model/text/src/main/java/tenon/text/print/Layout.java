package tenon.text.print;

import java.util.Arrays;
import tenon.types.UnsupportedException;

/**
 * Text with parentheses in the making: what was opened is closed on a line of its own unless it stayed on one line. Confined to
 * one thread.
 */
final class Layout {
    /** Deeper lines are not indented any more, so that the text grows with the binary only. */
    private static final int DEEPEST = 50;

    /**
     * Characters; a longer text is refused. A few bytes declare thousands of locals, each of which is a word of the text, so
     * that a small binary could ask for more than any memory holds.
     */
    private static final int LONGEST = 1 << 29;

    private final StringBuilder out = new StringBuilder();
    private int[] opened = new int[16];
    private int depth;
    private int line;

    /** Writes a text without line breaks. */
    Layout add(String text) {
        out.append(text);
        return this;
    }

    /** Opens a parenthesis; {@code text} stands behind it. */
    Layout open(String text) {
        out.append('(').append(text);
        if (depth == opened.length) {
            opened = Arrays.copyOf(opened, depth * 2);
        }
        opened[depth++] = line;
        return this;
    }

    /** Closes the innermost parenthesis. */
    Layout close() {
        depth--;
        if (opened[depth] != line) {
            line();
        }
        out.append(')');
        return this;
    }

    /** Begins a line as deep as there are open parentheses. */
    Layout line() {
        return line(0);
    }

    /** Begins a line that is deeper by {@code blocks}. */
    Layout line(int blocks) {
        out.append('\n').repeat("  ", Math.min(depth + blocks, DEEPEST));
        line++;
        return this;
    }

    /** A whole line that is one parenthesis. */
    Layout entry(String text) {
        return line().open(text).close();
    }

    /**
     * Refuses to go on with a text that would not fit in memory.
     *
     * @param offset where the binary is printed, in bytes
     */
    void requireRoom(long offset) {
        if (out.length() > LONGEST) {
            throw new UnsupportedException(offset, "text of more than " + LONGEST + " characters");
        }
    }

    /** What has been written. */
    String text() {
        return out.append('\n').toString();
    }
}
