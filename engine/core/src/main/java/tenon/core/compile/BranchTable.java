package tenon.core.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@code br_table} by its distinct targets. A long table with few of them is no switch of the JVM, which takes four bytes an
 * entry: strings of the constant pool hold the number of the case for each index, and the switch is over those. Immutable.
 *
 * @param cases the targets that are not the default, ascending; case {@code k + 1} is {@code cases[k]}
 * @param numbers for each index the number of its case, 0 for the default
 */
@SuppressWarnings("ArrayRecordComponent")
record BranchTable(int otherwise, int[] cases, char[] numbers) {
    /** Shorter tables are switches. */
    private static final int SHORTEST = 256;

    /** Characters of a constant take three bytes at most, and a constant 65,535. */
    private static final int LONGEST_CONSTANT = 20_000;

    static BranchTable of(int[] targets) {
        int otherwise = targets[targets.length - 1];
        int[] cases = Arrays.stream(targets)
                .filter(target -> target != otherwise)
                .sorted()
                .distinct()
                .toArray();
        var numbers = new char[targets.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = targets[i] == otherwise ? 0 : (char) (1 + Arrays.binarySearch(cases, targets[i]));
        }
        return new BranchTable(otherwise, cases, numbers);
    }

    /** Whether the switch goes over the cases, and constants hold the numbers. */
    boolean hasConstants() {
        return numbers.length >= SHORTEST && 2 * cases.length < numbers.length;
    }

    /** The numbers, in pieces that a constant can hold, all but the last of {@link #pieceLength}. */
    List<String> pieces() {
        var pieces = new ArrayList<String>();
        for (int from = 0; from < numbers.length; from += LONGEST_CONSTANT) {
            pieces.add(new String(numbers, from, Math.min(LONGEST_CONSTANT, numbers.length - from)));
        }
        return pieces;
    }

    static int pieceLength() {
        return LONGEST_CONSTANT;
    }

    /** Bytes of bytecode. */
    int size() {
        return 16
                + (hasConstants()
                        ? 12 * (numbers.length / LONGEST_CONSTANT + 1) + 4 * cases.length
                        : 4 * numbers.length);
    }
}
