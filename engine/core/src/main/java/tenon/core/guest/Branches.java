package tenon.core.guest;

/** Long tables of branches. */
public final class Branches {
    private Branches() {}

    /** The number of an index's case, if the piece of the table that begins at {@code start} holds it, else 0. */
    public static int number(int index, String piece, int start) {
        int at = index - start;
        return Integer.compareUnsigned(at, piece.length()) < 0 ? piece.charAt(at) : 0;
    }
}
